/** Commands of Tilt that this program does not have, with what to do instead. */
const MISSING: Readonly<Record<string, string>> = {
  lsp: 'Editors get the types of a Tiltfile.ts or Tiltfile.js from "tilt-ts init --types": docs/editors.md.',
  'alpha api-resources': 'It is "tilt-ts api-resources" now.',
  'alpha get': 'It is "tilt-ts get" now.',
  'alpha shell': 'Commands find the session by themselves: run "tilt-ts get uiresources" in any shell.',
};

/** What to say of a command line that calls for one of them. */
export function missingCommand(own: readonly string[]): string | undefined {
  const [first = '', second = ''] = own;
  const name = first === 'alpha' ? `alpha ${second}` : first;
  const instead = Object.hasOwn(MISSING, name) ? MISSING[name] : undefined;
  return instead === undefined
    ? undefined
    : `"tilt ${name}" is a command of Tilt that tilt-ts does not have. ${instead}`;
}

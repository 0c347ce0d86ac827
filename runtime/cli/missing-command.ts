/** Commands of Tilt that this program does not have. */
const MISSING: Readonly<Record<string, readonly string[]>> = {
  tilt: ['analytics', 'demo', 'docker', 'docker-prune', 'explain', 'lsp'],
  'tilt alpha': ['api-resources', 'get', 'shell', 'updog'],
};

/** What to say of a command line that calls for one of them. */
export function missingCommand(own: readonly string[]): string | undefined {
  const [first = '', second = ''] = own;
  const [group, name] = first === 'alpha' ? ['tilt alpha', second] : ['tilt', first];
  if (MISSING[group]?.includes(name) !== true) return undefined;
  return `"${group} ${name}" is a command of Tilt that tilt-ts does not have. Run tilt-ts --help to see what there is.`;
}

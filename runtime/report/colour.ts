import { $ } from 'kleur/colors';

/** From now on text is coloured as it suits this stream. */
export function paintFor(stream: { readonly isTTY?: boolean }): void {
  $.enabled = wantsColour(stream, process.env);
}

/** NO_COLOR (with any value) forbids colours, FORCE_COLOR asks for them (or, as 0 or false, forbids them), else a terminal decides. */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return TERM !== 'dumb' && stream.isTTY === true;
}

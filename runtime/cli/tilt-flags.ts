// Flags of Tilt that scripts pass, and that have nothing to switch here: they are taken and passed over, so that these scripts go on working.

/** Of every command. Those that may be followed by a value as a word of its own have `true`. */
const EVERYWHERE: Readonly<Record<string, boolean>> = {
  '-d': false,
  '--debug': false,
  '--verbose': false,
  '--klog': true,
};

const OF_SESSIONS: Readonly<Record<string, boolean>> = {
  '--legacy': false,
  '--logactions': false,
  '--update-mode': true,
  '--web-mode': true,
  '--webdev-port': true,
};

const SESSIONS: readonly string[] = ['up', 'ci', 'demo'];

/** The words of a command line up to `--`, without such flags. The words of `docker` are another program's. */
export function withoutTiltFlags(words: readonly string[]): readonly string[] {
  const command = words.find((word) => !word.startsWith('-'));
  if (command === 'docker') return words;
  const inert = SESSIONS.includes(command ?? '') ? { ...EVERYWHERE, ...OF_SESSIONS } : EVERYWHERE;
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const takesValue = inert[word.split('=', 1)[0] ?? ''];
    if (takesValue === undefined) kept.push(word);
    else if (takesValue && !word.includes('=')) at++;
  }
  return kept;
}

/**
 * What the sandbox's own code asks of the host beside calls of builtins, which have the numbers from 0 up. With each goes a text; what
 * that holds, and what is answered, stands where it is asked.
 */
export const Question = {
  moduleBegins: -1,
  moduleEnds: -2,
  /** A line for the log, with its level's first letter in front. */
  print: -3,
  /** The user's frames of a stack, for people. */
  frames: -4,
  addTimer: -5,
  clearTimer: -6,
  /** Code that is loaded at its first use. */
  lazySource: -7,
  url: -8,
  /** What a Starlark file loads. */
  find: -9,
  /** The exports of a JavaScript module, for Starlark. */
  importModule: -10,
  startStarlark: -11,
} as const;

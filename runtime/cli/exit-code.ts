/** How the program ends. docs/ci.md explains each to users. */
export const ExitCode = {
  ok: 0,
  resourceFailed: 1,
  usage: 2,
  timeLimit: 3,
  unreachable: 4,
  tiltfileFailed: 5,
  interrupted: 130,
} as const;

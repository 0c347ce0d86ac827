/**
 * Keeps what goes wrong with stdout and stderr from crashing the program. Answers how to ask what part of the output was lost,
 * in words: nothing is when whoever read it has gone (`tilt-ts ci | head`).
 */
export function guardStandardStreams(): () => string | undefined {
  let problem: string | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') problem ??= `Cannot write to the standard output: ${reasonOf(error)}`;
  });
  process.stderr.on('error', () => {});
  return () => problem;
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOSPC' ? 'no space left on the device' : message;
}

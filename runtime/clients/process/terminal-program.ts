import { spawn } from 'node:child_process';

export type TerminalEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly message: string };

/** Runs a program that has the terminal meanwhile, and this program's standard streams. */
export function runInTerminal(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<TerminalEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.on('error', ({ message }) => resolve({ kind: 'not-started', message }));
    child.on('exit', (code, signal) =>
      resolve(code === null ? { kind: 'signaled', signal: signal ?? '' } : { kind: 'exited', code }),
    );
  });
}

import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface BackgroundProcess {
  readonly pid: number;
  /** The exit code, 128 and the signal's number when one ended it; while somebody waits for it. */
  readonly exited: Promise<number>;
  signal(name: NodeJS.Signals): void;
  /** From now on this program may end without it. */
  leave(): void;
}

/**
 * Starts a process that outlives this one, in a session of its own, so that whoever ends this one's process group does not end it. Its
 * output is appended to files. Throws when it cannot be started.
 */
export function startInBackground(spec: {
  readonly argv: readonly string[];
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: string;
  readonly stderr: string;
}): BackgroundProcess {
  const [program = '', ...args] = spec.argv;
  const files = [openSync(spec.stdout, 'a', 0o600), openSync(spec.stderr, 'a', 0o600)] as const;
  const child = spawn(program, args, {
    cwd: spec.dir,
    env: spec.env,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', ...files],
  });
  for (const file of files) closeSync(file);
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${program}`);
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' ? 143 : 137)));
  });
  return { pid, exited, signal: (name) => void child.kill(name), leave: () => child.unref() };
}

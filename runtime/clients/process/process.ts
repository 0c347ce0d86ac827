import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { withOwnCommand } from './own-command.ts';
import { MARK, ProcessGroup } from './process-group.ts';

/** A process to start; `env` is its whole environment, but for the command that the program offers to all. */
export interface ProcessSpec {
  readonly argv: readonly string[];
  /** The file to run, where the first of `argv` is only the name that it gets. */
  readonly program?: string | undefined;
  /** Absolute path. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its whole input; without it there is none. */
  readonly stdin?: string | undefined;
  /** Whether what it starts is ended with it even where that made itself independent, as daemons do (Linux). */
  readonly ownsDaemons?: boolean | undefined;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signaled'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly problem: StartProblem };

export interface StartProblem {
  /** Node's error code: `ENOENT`, `EACCES`, … */
  readonly code: string;
  /** Such as `command not found`, `folder "/x" does not exist`. */
  readonly reason: string;
}

export type StreamName = 'stdout' | 'stderr';

/** Gets output as it comes; a promise holds the process back until it resolves. */
export type OutputSink = (chunk: Uint8Array, stream: StreamName) => Promise<void> | undefined;

export interface Process {
  /** `undefined` when it could not be started. */
  readonly pid: number | undefined;
  /** When it has ended by itself or was ended, and its output has been handed on. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends it and everything that it started. Resolves when nothing is left. */
  stop(): Promise<void>;
}

/** How long a process may take to end after SIGTERM. */
export const DEFAULT_GRACE_MS = 2000;
/** How long to wait for more output of a process that has ended while another one holds its pipes open. */
const QUIET_MS = 200;
const LONGEST_WAIT_MS = 3000;

let marks = 0;

/** Starts a process in a group of its own. The only place of the program that does. */
export function startProcess(spec: ProcessSpec, sink: OutputSink, graceMs: number = DEFAULT_GRACE_MS): Process {
  const [program = '', ...args] = spec.argv;
  // The environment is what a daemon cannot leave behind.
  const mark = spec.ownsDaemons ? `${process.pid}-${++marks}-${Date.now()}` : undefined;
  let child: ChildProcess;
  try {
    child = spawn(spec.program ?? program, args, {
      argv0: program,
      cwd: spec.dir,
      env: withOwnCommand(mark === undefined ? spec.env : { ...spec.env, [MARK]: mark }),
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: [spec.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    return notStarted(startProblem(error, spec));
  }
  const { pid } = child;
  const group = pid === undefined ? undefined : new ProcessGroup(pid, spec.argv.join(' '), mark);
  const pipes = [pipe(child.stdout, 'stdout', sink), pipe(child.stderr, 'stderr', sink)];
  if (spec.stdin !== undefined && child.stdin !== null) {
    // A process that does not read its input may close it.
    child.stdin.on('error', () => {});
    child.stdin.end(spec.stdin);
  }
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ kind: 'not-started', problem: startProblem(error, spec) });
    });
    child.once('exit', (code, signal) => {
      resolve(code === null ? { kind: 'signaled', signal: signal ?? 'SIGKILL' } : { kind: 'exited', code });
    });
  });
  const ended = exited.then(async (end) => {
    if (end.kind !== 'not-started') {
      await Promise.all(pipes.map((open) => open.drained()));
      group?.forgetIfGone();
    }
    return end;
  });
  let stopping: Promise<void> | undefined;
  return {
    pid,
    ended,
    stop: () => {
      stopping ??= (group?.end(graceMs) ?? Promise.resolve()).then(() => ended).then(() => undefined);
      return stopping;
    },
  };
}

/** Starts a process that goes on when this program ends, such as a browser. Nobody is told of what becomes of it. */
export function startApart([program = '', ...args]: readonly string[]): void {
  try {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
    child.on('error', () => undefined);
    child.unref();
  } catch {
    // It is not there.
  }
}

function notStarted(problem: StartProblem): Process {
  const ended = Promise.resolve<ProcessEnd>({ kind: 'not-started', problem });
  return { pid: undefined, ended, stop: () => Promise.resolve() };
}

/** The system says ENOENT for a missing program and for a missing folder alike. */
function startProblem(error: unknown, { argv, dir }: ProcessSpec): StartProblem {
  const { code = 'UNKNOWN', message } = error as NodeJS.ErrnoException;
  const folder = statSync(dir, { throwIfNoEntry: false });
  if (folder === undefined) return { code: 'ENOENT', reason: `folder "${dir}" does not exist` };
  if (!folder.isDirectory()) return { code: 'ENOTDIR', reason: `"${dir}" is not a folder` };
  if (code === 'ENOENT') {
    return { code, reason: argv[0]?.includes('/') ? 'no such file' : 'command not found in PATH' };
  }
  if (code === 'EACCES') return { code, reason: 'permission denied: is the file executable?' };
  return { code, reason: message };
}

interface Pipe {
  /** After the process has ended: when all its output is handed on, or nothing comes any more. */
  drained(): Promise<void>;
}

function pipe(stream: Readable | null, name: StreamName, sink: OutputSink): Pipe {
  if (stream === null) return { drained: () => Promise.resolve() };
  let chunks = 0;
  let held = false;
  stream.on('data', (chunk: Uint8Array) => {
    chunks++;
    const wait = sink(chunk, name);
    if (wait === undefined) return;
    held = true;
    stream.pause();
    void wait.finally(() => {
      held = false;
      stream.resume();
    });
  });
  stream.on('error', () => {});
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  return {
    drained: async () => {
      let over = false;
      void closed.then(() => {
        over = true;
      });
      let waited = 0;
      while (!over && waited < LONGEST_WAIT_MS) {
        const before = chunks;
        await firstOf(closed, QUIET_MS);
        if (held) continue;
        waited += QUIET_MS;
        if (chunks === before) break;
      }
      if (over) return;
      // Some process in the background keeps the pipe: it may go on writing, but nobody waits for it.
      stream.removeAllListeners('data');
      stream.resume();
      (stream as Readable & { unref?: () => void }).unref?.();
    },
  };
}

/** Waits for the promise, but no longer than `ms`, and then until input that is already there has been read. */
function firstOf(promise: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => setImmediate(resolve), ms);
    void promise.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

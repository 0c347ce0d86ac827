import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** The bundle, as users run it; `npm test` builds it first. */
export const MAIN = path.resolve(import.meta.dirname, '../../dist/main.js');

/** The environment without what tells a program that a pipeline runs it: there its output has another form. */
const OUTSIDE: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(GITHUB_|GITLAB_|OTEL_|TRACEPARENT$|TRACESTATE$)/.test(name)),
);

/** A folder of its own for a test, with files in it; removed when the test ends. */
export function makeProject(test: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-test-')));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

let ownFolder: string | undefined;

/** Where the programs of this process keep what sessions share, instead of in the home folder. */
function devFolder(): string {
  if (ownFolder === undefined) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-dev-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    ownFolder = folder;
  }
  return ownFolder;
}

/** Variables by which programs of tests keep out of each other's way, and out of the home folder. */
export function ownPlaces(): Readonly<Record<string, string>> {
  const folder = devFolder();
  return { TILT_PORT: '0', TILT_DEV_DIR: folder, TILT_TS_STATE: path.join(folder, 'state') };
}

export interface RunningProgram {
  readonly pid: number;
  /** What it printed so far, both streams in the order in which they came. */
  output(): string;
  stdout(): string;
  stderr(): string;
  /** Resolves once the output matches, with the match; fails with the output after the deadline or when the program ends first. */
  waitFor(pattern: RegExp, deadlineMs?: number): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** The exit code; 128 + the number of the signal that ended it. */
  readonly exit: Promise<number>;
}

/** Starts the program; ended with the test when it still runs. */
export function startProgram(
  test: TestContext,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
  },
): RunningProgram {
  const [command = process.execPath, ...before] = options.command ?? [process.execPath, MAIN];
  const child = spawn(command, [...before, ...args], {
    cwd: options.cwd,
    env: { ...OUTSIDE, NO_COLOR: '1', ...ownPlaces(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { all: '', stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const told = (): void => {
    for (const listener of listeners) listener();
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts.all += text;
      texts[name] += text;
      told();
    });
  }
  let ended = false;
  const exit = new Promise<number>((resolve) => {
    child.once('close', (code, signal) => {
      ended = true;
      resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
      told();
    });
  });
  test.after(() => end(child, exit));

  return {
    pid: child.pid ?? 0,
    output: () => texts.all,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    exit,
    signal: (name) => void child.kill(name),
    waitFor: (pattern, deadlineMs = 30_000) =>
      new Promise((resolve, reject) => {
        const fail = (why: string): void => {
          finish();
          reject(new Error(`${why} before its output matched ${pattern}:\n${texts.all}`));
        };
        const timer = setTimeout(() => fail(`${deadlineMs} ms passed`), deadlineMs);
        const finish = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const look = (): void => {
          const match = pattern.exec(texts.all);
          if (match !== null) {
            finish();
            resolve(match);
          } else if (ended) fail('the program ended');
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Runs the program to its end. */
export async function runProgram(
  test: TestContext,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
  },
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const program = startProgram(test, args, options);
  const code = await program.exit;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

async function end(child: ChildProcess, exit: Promise<number>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(timer);
}

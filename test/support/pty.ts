import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { MiniTerminal } from './mini-terminal.ts';
import { pollUntil } from './poll.ts';
import { MAIN, ownPlaces } from './program.ts';

/** Why tests with a real terminal cannot run here, or false. */
export function withoutPty(): string | false {
  const found =
    process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']);
  if (found && found.status === 0) return false;
  if (process.env.CI === 'true') throw new Error('tests of the terminal need python3 with its module pty');
  return 'needs python3 with its module pty, which makes terminals';
}

export interface PtyProgram {
  /** Everything it wrote. */
  output(): string;
  /** The lines on its terminal, with what scrolled away. */
  lines(): readonly string[];
  shows(pattern: RegExp, deadlineMs?: number): Promise<void>;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  signal(name: string): void;
  /** Closes the terminal. */
  hangUp(): void;
  /** Resolves when it was stopped by a signal; answers whether the terminal was as before then. */
  stopped(): Promise<boolean>;
  /** Its exit code, negative for a signal, and whether the terminal was as before. */
  readonly exit: Promise<{ readonly code: number; readonly restored: boolean }>;
  readonly pid: () => number;
}

/** Runs the program in a terminal of its own; ended with the test. */
export function startInTerminal(
  test: TestContext,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly columns?: number;
    readonly rows?: number;
    readonly command?: readonly string[];
  },
): PtyProgram {
  const { columns = 100, rows = 30 } = options;
  const script = path.join(import.meta.dirname, 'terminal-host.py');
  const command = options.command ?? [process.execPath, MAIN];
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn('python3', [script, String(columns), String(rows), ...command, ...args], {
    cwd: options.cwd,
    env: { ...inherited, TERM: 'xterm-256color', NO_COLOR: '1', BROWSER: 'true', ...ownPlaces(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const news: { pid?: number; stopped?: boolean; restored?: boolean; exit?: number }[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) news.push(JSON.parse(line.startsWith('{') ? line : JSON.stringify({ other: line })));
  });
  const order = (what: object): void => void child.stdin.write(`${JSON.stringify(what)}\n`);
  child.stdin.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const pid = (): number => news.find((one) => one.pid !== undefined)?.pid ?? 0;
  const isOver = () => news.some((one) => one.exit !== undefined);
  test.after(async () => {
    if (child.exitCode !== null) return;
    if (pid() > 0 && !isOver()) process.kill(pid(), 'SIGKILL');
    await closed;
  });
  const lines = () => {
    const terminal = new MiniTerminal(columns);
    terminal.write(output);
    return terminal.lines();
  };
  const exit = closed.then(() => ({
    code: news.find((one) => one.exit !== undefined)?.exit ?? 1,
    restored: news.findLast((one) => one.restored !== undefined && !one.stopped)?.restored ?? false,
  }));
  let stops = 0;
  return {
    output: () => output,
    lines,
    pid,
    exit,
    shows: (pattern, deadlineMs = 20_000) =>
      pollUntil(() => lines().some((line) => pattern.test(line)), deadlineMs, `a line like ${pattern}`).catch(
        (error) => {
          throw new Error(`${error.message}; it shows:\n${lines().join('\n')}`);
        },
      ),
    press: (keys) => order({ keys }),
    resize: (width, height) => order({ size: [width, height] }),
    signal: (name) => order({ signal: name }),
    hangUp: () => order({ hangup: true }),
    async stopped() {
      const wanted = ++stops;
      await pollUntil(() => news.filter((one) => one.stopped).length >= wanted);
      return news.filter((one) => one.stopped)[wanted - 1]?.restored ?? false;
    },
  };
}

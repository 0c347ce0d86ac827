import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { Command } from '../../stdlib/model/command.ts';

const SCRIPT = path.resolve(import.meta.dirname, 'controlled-command.mjs');

/** One run of a controlled command. */
export interface CommandRun {
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly dir: string;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
  exit(code: number): void;
  /** Resolves when everything is in the pipe. */
  print(text: string | Uint8Array, stream?: 'stdout' | 'stderr', times?: number): Promise<void>;
  ignore(signal: string): Promise<void>;
  farewell(text: string): Promise<void>;
  /** Starts another controlled command below this one. */
  child(as: string, options?: { readonly detached?: boolean }): void;
}

/** Commands that a test controls: it waits for their start and tells them what to do. */
export class CommandRig {
  readonly folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #arrived = new Map<string, CommandRun[]>();
  readonly #waiting = new Map<string, ((run: CommandRun) => void)[]>();

  private constructor(folder: string) {
    this.folder = folder;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async create(test: TestContext): Promise<CommandRig> {
    const rig = new CommandRig(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-rig-')));
    await new Promise<void>((resolve) => rig.#server.listen(rig.#socketPath, resolve));
    test.after(() => {
      // Commands end when their socket does.
      for (const socket of rig.#sockets) socket.destroy();
      rig.#server.close();
      rmSync(rig.folder, { recursive: true, force: true });
    });
    return rig;
  }

  command(name: string, more: Partial<Command> = {}): Command {
    return { argv: [process.execPath, SCRIPT, this.#socketPath, name], dir: this.folder, env: [], ...more };
  }

  /** The next run of the command with this name that starts, or that has started and was not asked for yet. */
  started(name: string): Promise<CommandRun> {
    const run = this.#arrived.get(name)?.shift();
    if (run !== undefined) return Promise.resolve(run);
    return new Promise((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }

  get #socketPath(): string {
    return path.join(this.folder, 'socket');
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    const done: (() => void)[] = [];
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as { name?: string; pid: number; env: Record<string, string>; dir: string };
        if (message.name === undefined) done.shift()?.();
        else this.#arrive(message.name, makeRun(socket, message, gone, done));
      }
    });
  }

  #arrive(name: string, run: CommandRun): void {
    const waiting = this.#waiting.get(name)?.shift();
    if (waiting !== undefined) waiting(run);
    else this.#arrived.set(name, [...(this.#arrived.get(name) ?? []), run]);
  }
}

function makeRun(
  socket: Socket,
  { pid, env, dir }: { pid: number; env: Record<string, string>; dir: string },
  gone: Promise<void>,
  done: (() => void)[],
): CommandRun {
  const tell = (message: object) => void socket.write(`${JSON.stringify(message)}\n`);
  const ask = (message: object) =>
    new Promise<void>((resolve) => {
      done.push(resolve);
      tell(message);
    });
  return {
    pid,
    env,
    dir,
    gone,
    exit: (code) => tell({ action: 'exit', code }),
    print: (text, stream = 'stdout', times = 1) =>
      ask({ action: 'print', bytes: Buffer.from(text).toString('base64'), stream, times }),
    ignore: (signal) => ask({ action: 'ignore', signal }),
    farewell: (text) => ask({ action: 'farewell', text }),
    child: (as, { detached = false } = {}) => tell({ action: 'child', as, detached }),
  };
}

/** Whether a process of this id exists (and is no zombie, where that can be seen). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import type {
  Broker,
  Command,
  CommandResult,
  EffectResult,
  Environment,
  FileInfo,
  FileKind,
  FolderEntry,
  LogLevel,
} from './broker.ts';
import { Refusal } from './builtin.ts';
import { attempt, fileInfo, kindOf } from './file-info.ts';
import { Guard } from './guard.ts';
import type { Permissions } from './permissions.ts';
import type { Answer, Answered, ToMain } from './wire.ts';

export interface Mainland {
  post(message: ToMain): void;
  /** Runs a command in the main thread and waits for its end. */
  command(command: Command, environment: Readonly<Record<string, string>>): Answer;
  /** Starts a command in the main thread and answers its number. */
  start(command: Command, environment: Readonly<Record<string, string>>): number;
  /** Waits for the end of any command that was started, or until so many milliseconds have passed. */
  next(ms: number): Answered | undefined;
  /** Waits until the main thread has taken everything that was posted. */
  catchUp(): void;
}

const MOST_STARTED = 1000;
const MOST_RECORDED = 100_000;
const MOST_AHEAD = 4 * 2 ** 20;

/** The broker of one evaluation, in the script's worker. */
export class WorkerBroker implements Broker {
  readonly environment: Environment;
  readonly #variables: Map<string, string>;
  readonly #mainland: Mainland;
  readonly #guard: Guard;
  readonly #recorded = new Set<string>();
  /** What is called when a command that was started has ended, by its number. */
  readonly #started = new Map<number, (result: EffectResult<CommandResult>) => void>();
  readonly #notStarted: (() => void)[] = [];
  /** Characters that were printed since the main thread was last known to have taken all of them. */
  #ahead = 0;

  constructor(mainland: Mainland, permissions: Permissions, environment: Readonly<Record<string, string>>) {
    this.#mainland = mainland;
    this.#guard = new Guard(permissions, (value) => mainland.post({ type: 'record', what: 'refused', value }));
    this.#variables = new Map(Object.entries(environment));
    const ask = (refusal: string | undefined) => {
      if (refusal !== undefined) throw new Refusal(refusal);
    };
    const changes = new Map<string, string | null>();
    this.environment = {
      get: (name) => {
        ask(this.#guard.env(name));
        this.#record('variable', name);
        return this.#variables.get(name);
      },
      setting: (name) => {
        this.#record('variable', name);
        return this.#variables.get(name);
      },
      set: (name, value) => {
        ask(this.#guard.changeEnv(name));
        this.#record('changed', name);
        this.#variables.set(name, value);
        changes.set(name, value);
      },
      unset: (name) => {
        ask(this.#guard.changeEnv(name));
        this.#record('changed', name);
        this.#variables.delete(name);
        changes.set(name, null);
      },
      entries: () => {
        ask(this.#guard.env(undefined));
        for (const name of this.#variables.keys()) this.#record('variable', name);
        return [...this.#variables];
      },
      changes: () => Object.fromEntries(changes),
    };
  }

  #record(what: 'file' | 'variable' | 'changed', value: string): void {
    const key = `${what}\0${value}`;
    if (this.#recorded.has(key)) return;
    if (this.#recorded.size >= MOST_RECORDED) {
      throw new Refusal(`More than ${MOST_RECORDED} files and variables: a script cannot look at so many`);
    }
    this.#recorded.add(key);
    this.#mainland.post({ type: 'record', what, value });
  }

  readFile(path: string): EffectResult<Uint8Array> {
    const allowed = this.#guard.read(path);
    if (!allowed.ok) return allowed;
    const read = attempt(path, () => readFileSync(allowed.value));
    // Watching a folder would mean everything in it.
    if (read.ok || read.error.code !== 'EISDIR') this.#record('file', path);
    return read;
  }

  peekFile(path: string): EffectResult<Uint8Array> {
    const allowed = this.#guard.read(path);
    return allowed.ok ? attempt(path, () => readFileSync(allowed.value)) : allowed;
  }

  /** Code of the script itself. `named` says that it is named in the script's own text: that needs no permission. */
  readModule(path: string, named: boolean): EffectResult<Uint8Array> {
    const allowed = named ? this.#guard.module(path) : this.#guard.read(path);
    if (!allowed.ok) return allowed;
    this.#record('file', path);
    return attempt(path, () => readFileSync(allowed.value));
  }

  listFolder(path: string): EffectResult<readonly FolderEntry[]> {
    const allowed = this.#guard.read(path);
    if (!allowed.ok) return allowed;
    return attempt(path, () => {
      const entries = readdirSync(allowed.value, { withFileTypes: true });
      return entries.map((entry): FolderEntry => ({ name: entry.name, kind: kindOf(entry) }));
    });
  }

  stat(path: string): EffectResult<FileKind> {
    const info = this.fileInfo(path, false);
    return info.ok ? { ok: true, value: info.value.kind } : info;
  }

  fileInfo(path: string, followLinks: boolean): EffectResult<FileInfo> {
    const allowed = this.#guard.read(path, !followLinks);
    return allowed.ok ? attempt(path, () => fileInfo(allowed.value, followLinks)) : allowed;
  }

  realPath(path: string): EffectResult<string> {
    const allowed = this.#guard.read(path);
    return allowed.ok ? attempt(path, () => realpathSync(allowed.value)) : allowed;
  }

  watch(path: string): void {
    const allowed = this.#guard.read(path);
    if (!allowed.ok) throw new Refusal(allowed.error.message);
    this.#record('file', path);
  }

  run(command: Command): EffectResult<CommandResult> {
    const allowed = this.#prepare(command);
    if (!allowed.ok) return allowed;
    return explained(command, this.#mainland.command(allowed.value, this.#environmentOf(command)));
  }

  start(command: Command, done: (result: EffectResult<CommandResult>) => void): void {
    if (this.#started.size >= MOST_STARTED) {
      throw new Refusal(`More than ${MOST_STARTED} commands wait for their turn: await some of them first`);
    }
    const allowed = this.#prepare(command);
    if (allowed.ok) {
      const id = this.#mainland.start(allowed.value, this.#environmentOf(command));
      this.#started.set(id, (result) => done(explained(command, result)));
    } else this.#notStarted.push(() => done(allowed));
  }

  #prepare(command: Command): EffectResult<Command> {
    const allowed = this.#guard.run(command, Object.fromEntries(this.#variables));
    if (allowed.ok) this.#mainland.post({ type: 'record', what: 'command', value: command.argv });
    return allowed;
  }

  #environmentOf({ clearEnv, envDefaults }: Command): Record<string, string> {
    return clearEnv === true ? {} : { ...envDefaults, ...Object.fromEntries(this.#variables) };
  }

  /** Whether commands run that were started. */
  get isWaiting(): boolean {
    return this.#started.size + this.#notStarted.length > 0;
  }

  /** Waits for the end of one of them, or until so many milliseconds have passed, and tells whoever started it. */
  wait(ms: number): void {
    const notStarted = this.#notStarted.shift();
    if (notStarted) {
      notStarted();
      return;
    }
    const answered = this.#mainland.next(ms);
    if (answered === undefined) return;
    const done = this.#started.get(answered.id);
    this.#started.delete(answered.id);
    if (answered.answer) done?.(answered.answer);
  }

  print(text: string, level: LogLevel): void {
    this.#mainland.post({ type: 'print', text, level });
    this.#ahead += text.length;
    if (this.#ahead < MOST_AHEAD) return;
    this.#mainland.catchUp();
    this.#ahead = 0;
  }
}

/** The system says ENOENT for a missing folder and for a missing program alike. */
function explained(command: Command, result: EffectResult<CommandResult>): EffectResult<CommandResult> {
  if (result.ok || result.error.code !== 'ENOENT' || existsSync(command.dir)) return result;
  return { ok: false, error: { ...result.error, subject: command.dir } };
}

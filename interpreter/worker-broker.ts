import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import type {
  Broker,
  Command,
  CommandResult,
  EffectError,
  EffectResult,
  Environment,
  FileKind,
  FolderEntry,
  LogLevel,
  PermissionPolicy,
  PermissionRequest,
} from './broker.ts';
import { Refusal } from './builtin.ts';
import type { Answer, ToMain } from './wire.ts';

export const allowEverything: PermissionPolicy = () => undefined;

export interface Mainland {
  post(message: ToMain): void;
  /** Runs a command in the main thread and waits for its end. */
  command(command: Command, environment: Readonly<Record<string, string>>): Answer;
}

/** The broker of one evaluation, in the script's worker. */
export class WorkerBroker implements Broker {
  readonly environment: Environment;
  readonly #variables: Map<string, string>;
  readonly #mainland: Mainland;
  readonly #policy: PermissionPolicy;
  readonly #recorded = new Set<string>();

  constructor(mainland: Mainland, policy: PermissionPolicy, environment: Readonly<Record<string, string>>) {
    this.#mainland = mainland;
    this.#policy = policy;
    this.#variables = new Map(Object.entries(environment));
    this.environment = {
      get: (name) => {
        this.#readVariable(name);
        return this.#variables.get(name);
      },
      set: (name, value) => void this.#variables.set(name, value),
      unset: (name) => void this.#variables.delete(name),
      entries: () => {
        for (const name of this.#variables.keys()) this.#readVariable(name);
        return [...this.#variables];
      },
    };
  }

  #readVariable(name: string): void {
    const refused = this.#policy({ kind: 'env', name });
    if (refused !== undefined) throw new Refusal(refused);
    this.#record('variable', name);
  }

  #record(what: 'file' | 'variable', value: string): void {
    const key = `${what}\0${value}`;
    if (this.#recorded.has(key)) return;
    this.#recorded.add(key);
    this.#mainland.post({ type: 'record', what, value });
  }

  readFile(path: string): EffectResult<Uint8Array> {
    const read = this.#look(path, () => readFileSync(path));
    // Watching a folder would mean everything in it.
    if (read.ok || read.error.code !== 'EISDIR') this.#record('file', path);
    return read;
  }

  peekFile(path: string): EffectResult<Uint8Array> {
    return this.#look(path, () => readFileSync(path));
  }

  /** Code of the script itself: recorded, and not asked of the policy. */
  readModule(path: string): EffectResult<Uint8Array> {
    this.#record('file', path);
    return attempt(path, () => readFileSync(path));
  }

  listFolder(path: string): EffectResult<readonly FolderEntry[]> {
    return this.#look(path, () => {
      const entries = readdirSync(path, { withFileTypes: true });
      return entries.map((entry): FolderEntry => ({ name: entry.name, kind: kindOf(entry) }));
    });
  }

  stat(path: string): EffectResult<FileKind> {
    return this.#look(path, () => kindOf(lstatSync(path)));
  }

  realPath(path: string): EffectResult<string> {
    return this.#look(path, () => realpathSync(path));
  }

  #look<T>(path: string, read: () => T): EffectResult<T> {
    return this.#refused({ kind: 'read', path }, path) ?? attempt(path, read);
  }

  #refused(
    request: PermissionRequest,
    subject: string,
  ): { readonly ok: false; readonly error: EffectError } | undefined {
    const message = this.#policy(request);
    return message === undefined ? undefined : { ok: false, error: { code: 'refused', message, subject } };
  }

  watch(path: string): void {
    this.#record('file', path);
  }

  run(command: Command): EffectResult<CommandResult> {
    const refused = this.#refused({ kind: 'run', argv: command.argv }, command.argv[0] ?? '');
    if (refused) return refused;
    this.#mainland.post({ type: 'record', what: 'command', value: command.argv });
    return this.#mainland.command(command, Object.fromEntries(this.#variables));
  }

  print(text: string, level: LogLevel): void {
    this.#mainland.post({ type: 'print', text, level });
  }
}

function attempt<T>(subject: string, act: () => T): EffectResult<T> {
  try {
    return { ok: true, value: act() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof Error) || code === undefined) throw error;
    return { ok: false, error: { code, message: error.message, subject } };
  }
}

function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

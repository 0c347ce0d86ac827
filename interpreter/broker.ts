/**
 * The one way from a script to the world. Each effect is asked of the permission policy, done, and recorded.
 * All methods are synchronous for their caller, which runs in the script's worker; commands run in the main thread.
 */
export interface Broker {
  /** The file's bytes, recorded as read unless it is a folder. */
  readFile(path: string): EffectResult<Uint8Array>;
  /** The same without recording it: for files whose folder is watched, or that are watched already. */
  peekFile(path: string): EffectResult<Uint8Array>;
  /** Names of the entries of a folder. Not recorded, as what `stat` and `realPath` see: `watch` is for that. */
  listFolder(path: string): EffectResult<readonly FolderEntry[]>;
  stat(path: string): EffectResult<FileKind>;
  realPath(path: string): EffectResult<string>;
  /** Adds a path to what reloads the script when it changes, without reading it. */
  watch(path: string): void;
  /** Runs a command to its end; its output streams to the session's log as it comes unless `quiet`. */
  run(command: Command): EffectResult<CommandResult>;
  /** The environment as the script sees it; changes reach the commands that it runs. */
  readonly environment: Environment;
  /** Text for the session's log, in order with the output of commands. */
  print(text: string, level: LogLevel): void;
}

export type LogLevel = 'info' | 'warn' | 'error';

export interface FolderEntry {
  readonly name: string;
  readonly kind: FileKind;
}

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface Environment {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  unset(name: string): void;
  entries(): readonly (readonly [string, string])[];
}

export interface Command {
  readonly argv: readonly string[];
  /** Absolute path. */
  readonly dir: string;
  /** Added to the script's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  /** Do not stream the output to the log. */
  readonly quiet: boolean;
  /** Do not announce the command itself in the log. */
  readonly echoOff: boolean;
}

export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export type EffectResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: EffectError };

export interface EffectError {
  /** Node's error code where there is one (`ENOENT`, `EISDIR`, …), else `refused` for the permission policy. */
  readonly code: string;
  readonly message: string;
  /** The path or program that it is about. */
  readonly subject: string;
}

/** What a script may do. Answers a sentence that says what was refused and which flag allows it, or nothing. */
export type PermissionPolicy = (effect: PermissionRequest) => string | undefined;

export type PermissionRequest =
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'run'; readonly argv: readonly string[] }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'net'; readonly host: string };

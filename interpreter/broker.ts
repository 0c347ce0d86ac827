/**
 * The one way from a script to the world. Each effect is asked of the permissions, done, and recorded; what was refused too.
 * All methods but `start` are synchronous for their caller, which runs in the script's worker; commands run in the main thread.
 */
export interface Broker {
  /** The file's bytes, recorded as read unless it is a folder. */
  readFile(path: string): EffectResult<Uint8Array>;
  /** The same without recording it: for files whose folder is watched, or that are watched already. */
  peekFile(path: string): EffectResult<Uint8Array>;
  /** Names of the entries of a folder. Not recorded, as what `stat` and `realPath` see: `watch` is for that. */
  listFolder(path: string): EffectResult<readonly FolderEntry[]>;
  /** Links are not followed. */
  stat(path: string): EffectResult<FileKind>;
  /** All that the system says about a file. */
  fileInfo(path: string, followLinks: boolean): EffectResult<FileInfo>;
  realPath(path: string): EffectResult<string>;
  /** Adds a path to what reloads the script when it changes, without reading it. Throws `Refusal` where it must not be read. */
  watch(path: string): void;
  /**
   * Runs a command to its end; its output streams to the session's log as it comes unless `quiet`. A missing folder is the subject
   * of its error.
   */
  run(command: Command): EffectResult<CommandResult>;
  /** The same while the script goes on: `done` is called while it waits, always before it ends. */
  start(command: Command, done: (result: EffectResult<CommandResult>) => void): void;
  /**
   * The environment as the script sees it; changes reach the commands that it runs. Throws `Refusal` for what the script must not
   * read or change.
   */
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

/** Times are milliseconds since 1970, or `null` where the system does not know them. */
export interface FileInfo {
  readonly kind: FileKind;
  readonly size: number;
  readonly mtime: number | null;
  readonly atime: number | null;
  readonly birthtime: number | null;
  readonly ctime: number | null;
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly blksize: number;
  readonly blocks: number;
  readonly isBlockDevice: boolean;
  readonly isCharDevice: boolean;
  readonly isFifo: boolean;
  readonly isSocket: boolean;
}

export interface Environment {
  get(name: string): string | undefined;
  /** A variable by which the host goes, such as the default platform of images: its value stays hidden from the script. Asks nothing. */
  setting(name: string): string | undefined;
  set(name: string, value: string): void;
  unset(name: string): void;
  entries(): readonly (readonly [string, string])[];
  /** What the script itself set so far, and what it removed (`null`). */
  changes(): Readonly<Record<string, string | null>>;
}

export interface Command {
  readonly argv: readonly string[];
  /** The file to run, where the first of `argv` is only the name that it gets. */
  readonly program?: string;
  /** Absolute path. */
  readonly dir: string;
  /** Added to the script's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Added where neither `env` nor the script's environment has them. */
  readonly envDefaults?: Readonly<Record<string, string>>;
  /** Without the script's environment: with nothing but `env`. */
  readonly clearEnv?: boolean;
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
  /** Node's error code where there is one (`ENOENT`, `EISDIR`, …), else `refused` for what the permissions refuse. */
  readonly code: string;
  readonly message: string;
  /** The path or program that it is about. */
  readonly subject: string;
}

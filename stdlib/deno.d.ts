// The part of Deno's own API that a Tiltfile has, for editors that do not know Deno. Under Deno its own types say the same.

declare namespace Deno {
  /** The words after `--`. */
  const args: string[];
  const mainModule: string;
  const noColor: boolean;
  const build: {
    readonly target: string;
    readonly arch: 'x86_64' | 'aarch64';
    readonly os: 'darwin' | 'linux' | 'android' | 'windows' | 'freebsd' | 'netbsd' | 'aix' | 'solaris' | 'illumos';
    readonly vendor: string;
    readonly env?: string;
    readonly standalone: boolean;
  };
  const version: { readonly deno: string; readonly v8: string; readonly typescript: string };

  /** The folder in which the program was started. Relative paths of this API begin there. */
  function cwd(): string;
  /** Ends the Tiltfile: well with 0, as an error with another code. */
  function exit(code?: number): never;

  function readTextFileSync(path: string | URL): string;
  function readTextFile(path: string | URL): Promise<string>;
  function readFileSync(path: string | URL): Uint8Array;
  function readFile(path: string | URL): Promise<Uint8Array>;
  function readDirSync(path: string | URL): IteratorObject<DirEntry>;
  function readDir(path: string | URL): AsyncIterable<DirEntry>;
  function statSync(path: string | URL): FileInfo;
  function stat(path: string | URL): Promise<FileInfo>;
  function lstatSync(path: string | URL): FileInfo;
  function lstat(path: string | URL): Promise<FileInfo>;
  function realPathSync(path: string | URL): string;
  function realPath(path: string | URL): Promise<string>;

  interface DirEntry {
    name: string;
    isFile: boolean;
    isDirectory: boolean;
    isSymlink: boolean;
  }
  interface FileInfo {
    isFile: boolean;
    isDirectory: boolean;
    isSymlink: boolean;
    size: number;
    mtime: Date | null;
    atime: Date | null;
    birthtime: Date | null;
    ctime: Date | null;
    dev: number;
    ino: number | null;
    mode: number | null;
    nlink: number | null;
    uid: number | null;
    gid: number | null;
    rdev: number | null;
    blksize: number | null;
    blocks: number | null;
    isBlockDevice: boolean | null;
    isCharDevice: boolean | null;
    isFifo: boolean | null;
    isSocket: boolean | null;
  }

  const env: {
    get(key: string): string | undefined;
    set(key: string, value: string): void;
    has(key: string): boolean;
    delete(key: string): void;
    toObject(): { [name: string]: string };
  };

  interface CommandOptions {
    args?: string[];
    cwd?: string | URL;
    env?: Record<string, string>;
    clearEnv?: boolean;
    stdin?: 'piped' | 'inherit' | 'null';
    stdout?: 'piped' | 'inherit' | 'null';
    stderr?: 'piped' | 'inherit' | 'null';
  }
  interface CommandOutput {
    readonly success: boolean;
    readonly code: number;
    readonly signal: string | null;
    readonly stdout: Uint8Array;
    readonly stderr: Uint8Array;
  }
  /** There is no `spawn()` in a Tiltfile. */
  class Command {
    constructor(command: string | URL, options?: CommandOptions);
    output(): Promise<CommandOutput>;
    outputSync(): CommandOutput;
  }

  namespace errors {
    class NotFound extends Error {}
    /** The system refuses it. */
    class PermissionDenied extends Error {}
    /** The permissions that were given to the Tiltfile refuse it. */
    class NotCapable extends Error {}
    class AlreadyExists extends Error {}
    class InvalidData extends Error {}
    class TimedOut extends Error {}
    class Interrupted extends Error {}
    class NotSupported extends Error {}
    class FilesystemLoop extends Error {}
    class IsADirectory extends Error {}
    class NotADirectory extends Error {}
  }
}

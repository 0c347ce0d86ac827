import { basename, resolve } from 'node:path';
import type { Command, EffectError, EffectResult } from './broker.ts';
import { isFree, type PermissionRequest, type Permissions, refusalOf } from './permissions.ts';
import { findProgram, withoutLinks } from './real-path.ts';

/** Programs load what these name: a script that sets them runs code of its own in a program that it may run. */
const LOADER_VARIABLE = /^(?:LD_|DYLD_)/;

/** Asks a script's permissions about the things themselves: paths without links, programs where they lie. */
export class Guard {
  readonly #permissions: Permissions;
  readonly #tell: (refused: PermissionRequest) => void;
  /** The variables that the script has set or removed. */
  readonly #changed = new Set<string>();

  /** `tell` gets what is refused. */
  constructor(permissions: Permissions, tell: (refused: PermissionRequest) => void) {
    this.#permissions = permissions;
    this.#tell = tell;
  }

  /**
   * The path to use in place of `path`: what was looked at and what is read are the same then, even when links change. With
   * `itself`, a link at the end of the path is not followed.
   */
  read(path: string, itself = false): EffectResult<string> {
    if (isFree(this.#permissions, 'read')) return { ok: true, value: path };
    const absolute = resolve(path);
    const real = itself ? resolve(withoutLinks(resolve(absolute, '..')), basename(absolute)) : withoutLinks(absolute);
    const message = this.#refusal({ kind: 'read', path: absolute, real });
    return message === undefined ? { ok: true, value: real } : refused(message, path);
  }

  /** Modules that a script names in its own text belong to it; only what is explicitly denied is refused. */
  module(path: string): EffectResult<string> {
    const { read } = this.#permissions;
    if (read.deny === 'all' || read.deny.length === 0) return { ok: true, value: path };
    const allowed = { ...this.#permissions, read: { allow: 'all', deny: read.deny } } as const;
    const request = { kind: 'read', path: resolve(path), real: withoutLinks(path) } as const;
    const message = this.#refusal(request, allowed);
    return message === undefined ? { ok: true, value: request.real } : refused(message, path);
  }

  /** The command to run in place of `command`: its program is the file that was looked at. */
  run(command: Command, environment: Readonly<Record<string, string>>): EffectResult<Command> {
    if (isFree(this.#permissions, 'run')) return { ok: true, value: command };
    const { argv, dir, env, clearEnv } = command;
    const [program = ''] = argv;
    const path = env.PATH ?? (clearEnv ? undefined : environment.PATH);
    const file = findProgram(program, path, dir);
    const set = [...Object.keys(env), ...this.#changed];
    const loaderVariables = set.filter((name) => LOADER_VARIABLE.test(name));
    const message = this.#refusal({ kind: 'run', argv, file, loaderVariables });
    if (message !== undefined) return refused(message, program);
    return { ok: true, value: file === undefined ? command : { ...command, program: file } };
  }

  /** Why a variable, or without a name all of them, must not be read. */
  env(name: string | undefined): string | undefined {
    return this.#refusal({ kind: 'env', name, change: false });
  }

  changeEnv(name: string): string | undefined {
    const message = this.#refusal({ kind: 'env', name, change: true });
    if (message === undefined) this.#changed.add(name);
    return message;
  }

  net(host: string): string | undefined {
    return this.#refusal({ kind: 'net', host });
  }

  #refusal(request: PermissionRequest, permissions: Permissions = this.#permissions): string | undefined {
    const message = refusalOf(permissions, request);
    if (message !== undefined) this.#tell(request);
    return message;
  }
}

function refused(message: string, subject: string): { readonly ok: false; readonly error: EffectError } {
  return { ok: false, error: { code: 'refused', message, subject } };
}

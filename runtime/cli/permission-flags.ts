import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PathRule, PermissionKind, Permissions, ProgramRule, Rules } from '../../interpreter/permissions.ts';
import { findProgram, withoutLinks } from '../../interpreter/real-path.ts';

/** `true` for a flag without a list: everything of its kind. */
type Listed = true | readonly string[];

/** What the flags of a command line say, under commander's names. */
export interface PermissionFlags {
  readonly sandbox?: boolean | undefined;
  readonly allowRead?: Listed | undefined;
  readonly denyRead?: Listed | undefined;
  readonly allowRun?: Listed | undefined;
  readonly denyRun?: Listed | undefined;
  readonly allowEnv?: Listed | undefined;
  readonly denyEnv?: Listed | undefined;
  readonly allowNet?: Listed | undefined;
  readonly denyNet?: Listed | undefined;
}

const KINDS: readonly { readonly kind: PermissionKind; readonly list: string; readonly what: string }[] = [
  { kind: 'read', list: 'paths', what: 'read files and folders' },
  { kind: 'run', list: 'programs', what: 'run programs' },
  { kind: 'env', list: 'names', what: 'read and change environment variables' },
  { kind: 'net', list: 'hosts', what: 'connect to hosts' },
];

/** Adds the flags by which a command says what the Tiltfile may do. */
export function withPermissionFlags(command: Command): Command {
  command.option('--sandbox', 'let the Tiltfile do nothing but what the --allow-… flags say (they imply it)');
  for (const { kind, list, what } of KINDS) {
    command.addOption(listOption(`--allow-${kind} [=${list}]`, `let the Tiltfile ${what}: those listed, or all`));
    command.addOption(listOption(`--deny-${kind} [=${list}]`, `never let it ${what}: those listed, or any`));
  }
  // A list follows the sign =, as in Deno. Commander would also take the next word for it.
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (words) => parse(words.map((word) => (BARE.test(word) ? `${word}=${ALL}` : word)));
  return command;
}

const BARE = /^--(?:allow|deny)-(?:read|run|env|net)$/;
/** Stands for a flag without a list while commander reads the words: no word of a command line holds it. */
const ALL = '\0';

function listOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser<Listed>((text, before) => {
    if (text === ALL || before === true) return true;
    const items = splitList(text);
    if (items.length === 0 || items.includes('')) {
      throw new InvalidArgumentError('Give a list with commas between its items, or leave the = out for everything.');
    }
    return [...(before ?? []), ...items];
  });
}

/** At commas; two of them stand for one that belongs to an item. */
function splitList(text: string): readonly string[] {
  return text.split(/(?<!,),(?!,)/).map((item) => item.replaceAll(',,', ','));
}

/** Where the flags were given. */
export interface PermissionPlace {
  /** Absolute: relative paths begin here. */
  readonly cwd: string;
  /** The value of PATH. */
  readonly path: string | undefined;
}

/**
 * The flags as plain data; `undefined` when there are none, and everything is allowed. Who allows something means that the rest is
 * not: `--allow-…` implies `--sandbox`.
 */
export function permissionsOf(
  flags: PermissionFlags,
  { cwd, path: searched }: PermissionPlace,
): Permissions | undefined {
  const { sandbox, allowRead, denyRead, allowRun, denyRun, allowEnv, denyEnv, allowNet, denyNet } = flags;
  const allows = [allowRead, allowRun, allowEnv, allowNet];
  const denies = [denyRead, denyRun, denyEnv, denyNet];
  const isSandbox = sandbox === true || allows.some((flag) => flag !== undefined);
  if (!isSandbox && denies.every((flag) => flag === undefined)) return undefined;
  const rules = <T>(allow: Listed | undefined, deny: Listed | undefined, read: (item: string) => T): Rules<T> => ({
    allow: allow === true || !isSandbox ? 'all' : (allow ?? []).map(read),
    deny: deny === true ? 'all' : (deny ?? []).map(read),
  });
  const pathRule = (item: string): PathRule => {
    const absolute = path.resolve(cwd, item);
    return { path: absolute, real: withoutLinks(absolute) };
  };
  const programRule = (name: string): ProgramRule => ({ name, file: findProgram(name, searched, cwd) });
  const itself = (item: string) => item;
  return {
    read: rules(allowRead, denyRead, pathRule),
    run: rules(allowRun, denyRun, programRule),
    env: rules(allowEnv, denyEnv, itself),
    net: rules(allowNet, denyNet, itself),
  };
}

import { sep } from 'node:path';

/**
 * What a script may do. Plain data: it crosses to the worker. In each list a denied thing wins over an allowed one.
 */
export interface Permissions {
  readonly read: Rules<PathRule>;
  readonly run: Rules<ProgramRule>;
  /** Names of variables; one that ends in `*` stands for all that begin so. */
  readonly env: Rules<string>;
  /** `host`, `host:port` or `*.domain`. */
  readonly net: Rules<string>;
}

export interface Rules<T> {
  readonly allow: 'all' | readonly T[];
  readonly deny: 'all' | readonly T[];
}

/** A file, or a folder with everything below it. */
export interface PathRule {
  /** Absolute. */
  readonly path: string;
  /** The same without links. */
  readonly real: string;
}

export interface ProgramRule {
  /** As given: a name that is looked for in PATH, or a path. */
  readonly name: string;
  /** Where it lies; `undefined` when it could not be found. */
  readonly file: string | undefined;
}

/** What a script wants to do to the world. */
export type PermissionRequest =
  | {
      readonly kind: 'read';
      /** Absolute. */
      readonly path: string;
      /** The same without links. */
      readonly real: string;
    }
  | {
      readonly kind: 'run';
      readonly argv: readonly string[];
      /** Where the program lies, by the PATH that it would get. */
      readonly file: string | undefined;
      /** Variables by which the script would change what is loaded into the program. */
      readonly loaderVariables: readonly string[];
    }
  /** Without a name: all of them. */
  | { readonly kind: 'env'; readonly name: string | undefined; readonly change: boolean }
  /** `host` or `host:port`. */
  | { readonly kind: 'net'; readonly host: string };

export type PermissionKind = PermissionRequest['kind'];

const free = { allow: 'all', deny: [] } as const;

/** As in Tilt: a script may do whatever the person may who runs it. */
export const everythingAllowed: Permissions = { read: free, run: free, env: free, net: free };

/** True when nothing of this kind can be refused. */
export function isFree(permissions: Permissions, kind: PermissionKind): boolean {
  const { allow, deny } = permissions[kind];
  return allow === 'all' && deny.length === 0;
}

/** Why a request is refused, with the flag that would allow it; `undefined` when it is allowed. */
export function refusalOf(permissions: Permissions, request: PermissionRequest): string | undefined {
  switch (request.kind) {
    case 'read':
      return readRefusal(permissions, request);
    case 'run':
      return runRefusal(permissions.run, request);
    case 'env':
      return envRefusal(permissions.env, request);
    case 'net':
      return netRefusal(permissions.net, request.host);
  }
}

type Request<K extends PermissionKind> = Extract<PermissionRequest, { readonly kind: K }>;

function readRefusal(permissions: Permissions, { path, real }: Request<'read'>): string | undefined {
  const { allow, deny } = permissions.read;
  const through = real === path ? '' : ` (it leads to ${quoted(real)})`;
  const title = `Cannot read ${quoted(path)}${through}`;
  const paths = [path, real];
  const denied = deny === 'all' ? 'all' : deny.find((rule) => paths.some((asked) => covers(rule, asked)))?.path;
  if (denied !== undefined) return forbidden(title, 'read', denied);
  const allowed = allow === 'all' || allow.some((rule) => isBelow(real, rule.real));
  if (!allowed) return notAllowed(title, 'read', real);
  // Processes show their environment and more there: who guards that must not leave this way open.
  const guarded = (['run', 'env'] as const).some((kind) => !isFree(permissions, kind));
  if (guarded && isBelow(real, '/proc'))
    return `${title}: files below /proc can only be read where nothing is forbidden`;
  return undefined;
}

function covers(rule: PathRule, path: string): boolean {
  return isBelow(path, rule.path) || isBelow(path, rule.real);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function runRefusal({ allow, deny }: Rules<ProgramRule>, request: Request<'run'>): string | undefined {
  const { argv, file, loaderVariables } = request;
  const program = argv[0] ?? '';
  const isShellLine = argv.length === 3 && program === 'sh' && argv[1] === '-c';
  const title = `Cannot run ${quoted(program)}${isShellLine ? ` (for the line ${quoted(shortened(argv[2] ?? ''))})` : ''}`;
  const hint = isShellLine ? '. A list, such as ["git", "status"], needs no shell' : '';
  const denied = deny === 'all' ? 'all' : deny.find((rule) => isProgram(rule, program, file))?.name;
  if (denied !== undefined) return forbidden(title, 'run', denied) + hint;
  if (allow === 'all' && deny.length === 0) return undefined;
  if (loaderVariables.length > 0) {
    const [name = ''] = loaderVariables;
    return `${title}: ${quoted(name)} changes what is loaded into it, which only --allow-run for all programs allows`;
  }
  if (allow === 'all' || allow.some((rule) => isProgram(rule, program, file))) return undefined;
  return notAllowed(title, 'run', program) + hint;
}

/** The same file; a program that nobody found is known by its name. */
function isProgram(rule: ProgramRule, name: string, file: string | undefined): boolean {
  return rule.file === undefined || file === undefined ? rule.name === name : rule.file === file;
}

function envRefusal({ allow, deny }: Rules<string>, { name, change }: Request<'env'>): string | undefined {
  const act = change ? 'set' : 'read';
  if (name === undefined) {
    if (allow === 'all' && deny.length === 0) return undefined;
    const title = `Cannot ${act} all environment variables`;
    return deny.length > 0 ? forbidden(title, 'env', deny === 'all' ? 'all' : deny.join()) : notAllowed(title, 'env');
  }
  const title = `Cannot ${act} the environment variable ${quoted(name)}`;
  const fits = (rule: string) => (rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : name === rule);
  const denied = deny === 'all' ? 'all' : deny.find(fits);
  if (denied !== undefined) return forbidden(title, 'env', denied);
  return allow === 'all' || allow.some(fits) ? undefined : notAllowed(title, 'env', name);
}

function netRefusal({ allow, deny }: Rules<string>, host: string): string | undefined {
  const title = `Cannot connect to ${quoted(host)}`;
  const name = host.replace(/:\d+$/, '');
  const fits = (rule: string) =>
    rule === host || rule === name || (rule.startsWith('*.') && name.endsWith(rule.slice(1)));
  const denied = deny === 'all' ? 'all' : deny.find(fits);
  if (denied !== undefined) return forbidden(title, 'net', denied);
  return allow === 'all' || allow.some(fits) ? undefined : notAllowed(title, 'net', host);
}

function forbidden(title: string, kind: PermissionKind, rule: string): string {
  return `${title}: --deny-${kind}${rule === 'all' ? '' : `=${word(rule)}`} forbids it`;
}

function notAllowed(title: string, kind: PermissionKind, subject?: string): string {
  const value = subject === undefined ? '' : `=${word(subject.replaceAll(',', ',,'))}`;
  return `${title}: not allowed in the sandbox. Allow it with --allow-${kind}${value}`;
}

/** As it must be written in a shell. */
function word(text: string): string {
  return /^[\w@%+=:,./*-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function shortened(line: string): string {
  const first = line.split('\n')[0] ?? '';
  return first.length <= 60 && first.length === line.length ? line : `${first.slice(0, 60)}…`;
}

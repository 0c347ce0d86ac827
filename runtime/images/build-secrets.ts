import { readFile, stat } from 'node:fs/promises';
import type { Environment } from '../clients/docker/docker-config.ts';

/** Where a secret of a build comes from. */
export interface SecretSource {
  readonly id: string;
  /** Empty when it comes from the environment. */
  readonly file: string;
  /** The name of a variable; empty when it comes from a file. */
  readonly variable: string;
}

export type ParsedSecret =
  | { readonly ok: true; readonly source: SecretSource }
  | { readonly ok: false; readonly message: string };

const LARGEST_BYTES = 500 * 1024;

/** Reads the notation of docker's `--secret`: `id=token,src=.token`, `id=token,env=TOKEN`, `id=TOKEN`. */
export function parseSecret(text: string, environment: Environment): ParsedSecret {
  const given = { id: '', src: '', env: '', type: '' };
  for (const field of csvFields(text)) {
    const mark = field.indexOf('=');
    if (mark < 0) return refuse(`"${field}" is no pair such as id=token`);
    const key = field.slice(0, mark).toLowerCase();
    const value = field.slice(mark + 1);
    if (key === 'source' || key === 'src') given.src = value;
    else if (key === 'id' || key === 'env') given[key] = value;
    else if (key !== 'type') return refuse(`"${key}" is no key: use id, src, env or type`);
    else if (value === 'file' || value === 'env') given.type = value;
    else return refuse(`"${value}" is no type: use file or env`);
  }
  if (given.id === '') return refuse('it has no id');
  const { id, type } = given;
  if (type === 'env' && given.env === '') return found(id, '', given.src || id);
  if (given.env !== '') return found(id, '', given.env);
  if (given.src !== '') return found(id, given.src, '');
  // Neither is said: a variable of that name, else a file.
  return environment[id] === undefined ? found(id, id, '') : found(id, '', id);

  function refuse(why: string): ParsedSecret {
    return { ok: false, message: `the secret "${text}" cannot be read: ${why}` };
  }
}

function found(id: string, file: string, variable: string): ParsedSecret {
  return { ok: true, source: { id, file, variable } };
}

/** Why a secret cannot be had, before a build begins that needs it. */
export async function secretProblem({ id, file }: SecretSource): Promise<string | undefined> {
  if (file === '') return undefined;
  const found = await stat(file).catch(() => undefined);
  if (!found) return `its secret "${id}" is to come from "${file}", which does not exist`;
  if (!found.isFile()) return `its secret "${id}" is to come from "${file}", which is not a file`;
  return found.size > LARGEST_BYTES ? `its secret "${id}" in "${file}" is larger than 500 KB` : undefined;
}

/** The secret itself; `undefined` when it is not there. Read when it is asked for. */
export async function readSecret(
  { file, variable }: SecretSource,
  environment: Environment,
): Promise<Uint8Array | undefined> {
  if (file !== '') return readFile(file).catch(() => undefined);
  const value = environment[variable];
  return value === undefined ? undefined : Buffer.from(value);
}

/** One line of comma-separated values; those in double quotes may hold commas. */
function csvFields(line: string): readonly string[] {
  const fields: string[] = [];
  for (const [, quoted, plain = ''] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return fields;
}

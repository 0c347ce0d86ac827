import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isPlainObjectData } from '../../../stdlib/encoding/plain-data.ts';
import { parseYamlStream } from '../../../stdlib/encoding/yaml-stream.ts';
import type { ApiObject } from '../../report/objects/api-object.ts';
import { CommandProblem } from '../running/session-address.ts';
import { findKind } from './asked-objects.ts';
import type { KindInfo, ObjectApi } from './object-api.ts';

/** An object of a file, and its kind. */
export interface Manifest {
  readonly kind: KindInfo;
  readonly object: ApiObject;
  /** The file's name as it was given; `STDIN` for `-`. */
  readonly source: string;
}

/** Reads the objects of YAML and JSON files, of folders' files, and of standard input for `-`. */
export async function readManifests(
  api: ObjectApi,
  files: readonly string[],
  recursive = false,
): Promise<readonly Manifest[]> {
  const kinds = await api.kinds();
  const manifests: Manifest[] = [];
  for (const file of files.flatMap((given) => filesOf(given, recursive))) {
    const source = file === '-' ? 'STDIN' : file;
    const parsed = parseYamlStream(textOf(file), source);
    if (!parsed.ok) throw new CommandProblem(`Cannot read "${source}": ${parsed.message}`);
    for (const document of parsed.documents) {
      const items = isPlainObjectData(document) && Array.isArray(document.items) ? document.items : [document];
      for (const item of items) {
        if (!isApiObject(item)) {
          throw new CommandProblem(`Cannot read "${source}": an object needs apiVersion, kind and metadata.name`);
        }
        manifests.push({ kind: findKind(kinds, item.kind), object: item, source });
      }
    }
  }
  if (manifests.length === 0) throw new CommandProblem(`There are no objects in ${files.join(', ')}`);
  return manifests;
}

function filesOf(given: string, recursive: boolean): readonly string[] {
  if (given === '-' || !isFolder(given)) return [given];
  return readdirSync(given, { recursive, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => path.join(given, name));
}

function isFolder(given: string): boolean {
  try {
    return statSync(given).isDirectory();
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CommandProblem(`Cannot read "${file}": ${(error as Error).message}`);
  }
}

function isApiObject(value: unknown): value is ApiObject {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Partial<ApiObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}

import path from 'node:path';
import type { PlainData } from '../encoding/plain-data.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';

/** What reading a kustomization asks of the world. Paths are absolute. */
export interface KustomizationFiles {
  /** `undefined` when there is no such file. */
  readText(file: string): string | undefined;
  isFolder(file: string): boolean;
}

export type KustomizationDeps =
  | { readonly ok: true; readonly files: readonly string[] }
  | { readonly ok: false; readonly message: string };

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const API_VERSIONS = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
};

class Malformed extends Error {}

/** The files that a kustomization is made of, those of the kustomizations it builds on too: absolute paths, each once. */
export function kustomizationDeps(folder: string, files: KustomizationFiles): KustomizationDeps {
  try {
    const found = new Set<string>();
    collect(folder, files, found, new Set());
    return { ok: true, files: [...found] };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, message: error.message };
    throw error;
  }
}

function collect(folder: string, files: KustomizationFiles, found: Set<string>, seen: Set<string>): void {
  if (seen.has(folder)) return;
  seen.add(folder);
  const { file, fields } = readKustomization(folder, files);
  const below = (name: string) => path.join(folder, name);
  for (const name of [...strings(fields.bases), ...strings(fields.components), ...strings(fields.resources)]) {
    if (files.isFolder(below(name))) collect(below(name), files, found, seen);
    else found.add(below(name));
  }
  found.add(file);
  const paths = [
    ...patchFiles(fields.patches),
    ...strings(fields.patchesStrategicMerge),
    ...strings(fields.crds),
    ...patchFiles(fields.patchesJson6902),
    ...members(fields.configMapGenerator).flatMap((generator) => strings(generator.files).map(sourceFile)),
  ];
  for (const name of paths) if (name !== '') found.add(below(name));
}

type Fields = { readonly [key: string]: PlainData };

function readKustomization(
  folder: string,
  files: KustomizationFiles,
): { readonly file: string; readonly fields: Fields } {
  const [first, ...others] = NAMES.flatMap((name) => {
    const file = path.join(folder, name);
    const text = files.readText(file);
    return text === undefined ? [] : [{ file, text }];
  });
  if (first === undefined) {
    throw new Malformed(`unable to find one of [${NAMES.join(' ')}] in directory '${folder}'`);
  }
  if (others.length > 0) throw new Malformed(`Found multiple kustomization files under: ${folder}\n`);
  const parsed = parseYamlStream(first.text, '');
  if (!parsed.ok)
    throw new Malformed(parsed.message.replace('error parsing YAML: error converting YAML to JSON: ', ''));
  const [document] = parsed.documents;
  const fields = isFields(document) ? document : {};
  const problems = kindProblems(fields);
  if (problems.length === 0) return { file: first.file, fields };
  throw new Malformed(`Failed to read kustomization file under ${folder}:\n${problems.join('\n')}`);
}

function kindProblems({ kind, apiVersion }: Fields): readonly string[] {
  const problems: string[] = [];
  if (kind && kind !== 'Kustomization' && kind !== 'Component') {
    problems.push('kind should be Kustomization or Component');
  }
  const wanted = API_VERSIONS[kind === 'Component' ? 'Component' : 'Kustomization'];
  if (apiVersion && apiVersion !== wanted) problems.push(`apiVersion for ${kind ?? ''} should be ${wanted}`);
  return problems;
}

/** Patches may be written out, too, and then have no file. */
function patchFiles(patches: PlainData | undefined): readonly string[] {
  return members(patches).flatMap(({ path: file }) => (typeof file === 'string' ? [file] : []));
}

/** A file may stand after the key that it gets: `app.ini=config/dev.ini`. */
function sourceFile(source: string): string {
  return source.slice(source.indexOf('=') + 1);
}

function strings(value: PlainData | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

function members(value: PlainData | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: PlainData | undefined): value is { [key: string]: PlainData } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

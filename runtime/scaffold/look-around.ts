import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Findings, Manifest, PackageManager } from './findings.ts';
import { manifestOf } from './manifest.ts';

/** How deep folders are looked into, and how many files are looked at: projects are set up by what is near their root. */
const DEEPEST = 3;
const MOST_FILES = 5000;
/** Of one YAML file; larger ones are data. */
const LONGEST_YAML = 1_000_000;

const NOT_SOURCES = new Set([
  'node_modules',
  'vendor',
  'dist',
  'build',
  'out',
  'target',
  'coverage',
  'testdata',
  'fixtures',
]);
const COMPOSE_FILE = /^(docker-)?compose\.ya?ml$/;
const KUSTOMIZATION = /^(kustomization\.ya?ml|Kustomization)$/;
const LOCK_FILES: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];
const SOURCES = ['src', 'app', 'lib', 'server', 'index.js', 'index.ts', 'server.js', 'server.ts', 'package.json'];

/** Looks at what there is in a folder. */
export function lookAround(folder: string): Findings {
  const files = filesBelow(folder);
  const kustomizations = foldersWith(files, KUSTOMIZATION);
  const charts = foldersWith(files, /^Chart\.ya?ml$/);
  const apart = [...kustomizations, ...charts];
  const yaml = files.filter((file) => /\.ya?ml$/.test(file) && !apart.some((dir) => isBelow(dir, file)));
  return {
    name: path.basename(folder),
    dockerfiles: files.filter((file) => /^(Dockerfile|.+\.Dockerfile)$/.test(path.posix.basename(file))),
    manifests: yaml.flatMap((file) => manifestAt(folder, file)),
    kustomizations,
    charts,
    composeFiles: files.filter((file) => COMPOSE_FILE.test(file)),
    scripts: scriptsOf(folder),
    packageManager: LOCK_FILES.find(([file]) => existsSync(path.join(folder, file)))?.[1] ?? 'npm',
    sources: SOURCES.filter((name) => existsSync(path.join(folder, name))),
  };
}

/** What is nearer to the root comes first. Hidden folders and those of others' code are left out. */
function filesBelow(folder: string): readonly string[] {
  const files: string[] = [];
  let level = [''];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: string[] = [];
    for (const dir of level) {
      for (const entry of entriesOf(path.join(folder, dir))) {
        const name = path.posix.join(dir, entry.name);
        if (entry.isFile()) files.push(name);
        else if (entry.isDirectory() && !entry.name.startsWith('.') && !NOT_SOURCES.has(entry.name)) next.push(name);
        if (files.length >= MOST_FILES) return files;
      }
    }
    level = next;
  }
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read has nothing to propose.
    return [];
  }
}

function foldersWith(files: readonly string[], name: RegExp): readonly string[] {
  return files.filter((file) => name.test(path.posix.basename(file))).map((file) => path.posix.dirname(file));
}

function isBelow(folder: string, file: string): boolean {
  return folder === '.' || file.startsWith(`${folder}/`);
}

function manifestAt(folder: string, file: string): readonly Manifest[] {
  const text = textOf(path.join(folder, file));
  const manifest = text === undefined || text.length > LONGEST_YAML ? undefined : manifestOf(text);
  return manifest === undefined ? [] : [{ file, ...manifest }];
}

function scriptsOf(folder: string): Readonly<Record<string, string>> {
  const text = textOf(path.join(folder, 'package.json'));
  if (text === undefined) return {};
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown };
    if (typeof scripts !== 'object' || scripts === null) return {};
    return Object.fromEntries(
      Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // Whoever owns it will hear of it from npm.
    return {};
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

import path from 'node:path';
import type { IgnoreRule } from '../model/ignore.ts';
import type { AssemblyFailure } from './failure.ts';
import { ignorePatterns } from './ignore-file.ts';
import type { IndexedImage } from './image-index.ts';
import type { ProjectFiles } from './project-files.ts';

export interface ImageFiles {
  /** What is left out of the context. */
  readonly contextIgnores: readonly IgnoreRule[];
  /** What starts no build when it changes. */
  readonly watchIgnores: readonly IgnoreRule[];
}

/** Which files of its context belong to an image. Ignore files that were looked for go to `lookedAt`. */
export function imageFiles(
  image: IndexedImage,
  files: ProjectFiles,
  lookedAt: Set<string>,
  failures: AssemblyFailure[],
): ImageFiles {
  const { context, tiltfile } = image.declaration;
  const dockerfile = image.declaration.dockerfilePath ?? path.join(context, 'Dockerfile');
  const contextIgnores = [
    everythingBelow(tiltfile),
    ...gitIgnores([dockerfile, context], files),
    ...declaredIgnores(image, files),
    ...ignoreFile(image, dockerfile, files, lookedAt, failures),
  ];
  // The Dockerfile is the Tiltfile's to watch: it reads the text, and builds take it from there.
  return { contextIgnores, watchIgnores: [...contextIgnores, everythingBelow(dockerfile)] };
}

/** The `.git` folders that lie directly in folders. */
export function gitIgnores(folders: readonly string[], files: ProjectFiles): readonly IgnoreRule[] {
  return [...new Set(folders)]
    .map((folder) => path.join(folder, '.git'))
    .filter((folder) => files.isFolder(folder))
    .map(everythingBelow);
}

function everythingBelow(basePath: string): IgnoreRule {
  return { basePath, patterns: [], source: '' };
}

function declaredIgnores(image: IndexedImage, files: ProjectFiles): readonly IgnoreRule[] {
  const { context, ignores, only } = image.declaration;
  if (!files.isFolder(context)) return [];
  const name = `docker_build(${JSON.stringify(image.ref)})`;
  const rules: IgnoreRule[] = [];
  if (ignores.length > 0) rules.push({ basePath: context, patterns: ignores, source: `${name} ignores=` });
  if (only.length > 0) {
    rules.push({ basePath: context, patterns: ['**', ...only.map((kept) => `!${kept}`)], source: `${name} only=` });
  }
  return rules;
}

function ignoreFile(
  image: IndexedImage,
  dockerfile: string,
  files: ProjectFiles,
  lookedAt: Set<string>,
  failures: AssemblyFailure[],
): readonly IgnoreRule[] {
  const { context, position } = image.declaration;
  if (!files.isFolder(context)) return [];
  const own = `${dockerfile}.dockerignore`;
  const file = files.exists(own) ? own : path.join(context, '.dockerignore');
  lookedAt.add(file);
  const read = files.readText(file);
  if (!read.ok) {
    failures.push({ message: `Cannot read "${file}" for image "${image.ref}": ${read.message}`, position });
    return [];
  }
  if (read.text === undefined) return [];
  const patterns = ignorePatterns(read.text);
  return patterns.length === 0 ? [] : [{ basePath: context, patterns, source: file }];
}

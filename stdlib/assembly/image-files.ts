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

/** Which files belong to an image. Ignore files that were looked for go to `lookedAt`. */
export function imageFiles(
  image: IndexedImage,
  files: ProjectFiles,
  lookedAt: Set<string>,
  failures: AssemblyFailure[],
): ImageFiles {
  const { declaration } = image;
  const { tiltfile } = declaration;
  const isDocker = declaration.kind === 'docker';
  const dockerfile = isDocker
    ? (declaration.dockerfilePath ?? path.join(declaration.context, 'Dockerfile'))
    : undefined;
  const folders = isDocker ? [declaration.context] : [...new Set(declaration.deps)];
  const contextIgnores = [
    everythingBelow(tiltfile),
    ...gitIgnores([...(dockerfile === undefined ? [] : [dockerfile]), ...folders], files),
    ...folders
      .filter((folder) => folder !== '' && files.isFolder(folder))
      .flatMap((folder) => [
        ...declaredIgnores(image, folder),
        ...ignoreFile(image, folder, dockerfile, files, lookedAt, failures),
      ]),
  ];
  // The Dockerfile is the Tiltfile's to watch: it reads the text, and builds take it from there.
  const watchIgnores = dockerfile === undefined ? contextIgnores : [...contextIgnores, everythingBelow(dockerfile)];
  return { contextIgnores, watchIgnores };
}

/** The `.git` folders that lie directly in folders. */
export function gitIgnores(folders: readonly string[], files: ProjectFiles): readonly IgnoreRule[] {
  return [...new Set(folders)]
    .map((folder) => path.join(folder, '.git'))
    .filter((folder) => files.isFolder(folder))
    .map(everythingBelow);
}

export function everythingBelow(basePath: string): IgnoreRule {
  return { basePath, patterns: [], source: '' };
}

function declaredIgnores({ declaration, ref }: IndexedImage, folder: string): readonly IgnoreRule[] {
  const { ignores } = declaration;
  const only = declaration.kind === 'docker' ? declaration.only : [];
  const name = `${declaration.kind === 'docker' ? 'docker_build' : 'custom_build'}(${JSON.stringify(ref)})`;
  const rules: IgnoreRule[] = [];
  if (ignores.length > 0) rules.push({ basePath: folder, patterns: ignores, source: `${name} ignores=` });
  if (only.length > 0) {
    rules.push({ basePath: folder, patterns: ['**', ...only.map((kept) => `!${kept}`)], source: `${name} only=` });
  }
  return rules;
}

/** The image that an ignore file is looked for. */
export interface IgnoringImage {
  readonly ref: string;
  readonly declaration: Pick<IndexedImage['declaration'], 'position'>;
}

export function ignoreFile(
  image: IgnoringImage,
  folder: string,
  dockerfile: string | undefined,
  files: ProjectFiles,
  lookedAt: Set<string>,
  failures: AssemblyFailure[],
): readonly IgnoreRule[] {
  const own = dockerfile === undefined ? undefined : `${dockerfile}.dockerignore`;
  const file = own !== undefined && files.exists(own) ? own : path.join(folder, '.dockerignore');
  lookedAt.add(file);
  const read = files.readText(file);
  if (!read.ok) {
    const message = read.refused ? read.message : `Cannot read "${file}" for image "${image.ref}": ${read.message}`;
    failures.push({ message, position: image.declaration.position });
    return [];
  }
  if (read.text === undefined) return [];
  const patterns = ignorePatterns(read.text);
  return patterns.length === 0 ? [] : [{ basePath: folder, patterns, source: file }];
}

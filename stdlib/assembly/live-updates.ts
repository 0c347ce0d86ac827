import path from 'node:path';
import type { Declarations } from '../declarations.ts';
import type { Image } from '../model/image.ts';
import type { ComposeResource, KubernetesResource } from '../model/resource.ts';
import type { AssemblyFailure } from './failure.ts';

/** Checks live updates against what they are for: no restarts in a cluster, and only files that are watched. */
export function checkLiveUpdates(
  resources: readonly (KubernetesResource | ComposeResource)[],
  failures: AssemblyFailure[],
): void {
  // Compose's containers can be restarted.
  const restarting = resources.filter(
    ({ kind, images }) => kind === 'kubernetes' && images.some(({ liveUpdate }) => liveUpdate?.restart),
  );
  const [first] = restarting;
  if (first) {
    const names = restarting.map(({ name }) => name).join(', ');
    const message =
      `Found \`restart_container()\` LiveUpdate step in resource(s): [${names}]. ` +
      '`restart_container()`  has been deprecated for k8s resources. We recommend the restart_process extension: ' +
      'https://github.com/tilt-dev/tilt-extensions/tree/master/restart_process. For more information, see ' +
      'https://docs.tilt.dev/live_update_reference.html#restarting-your-process';
    failures.push({ message, position: first.images.find(({ liveUpdate }) => liveUpdate?.restart)?.position });
  }
  const checked = new Set<Image>();
  for (const { images, deployedImages = [] } of resources) {
    for (const image of images) {
      // A base that is not deployed itself is in no container.
      if (!deployedImages.includes(image.ref) || checked.has(image)) continue;
      checked.add(image);
      const message = unwatchedPath(image, images);
      if (message !== undefined) failures.push({ message, position: image.position });
    }
  }
}

/** The first file of a live update whose changes would never be seen. */
function unwatchedPath(image: Image, images: readonly Image[]): string | undefined {
  const { liveUpdate } = image;
  if (!liveUpdate) return undefined;
  const watched = watchedPaths(image, images);
  const isWatched = (file: string) => watched.some((folder) => isWithin(file, folder));
  const absolute = (file: string) => path.resolve(liveUpdate.basePath, file);
  const list = `(${`[${watched.join(' ')}]`})`;
  const source = liveUpdate.syncs.map(({ localPath }) => absolute(localPath)).find((file) => !isWatched(file));
  if (source !== undefined) return `sync step source '${source}' is not a child of any watched filepaths ${list}`;
  const stop = liveUpdate.stopPaths.map(absolute).find((file) => !isWatched(file));
  if (stop === undefined) return undefined;
  return `fall_back_on paths '${stop}' is not a child of any watched filepaths ${list}`;
}

/** Of the image and of all that it is built on, these first. */
function watchedPaths(image: Image, images: readonly Image[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (one: Image): readonly string[] => {
    if (seen.has(one.ref)) return [];
    seen.add(one.ref);
    const bases = one.dependsOn.flatMap((ref) => images.filter((base) => base.ref === ref)).flatMap(visit);
    return [...bases, ...[...new Set(one.watchPaths)].sort()];
  };
  return visit(image);
}

function isWithin(file: string, folder: string): boolean {
  const base = path.normalize(folder).replace(/(?<=.)\/$/, '');
  return file === base || file.startsWith(base.endsWith('/') ? base : `${base}/`);
}

/** Steps that were made and never taken: most likely someone called them for what they do. */
export function checkUnusedSteps({ unusedSteps }: Declarations, failures: AssemblyFailure[]): void {
  const unused = [...unusedSteps.values()];
  const [first] = unused;
  if (!first) return;
  const lines = unused.map(({ text, type, position: { file, line, column } }) => {
    return `${file}:${line}:${column}: value '${text}' of type '${type}'`;
  });
  const message = `found ${unused.length} live_update steps that were created but not used in a live_update:\n`;
  failures.push({ message: message + lines.join('\n\t'), position: first.position });
}

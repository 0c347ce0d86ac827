import path from 'node:path';
import type { Findings } from './findings.ts';

/** An image to build. */
export interface ProposedImage {
  readonly ref: string;
  readonly dockerfile: string;
  /** Whether something was found that runs it: else its name is a guess. */
  readonly isUsed: boolean;
}

/**
 * Which image each Dockerfile builds: the one whose name ends as the folder of the Dockerfile, or the only one that is left where
 * there is only one Dockerfile.
 */
export function matchImages({ name, dockerfiles, manifests }: Findings): readonly ProposedImage[] {
  const workloads = manifests.flatMap((manifest) => manifest.workloads);
  const images = [...new Set(workloads.flatMap((workload) => workload.images.map(withoutTag)))];
  const taken = new Set<string>();
  return dockerfiles.map((dockerfile) => {
    const wanted = nameFor(dockerfile, name);
    const own = images.filter((image) => path.posix.basename(image) === wanted && !taken.has(image));
    // Official images such as postgres have no slash: nobody builds these here.
    const left = dockerfiles.length === 1 ? images.filter((image) => image.includes('/')) : [];
    const ref = own[0] ?? (left.length === 1 ? left[0] : undefined);
    if (ref === undefined) return { ref: imageName(wanted), dockerfile, isUsed: false };
    taken.add(ref);
    return { ref, dockerfile, isUsed: true };
  });
}

/** `web` for `web/Dockerfile` and `web.Dockerfile`, the project's name for its own. */
function nameFor(dockerfile: string, project: string): string {
  const base = path.posix.basename(dockerfile, '.Dockerfile');
  if (base !== 'Dockerfile') return base;
  const folder = path.posix.dirname(dockerfile);
  return folder === '.' ? project : path.posix.basename(folder);
}

/** What may name an image. */
function imageName(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'app'
  );
}

function withoutTag(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

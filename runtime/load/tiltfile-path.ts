import { statSync } from 'node:fs';
import path from 'node:path';
import { TILTFILE_NAMES } from '../../stdlib/model/tiltfile-names.ts';

export type TiltfilePath =
  | {
      readonly ok: true;
      readonly file: string;
      /** Others in the same folder that were passed over. */
      readonly others: readonly string[];
    }
  /** `lookedFor`: the paths any of which would have been one. */
  | { readonly ok: false; readonly message: string; readonly lookedFor: readonly string[] };

/** Finds the Tiltfile: `given` (a file or a folder, as in `-f`), else the one in `cwd`. */
export function findTiltfile(given: string | undefined, cwd: string): TiltfilePath {
  const asked = given === undefined ? cwd : path.resolve(cwd, given);
  const kind = kindOf(asked);
  if (kind === 'file') return { ok: true, file: asked, others: [] };
  if (kind === 'missing') {
    return {
      ok: false,
      message: `No Tiltfile found at "${asked}". Give the path of one with -f, or run in its folder.`,
      lookedFor: [asked],
    };
  }
  const lookedFor = TILTFILE_NAMES.map((name) => path.join(asked, name));
  const found = lookedFor.filter((file) => kindOf(file) === 'file');
  const [file, ...others] = found;
  if (file !== undefined) return { ok: true, file, others };
  return {
    ok: false,
    message: `No Tiltfile found in "${asked}": looked for ${TILTFILE_NAMES.join(', ')}. Give the path of one with -f, or write one with "tilt-ts init".`,
    lookedFor,
  };
}

function kindOf(file: string): 'file' | 'folder' | 'missing' {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  return stat.isDirectory() ? 'folder' : 'file';
}

import type { Cause } from '../../state/cause.ts';
import { microTime } from '../time.ts';
import { TILTFILE_RESOURCE } from '../wire.ts';
import { ownProjector } from './own.ts';
import type { Projector } from './projected.ts';

export const tiltfiles: Projector = function* ({ state, about }) {
  const { load, args } = state.tiltfile;
  const causes = load.kind === 'none' ? [] : load.causes;
  const reasons = causes.map(reasonOf);
  const times = load.kind === 'none' ? {} : { reasons, startedAt: microTime(load.startedAt) };
  const status =
    load.kind === 'none'
      ? { waiting: { reason: 'initial-build' } }
      : load.kind === 'loading'
        ? { running: times }
        : {
            terminated: {
              ...times,
              finishedAt: microTime(load.endedAt),
              ...(load.kind === 'failed' ? { error: load.failures[0]?.message ?? 'failed' } : {}),
            },
          };
  yield {
    name: TILTFILE_RESOURCE,
    createdAt: state.startedAt,
    body: {
      spec: {
        path: about.tiltfilePath,
        ...(args.length === 0 ? {} : { args }),
        restartOn: { fileWatches: [`configs:${TILTFILE_RESOURCE}`] },
        stopOn: { uiButtons: [`${TILTFILE_RESOURCE}-stopbuild`] },
      },
      status,
    },
  };
};

function reasonOf(cause: Cause): string {
  switch (cause.kind) {
    case 'initial':
      return 'Initial Build';
    case 'files':
      return cause.paths.length === 1 ? '1 File Changed' : `${cause.paths.length} Files Changed`;
    case 'trigger':
      return cause.from === 'cli' ? 'CLI Trigger' : 'Web Trigger';
    case 'config':
      return 'Config Changed';
    case 'args':
      return 'Tilt Args';
    case 'extensions':
      return 'Extensions Changed';
    // What happens to resources alone.
    case 'containers':
    case 'retry':
      return '';
  }
}

export const extensions = ownProjector('extensions', () => EMPTY);
export const extensionRepos = ownProjector('extensionrepos', () => EMPTY);

const EMPTY = {};

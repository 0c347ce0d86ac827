import type { LiveUpdate } from '../model/live-update.ts';
import type { ResultObject } from './result-value.ts';

export function liveUpdateSpec({ basePath, stopPaths, syncs, runs, ...more }: LiveUpdate): ResultObject {
  return {
    basePath,
    selector: more.containerName === '' ? {} : { kubernetes: { containerName: more.containerName } },
    stopPaths: stopPaths.length > 0 ? stopPaths : undefined,
    syncs: syncs.length > 0 ? syncs.map(({ localPath, containerPath }) => ({ localPath, containerPath })) : undefined,
    execs: runs.length > 0 ? runs.map(exec) : undefined,
    restart: more.restart ? 'always' : undefined,
    initialSync: more.initialSync ? {} : undefined,
  };
}

function exec({ argv, triggers, echoOff }: LiveUpdate['runs'][number]): ResultObject {
  return {
    args: argv,
    triggerPaths: triggers.length > 0 ? triggers : undefined,
    echoOff: echoOff || undefined,
  };
}

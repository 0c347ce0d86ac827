import type { DockerBuild } from './image.ts';

/** Holds the number of the process that starts the container's own one anew. */
const PID_FILE = '/tmp/.restart-process.pid';

/**
 * A program for `sh` that runs a command and starts it anew when it gets SIGUSR1. It is all that is needed in a container: nothing has to
 * be in the image but a shell. `setsid`, where there is one, lets what the command started end with it. Kubernetes makes `$` of `$$`, so
 * that this must not stand in it.
 */
const SUPERVISOR = `
policy=$1; shift
tell() { kill -s "$1" -- "-$child" 2>/dev/null || kill -s "$1" "$child" 2>/dev/null; }
end() {
  tell TERM
  { sleep 5; tell KILL; } & killer=$!
}
trap 'again=1; end' USR1
trap 'over=1; end' TERM INT
sh -c 'echo $PPID' > ${PID_FILE}
while :; do
  again= over= killer=
  if command -v setsid >/dev/null 2>&1; then setsid "$@" & else "$@" & fi
  child=$!
  wait $child; code=$?
  while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
  [ -z "$killer" ] || kill $killer 2>/dev/null
  [ -z "$over" ] || exit $code
  [ -n "$again" ] && continue
  [ "$policy" = continue ] || exit $code
  echo "The process ended with exit code $code; the next live update starts it again."
  while [ -z "$again$over" ]; do
    sleep 3600 & idle=$!
    wait $idle; kill $idle 2>/dev/null
  done
  [ -z "$over" ] || exit 0
done
`.trim();

/** The command of a container that starts `argv`, and starts it anew when `RESTART_COMMAND` runs beside it. */
export function restartingEntrypoint(argv: readonly string[], outlives: boolean): readonly string[] {
  return ['sh', '-c', SUPERVISOR, 'restart-process', outlives ? 'continue' : 'restart', ...argv];
}

/** Where the file cannot be written, the container's first process is it. */
export const RESTART_COMMAND: readonly string[] = [
  'sh',
  '-c',
  `kill -s USR1 "$(cat ${PID_FILE} 2>/dev/null || echo 1)"`,
];

export function isRestartingEntrypoint(argv: readonly string[]): boolean {
  return argv[2] === SUPERVISOR;
}

/** The Dockerfile of an image that starts so wherever it runs, and its target. */
export function withEntrypoint(
  { dockerfile, target }: Pick<DockerBuild, 'dockerfile' | 'target'>,
  entrypoint: readonly string[],
): Pick<DockerBuild, 'dockerfile' | 'target'> {
  if (dockerfile.trim() === '') return { dockerfile, target };
  const stage = target === '' ? '' : `FROM ${target} AS ${STAGE}\n`;
  const text = `${dockerfile.replace(/\n*$/, '\n')}${stage}ENTRYPOINT ${JSON.stringify(entrypoint)}\nCMD []\n`;
  return { dockerfile: text, target: target === '' ? '' : STAGE };
}

const STAGE = 'restart-process';

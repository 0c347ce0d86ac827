import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { execInPod } from '../clients/kubernetes/exec.ts';
import type { ExecEnd } from '../clients/kubernetes/exec-words.ts';
import {
  type AccessIo,
  type ArchivesFor,
  type ContainerAccess,
  explainWriteError,
  type Owner,
  type RunEnd,
  type WriteEnd,
} from './container-access.ts';

export interface PodContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

const RM_FAILED = 97;
const KILLED = 137;
/**
 * Deletes the paths that it is given, then unpacks as many bytes of its input as `$0` says: older servers cannot tell a
 * program that its input has ended, and `tar` reads to the end.
 */
const WRITE = `[ $# = 0 ] || rm -rf -- "$@" || exit ${RM_FAILED}; [ "$0" = 0 ] || head -c "$0" | tar -C / -p -x -f -`;
/** Arguments travel in the address of the request, which servers limit. */
const ARGUMENT_BYTES = 16 * 1024;

export interface PodContainerWays {
  /** As the pod's watcher knows it. */
  readonly stillRuns: ContainerAccess['stillRuns'];
  /** Another way for files, where the container has no programs for them; nothing if there is none. */
  readonly otherWay: (signal: AbortSignal) => Promise<Pick<ContainerAccess, 'write'> | undefined>;
}

/** A way into a container of a pod: by programs that run in it. */
export function kubernetesAccess(
  client: KubernetesClient,
  place: PodContainer,
  { stillRuns, otherWay }: PodContainerWays,
): ContainerAccess {
  let foundWay: Pick<ContainerAccess, 'write'> | undefined;
  const exec = (argv: readonly string[], io: AccessIo, stdin?: Buffer, readsToEnd = false): Promise<ExecEnd> =>
    execInPod(client, { ...place, argv, onOutput: io.onOutput, ...(stdin && { stdin }) }, readsToEnd, io.signal);

  async function writeByPrograms(removed: readonly string[], archives: ArchivesFor, io: AccessIo): Promise<WriteEnd> {
    const rest = inParts(removed);
    for await (const archive of archives(ROOT)) {
      const end = await writeOnce(rest.shift() ?? [], archive, io);
      if (!end.ok) return end;
    }
    for (const part of rest) {
      const end = await writeOnce(part, undefined, io);
      if (!end.ok) return end;
    }
    return { ok: true };
  }

  /** Where there is a shell, one program does it all. */
  async function writeOnce(
    removed: readonly string[],
    archive: Buffer | undefined,
    { signal }: AccessIo,
  ): Promise<WriteEnd> {
    let output = '';
    const onOutput = (text: string): void => {
      output += text;
    };
    const io = { onOutput, signal };
    const size = archive?.length ?? 0;
    let end = await exec(['sh', '-c', WRITE, String(size), ...removed], io, archive);
    // The news that there is no shell can get lost while the archive is sent.
    if (end.kind === 'lost') {
      const shell = await exec(['sh', '-c', ':'], io);
      if (shell.kind === 'not-found') end = shell;
    }
    if (end.kind === 'not-found') {
      end = removed.length === 0 ? { kind: 'exited', code: 0 } : await exec(['rm', '-rf', '--', ...removed], io);
      const isOver = end.kind !== 'exited' || end.code !== 0 || archive === undefined;
      if (!isOver) end = await exec(['tar', '-C', '/', '-p', '-x', '-f', '-'], io, archive, true);
    }
    return writeEnd(end, output);
  }

  return {
    async write(removed, archives, io) {
      if (foundWay) return foundWay.write(removed, archives, io);
      const end = await writeByPrograms(removed, archives, io);
      if (end.ok || end.why !== NO_TAR) return end;
      foundWay = await otherWay(io.signal);
      return foundWay ? foundWay.write(removed, archives, io) : end;
    },

    async run(argv, io): Promise<RunEnd> {
      const end = await exec(argv, io);
      switch (end.kind) {
        case 'exited':
          return end;
        case 'not-found':
          return { kind: 'exited', code: 127 };
        default:
          return { kind: 'impossible', ...whyNot(end) };
      }
    },

    async restart() {
      return { ok: false, why: 'the cluster cannot restart a container', mayBeGone: false };
    },

    stillRuns,
  };
}

/** `tar` gives files to the user that runs it, unless that is root. */
const ROOT: Owner = { uid: 0, gid: 0 };

function writeEnd(end: ExecEnd, output: string): WriteEnd {
  if (end.kind !== 'exited') return { ok: false, ...whyNot(end) };
  if (end.code === 0) return { ok: true };
  if (end.code === 126 || end.code === 127) return { ok: false, why: NO_TAR, mayBeGone: false };
  const action = end.code === RM_FAILED ? 'files cannot be deleted' : 'files cannot be copied';
  return { ok: false, why: `${action}: ${explainWriteError(output, end.code)}`, mayBeGone: end.code === KILLED };
}

const NO_TAR =
  'the image has no "tar" that can be run. Images that are built FROM scratch, or without a shell, need one: ' +
  'see docs/live-update.md';

function whyNot(end: Exclude<ExecEnd, { kind: 'exited' }>): { readonly why: string; readonly mayBeGone: boolean } {
  switch (end.kind) {
    case 'not-found':
      return { why: NO_TAR, mayBeGone: false };
    case 'refused':
      if (end.status !== 403) return { why: end.message, mayBeGone: true };
      return { why: `running programs in pods (pods/exec) is forbidden: ${end.message}`, mayBeGone: false };
    case 'lost':
      return { why: `the connection to the cluster broke: ${end.message}`, mayBeGone: true };
  }
}

function inParts(paths: readonly string[]): string[][] {
  const parts: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    size += encodeURIComponent(path).length + 10;
    if (size > ARGUMENT_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(path);
  }
  return parts;
}

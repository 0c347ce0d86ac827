import type { LiveContainer } from '../engine/ports.ts';

/** A way into one container. Nothing here throws but for the signal's reason. */
export interface ContainerAccess {
  /** Deletes paths with all that is below them, then unpacks archives at the root. */
  write(removed: readonly string[], archives: ArchivesFor, io: AccessIo): Promise<WriteEnd>;
  run(argv: readonly string[], io: AccessIo): Promise<RunEnd>;
  /** Starts the container anew with the files that it has. */
  restart(io: AccessIo): Promise<WriteEnd>;
  /** Whether it is the very same container and still runs. Waits a moment for the news when it may just have ended. */
  stillRuns(signal: AbortSignal): Promise<boolean>;
}

/** The files of an update as archives, each time anew; they belong to whom it is asked for. */
export type ArchivesFor = (owner: Owner) => AsyncIterable<Buffer>;

export interface AccessIo {
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export type WriteEnd =
  | { readonly ok: true }
  /** `mayBeGone` when the end of the container would be a reason, too. */
  | { readonly ok: false; readonly why: string; readonly mayBeGone: boolean };

export type RunEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** It did not run, or nobody knows how it ended. */
  | { readonly kind: 'impossible'; readonly why: string; readonly mayBeGone: boolean };

/** A container that runs, and how to get into it. */
export interface ReachableContainer extends Omit<LiveContainer, 'tried'> {
  /** Such as `0123456789`, for people. */
  readonly shortId: string;
  readonly access: ContainerAccess;
}

/** What the words of `tar` and `rm` mean, in those that help. */
export function explainWriteError(output: string, code: number): string {
  const words = output.trim() === '' ? `exit code ${code}` : output.trim();
  const isDenied = /permission denied|cannot open|read-only|operation not permitted/i.test(output);
  return isDenied || code === 2 ? `${words}\n${DENIED}` : words;
}

const DENIED =
  'The file system of the container denied it. Look whether the files of the image are writable, whether the user that the ' +
  'container runs as may write them, and whether a securityContext of the pod makes them read-only.';

import { commandText } from '../../stdlib/model/command-text.ts';
import type { IgnoreRule } from '../../stdlib/model/ignore.ts';
import { isSourceOf, type LiveUpdateTarget, runsAfter } from '../../stdlib/model/live-update-target.ts';
import type { LiveFile, Output } from '../engine/ports.ts';
import { archives } from './archive.ts';
import type { ReachableContainer } from './container-access.ts';
import { type FileChanges, fileChanges } from './file-changes.ts';
import { initialFiles } from './initial-files.ts';
import { copyHeading, deleteHeading, initialHeading, runFailure } from './log-words.ts';

/** What became of a container. */
export type ContainerOutcome =
  | { readonly kind: 'updated' }
  /** It ended meanwhile; its successor starts without the files. `during`: the command that may have ended it, or empty. */
  | { readonly kind: 'gone'; readonly during: string }
  /** The files are there, but a command failed. */
  | { readonly kind: 'failed'; readonly message: string }
  /** Files cannot be brought into it. */
  | { readonly kind: 'impossible'; readonly why: string };

export interface TargetUpdate {
  readonly target: LiveUpdateTarget;
  readonly containers: readonly ReachableContainer[];
  readonly files: readonly LiveFile[];
  readonly globalIgnores: readonly IgnoreRule[];
  /** The newest update that a container has all files of; `undefined` for one that was never updated. */
  readonly has: (id: string) => number | undefined;
  readonly onOutcome: (container: ReachableContainer, outcome: ContainerOutcome) => void;
}

/** Containers that lack the same files. */
interface Group {
  readonly isInitial: boolean;
  readonly files: readonly string[];
  readonly containers: ReachableContainer[];
}

/** Brings the containers of one image up to date, those that lack the same at the same time. */
export async function updateTarget(work: TargetUpdate, output: Output, signal: AbortSignal): Promise<void> {
  for (const group of groups(work)) {
    const { target } = work;
    const { containers, isInitial } = group;
    // All files, and those that are gone since.
    const files = isInitial
      ? [...new Set([...(await initialFiles(target, work.globalIgnores)), ...group.files])]
      : group.files;
    const changes = await fileChanges(target.spec, files);
    const names = containers.map(({ name }) => name);
    if (isInitial) output.write(initialHeading(target.spec, names));
    else output.write(`${deleteHeading(changes.deleted, names)}${copyHeading(changes.written, names)}`);
    await Promise.all(
      containers.map(async (container) => {
        // Of several at a time, each says what it has to say at its end.
        const held = containers.length > 1 ? new HeldOutput(output) : output;
        const outcome = await updateContainer(target, container, files, changes, held, signal);
        if (held instanceof HeldOutput) held.flush();
        work.onOutcome(container, outcome);
      }),
    );
  }
}

function groups({ target, containers, files, has }: TargetUpdate): readonly Group[] {
  const found = new Map<string, Group>();
  const ours = files.filter(({ path }) => isSourceOf(target, path));
  for (const container of containers) {
    const before = has(container.id);
    const isInitial = target.spec.initialSync && before === undefined;
    const lacking = ours.filter(({ update }) => update > (before ?? 0)).map(({ path }) => path);
    if (lacking.length === 0 && !isInitial) continue;
    const key = JSON.stringify([isInitial, lacking]);
    const group = found.get(key) ?? { isInitial, files: lacking, containers: [] };
    group.containers.push(container);
    found.set(key, group);
  }
  return [...found.values()];
}

async function updateContainer(
  { spec }: LiveUpdateTarget,
  { name, shortId, access }: ReachableContainer,
  files: readonly string[],
  { written, deleted }: FileChanges,
  output: Output,
  signal: AbortSignal,
): Promise<ContainerOutcome> {
  const io = { onOutput: (text: string) => output.write(text), signal };
  const stopped = async (why: string, mayBeGone: boolean, during = ''): Promise<ContainerOutcome> => {
    if (!mayBeGone || (await access.stillRuns(signal))) return { kind: 'impossible', why };
    output.write(`  → Container ${name} ended while it was updated\n`);
    return { kind: 'gone', during };
  };
  if (written.length > 0 || deleted.length > 0) {
    const paths = deleted.map(({ containerPath }) => containerPath);
    const end = await access.write(paths, (owner) => archives(written, owner), io);
    if (!end.ok) return stopped(end.why, end.mayBeGone);
  }
  const runs = runsAfter(spec, files);
  for (const [index, { argv, echoOff }] of runs.entries()) {
    if (!echoOff) output.write(`[CMD ${index + 1}/${runs.length}] ${argv.join(' ')}\n`);
    const end = await access.run(argv, io);
    if (end.kind === 'impossible') return stopped(end.why, end.mayBeGone);
    if (end.code === 0) continue;
    const message = runFailure(shortId, commandText({ argv }), end.code);
    // Commands are killed when their container ends.
    if (end.code === KILLED) return stopped(message, true, message);
    output.write(`  → Failed to update container ${name}: ${message}\n`, 'error');
    return { kind: 'failed', message };
  }
  if (spec.restart) {
    const end = await access.restart(io);
    if (!end.ok) return stopped(end.why, end.mayBeGone);
  }
  output.write(`  → Container ${name} updated!\n`);
  return { kind: 'updated' };
}

const KILLED = 137;

/** Keeps what is written until it is asked for. */
class HeldOutput implements Output {
  readonly #output: Output;
  readonly #held: (() => void)[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  write(...line: Parameters<Output['write']>): void {
    this.#held.push(() => this.#output.write(...line));
  }

  flush(): void {
    for (const write of this.#held.splice(0)) write();
  }
}

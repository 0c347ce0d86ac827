import { liveProcesses, ProcessIndex, processesByVariable } from './process-table.ts';

/** How long a look at all processes is shared by groups that end together: at least this, and so that looking leaves time to work. */
const SHARED_LOOK_MS = 5;
const SHARED_LOOK_FACTOR = 2;
const POLL_MS = 15;
/** After SIGKILL nothing should take longer; a process that hangs in the kernel must not hang us. */
const KILL_DEADLINE_MS = 2000;

/** Groups in which something may be alive. */
const live = new Set<ProcessGroup>();
let hooked = false;

/** The variable by which processes of a group are known that left its tree. */
export const MARK = 'TILT_TS_SERVER';

/** What is known of a group in which something may be alive. */
export interface LiveGroup {
  readonly leader: number;
  /** What was started. */
  readonly command: string;
  /** The value of their `MARK`, if its processes have one. */
  readonly mark: string | undefined;
}

let onChange: () => void = () => undefined;

/** The groups in which something may be alive. */
export function liveGroups(): readonly LiveGroup[] {
  return [...live];
}

/** From now on called whenever a group begins or is gone. */
export function watchGroups(listener: () => void): void {
  onChange = listener;
}

/** The tree of processes below one that leads a process group, also those that made a group of their own. */
export class ProcessGroup implements LiveGroup {
  readonly leader: number;
  readonly command: string;
  readonly mark: string | undefined;
  /** Processes of the tree that were seen outside the group: they are found again when their parent is gone. */
  #strays = new Set<number>();

  /** With a mark, those of its processes are found that left the tree, too. */
  constructor(leader: number, command = '', mark?: string) {
    this.leader = leader;
    this.command = command;
    this.mark = mark;
    live.add(this);
    killAllAtExit();
    onChange();
  }

  /** Forgets the group if nothing of it is alive. To be asked when its leader has ended. */
  forgetIfGone(): void {
    if (!signalGroup(this.leader, 0)) this.#forget();
  }

  /** Asks all to end with SIGTERM, and ends what is left after `graceMs` with SIGKILL. Resolves when nothing is left. */
  async end(graceMs: number): Promise<void> {
    await this.#findMarked();
    this.#signal('SIGTERM');
    if (!(await this.#goneWithin(graceMs))) {
      this.#signal('SIGKILL');
      await this.#goneWithin(KILL_DEADLINE_MS);
    }
    // What was about to leave the tree when it was looked at.
    if (await this.#findMarked()) {
      this.#signal('SIGKILL');
      await this.#goneWithin(KILL_DEADLINE_MS);
    }
    this.#forget();
  }

  killNow(): void {
    this.#signal('SIGKILL');
  }

  /** Finds its processes that left the tree; answers whether there are processes of it. */
  async #findMarked(): Promise<boolean> {
    if (this.mark === undefined) return false;
    const marked = (await lookAtMarks()).get(this.mark) ?? [];
    if (marked.length > 0) lastLook = undefined;
    for (const pid of marked) this.#strays.add(pid);
    return marked.length > 0;
  }

  #forget(): void {
    if (live.delete(this)) onChange();
  }

  #signal(signal: NodeJS.Signals): void {
    const tree = this.#tree();
    signalGroup(this.leader, signal);
    for (const stray of tree?.strays ?? []) signalProcess(stray, signal);
  }

  async #goneWithin(ms: number): Promise<boolean> {
    const deadline = Date.now() + ms;
    let pause = 1;
    while (!this.#isGone()) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
      pause = Math.min(pause * 2, POLL_MS);
    }
    return true;
  }

  #isGone(): boolean {
    // Cheap, and the usual case when there are no strays: the group is empty.
    if (this.#strays.size === 0 && !signalGroup(this.leader, 0)) return true;
    const tree = this.#tree();
    // Without /proc only the group can be asked; its zombies count as alive there.
    return tree === undefined ? !signalGroup(this.leader, 0) : tree.size === 0;
  }

  #tree(): { readonly size: number; readonly strays: ReadonlySet<number> } | undefined {
    const processes = lookAtProcesses();
    if (processes === undefined) return undefined;
    const tree = processes.treeOf(this.leader, this.#strays);
    const members = new Set(processes.membersOf(this.leader));
    this.#strays = new Set([...tree].filter((pid) => !members.has(pid)));
    return { size: tree.size, strays: this.#strays };
  }
}

/** Ends all groups, also what commands that are over left behind in theirs. */
export async function endAllGroups(graceMs: number): Promise<void> {
  await Promise.all([...live].map((group) => group.end(graceMs)));
}

let lastLook: { readonly until: number; readonly processes: ProcessIndex | undefined } | undefined;

/** With hundreds of processes a look takes as long as many groups' polls. */
function lookAtProcesses(): ProcessIndex | undefined {
  const before = performance.now();
  if (lastLook === undefined || before > lastLook.until) {
    const entries = liveProcesses();
    const processes = entries === undefined ? undefined : new ProcessIndex(entries);
    const after = performance.now();
    lastLook = { until: after + Math.max(SHARED_LOOK_MS, (after - before) * SHARED_LOOK_FACTOR), processes };
  }
  return lastLook.processes;
}

let nextMarks: Promise<ReadonlyMap<string, readonly number[]>> | undefined;

/** A look that begins after it was asked for; those who ask for one at about the same time share it. */
function lookAtMarks(): Promise<ReadonlyMap<string, readonly number[]>> {
  nextMarks ??= new Promise((resolve) => {
    setTimeout(() => {
      nextMarks = undefined;
      resolve(processesByVariable(MARK));
    }, SHARED_LOOK_MS);
  });
  return nextMarks;
}

/** Answers whether there was somebody to signal. */
function signalGroup(id: number, signal: NodeJS.Signals | 0): boolean {
  // Windows has no process groups.
  return signalProcess(process.platform === 'win32' ? id : -id, signal);
}

function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else now (sudo).
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A last resort for crashes of this program; whoever ends it on purpose ends the groups before. */
function killAllAtExit(): void {
  if (hooked) return;
  hooked = true;
  process.on('exit', () => {
    for (const group of live) group.killNow();
  });
}

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeEnd } from './command-measure.ts';
import { failed, type Measure, type Outcome, startOf, type Workplace } from './measure.ts';
import { commandLine, type Program } from './program.ts';
import { manyAndStamped, manyStamped, type Project, stamped, tiltfileText, writeProject } from './project.ts';
import { type End, Run } from './run.ts';

const SESSION_LIMIT_MS = 90_000;
const WAIT_MS = 20_000;
/** Time for the program to come to rest after its first build, when its file watcher surely looks. */
const REST_MS = 1500;
const CHANGES = 5;
const POLL_MS = 10;

/** From start to the first byte that `up` writes. */
export const upFirstOutput: Measure = {
  name: 'up-first-output',
  title: '`up`, start to first output',
  take(program, place) {
    const stamps = path.join(place.folder, 'project', 'stamps');
    return session(program, place, stamped(), async (run) => {
      const first = await within(run.firstOutput, 'nothing was written');
      // What a program writes while it breaks is no beginning.
      await stampAfter(stamps, 0, 'the command never ran');
      return [first];
    });
  },
};

/** From start until the first command runs. */
export const upFirstCommand: Measure = {
  name: 'up-first-command',
  title: '`up`, start to the first command',
  take(program, place) {
    const stamps = path.join(place.folder, 'project', 'stamps');
    return session(program, place, stamped(), async (run) => [
      (await stampAfter(stamps, 0, 'the command never ran')) - run.startedAt,
    ]);
  },
};

const IDLE_RESOURCES = 30;
const IDLE_MS = 5000;
/** V8 tidies its memory up once, some eight seconds after the last work: 80 ms that would stand for all the idle time to come. */
const IDLE_REST_MS = 12_000;

/** What the program computes while nothing happens. */
export const upIdle: Measure = {
  name: 'up-30-idle',
  title: `\`up\` with ${IDLE_RESOURCES} resources, time computed in ${IDLE_MS / 1000} s without any change`,
  take(program, place) {
    const stamps = path.join(place.folder, 'project', 'stamps');
    return session(program, place, manyStamped(IDLE_RESOURCES), async (run) => {
      const deadline = performance.now() + WAIT_MS;
      while (readStamps(stamps).length < IDLE_RESOURCES) {
        if (performance.now() > deadline) throw new Missed(`not all commands ran within ${WAIT_MS / 1000} s`);
        await sleep(POLL_MS);
      }
      await sleep(IDLE_REST_MS);
      const before = run.cpuTime();
      await sleep(IDLE_MS);
      const after = run.cpuTime();
      return before === undefined || after === undefined ? [] : [after - before];
    });
  },
};

/** From the write to a file until the command of the resource that depends on it runs. */
export const changeToStart: Measure = {
  name: 'change-to-start',
  title: '`up`, write to a file → the command that depends on it runs',
  take(program, place) {
    const project = path.join(place.folder, 'project');
    const stamps = path.join(project, 'stamps');
    return session(program, place, stamped(), async () => {
      await stampAfter(stamps, 0, 'the command never ran');
      await sleep(REST_MS);
      const latencies: number[] = [];
      for (let change = 0; change < CHANGES; change += 1) {
        // Programs that look at intervals must not be met at the same point each time.
        await sleep(300 + Math.random() * 200);
        const before = nextMillisecond();
        appendFileSync(path.join(project, 'watched.txt'), `${change}\n`);
        latencies.push((await stampAfter(stamps, before, 'a change started no command')) - before);
      }
      return latencies;
    });
  },
};

const RELOADED = 1000;

/** From a change of one line in a Tiltfile of a thousand resources until the command of the resource in that line runs. */
export const reload: Measure = {
  name: 'reload-1000-local',
  title: `\`up\`, a changed line in a Tiltfile of ${RELOADED} resources → its command runs`,
  take(program, place) {
    const project = path.join(place.folder, 'project');
    const stamps = path.join(project, 'stamps');
    return session(program, place, manyAndStamped(RELOADED, 0), async () => {
      await stampAfter(stamps, 0, 'the command never ran');
      await sleep(REST_MS);
      const latencies: number[] = [];
      for (let round = 1; round <= CHANGES; round += 1) {
        await sleep(300 + Math.random() * 200);
        const { name, text } = tiltfileText(manyAndStamped(RELOADED, round), program.language);
        const before = nextMillisecond();
        writeFileSync(path.join(project, name), text);
        latencies.push((await stampAfter(stamps, before, 'a change of the Tiltfile started no command')) - before);
      }
      return latencies;
    });
  },
};

/** Runs `up` on the project, takes values while it runs, and ends it. `take` throws `Missed` when what it waits for does not come. */
async function session(
  program: Program,
  place: Workplace,
  project: Project,
  take: (run: Run) => Promise<readonly number[]>,
): Promise<Outcome> {
  const tiltfile = writeProject(project, program.language, path.join(place.folder, 'project'));
  writeFileSync(path.join(path.dirname(tiltfile), 'watched.txt'), '');
  const run = new Run(startOf(program, place, commandLine(program, ['up', '-f', tiltfile])), SESSION_LIMIT_MS);
  let taken: readonly number[] | Missed | End;
  try {
    taken = await Promise.race([take(run), run.end]);
  } catch (error) {
    if (!(error instanceof Missed)) throw error;
    taken = error;
  }
  if (!(taken instanceof Missed) && 'kind' in taken) return failed(describeEnd(taken), run.output);
  run.interrupt();
  const end = await Promise.race([run.end, sleep(WAIT_MS, undefined, { ref: false })]);
  if (taken instanceof Missed || end === undefined) run.kill();
  if (taken instanceof Missed) return failed(taken.message, run.output);
  if (end === undefined) return failed('did not end after SIGINT', run.output);
  if (end.kind !== 'exited') return failed(describeEnd(end), run.output);
  return { kind: 'measured', sample: { milliseconds: taken, peakBytes: end.peakBytes } };
}

class Missed extends Error {}

async function within<T>(value: Promise<T>, otherwise: string): Promise<T> {
  const got = await Promise.race([value, sleep(WAIT_MS, undefined, { ref: false })]);
  if (got === undefined) throw new Missed(`${otherwise} within ${WAIT_MS / 1000} s`);
  return got;
}

/** The first time in the file that is not before `after`, in milliseconds since 1970. */
async function stampAfter(file: string, after: number, otherwise: string): Promise<number> {
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    const stamp = readStamps(file).find((time) => time >= after);
    if (stamp !== undefined) return stamp;
    await sleep(POLL_MS);
  }
  throw new Missed(`${otherwise} within ${WAIT_MS / 1000} s`);
}

function readStamps(file: string): number[] {
  try {
    // A line without its end is still being written.
    return readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((nanoseconds) => Number(nanoseconds) / 1e6);
  } catch {
    return [];
  }
}

/** Waits for the clock to tick, so that a whole number of milliseconds is exact. */
function nextMillisecond(): number {
  const now = Date.now();
  for (;;) {
    const next = Date.now();
    if (next !== now) return next;
  }
}

import { createInterface } from 'node:readline/promises';
import { DEFAULT_GRACE_MS } from '../clients/process/process.ts';
import { ProcessGroup } from '../clients/process/process-group.ts';
import { type LeftGroup, leftBehind, recordSession } from '../disk/session-record.ts';
import { stateFolder } from '../disk/state-folder.ts';

/** Longer commands are cut. */
const WIDEST_COMMAND = 60;

export interface LeftFlags {
  /** End what a killed session of this folder left, without asking. */
  readonly reap?: boolean | undefined;
}

/**
 * Looks for processes that an earlier session of this folder left because it was killed, and ends them if the person wants that: with
 * `--reap`, or by the answer to a question in a terminal. Then this session's own processes are written down.
 */
export async function settleLeftBehind(
  mode: 'ci' | 'up',
  { reap }: LeftFlags,
  say: (text: string) => void,
): Promise<void> {
  const folder = process.cwd();
  const state = stateFolder();
  const left = leftBehind(state, folder);
  if (left.length > 0) {
    say(`A session of this folder was killed and left what it ran:\n${left.map(lineOf).join('\n')}\n`);
    if (reap || (mode === 'up' && (await agrees()))) {
      await Promise.all(
        left.map(({ leader, command, mark }) => new ProcessGroup(leader, command, mark).end(DEFAULT_GRACE_MS)),
      );
      leftBehind(state, folder); // The records go with what they speak of.
      say('It is ended.\n');
    } else
      say(
        `It may hold ports and files. End it with --reap, or with: kill ${left.flatMap(({ pids }) => pids).join(' ')}\n`,
      );
  }
  recordSession(state, folder);
}

function lineOf({ pids, command }: LeftGroup): string {
  const line = command.replace(/\s+/g, ' ');
  return `  ${line.length > WIDEST_COMMAND ? `${line.slice(0, WIDEST_COMMAND)}…` : line} (process ${pids.join(', ')})`;
}

async function agrees(): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return false;
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  try {
    const answer = await lines.question('End it? [Y/n] ');
    return /^(y(es)?)?$/i.test(answer.trim());
  } catch {
    return false; // Ctrl-C or Ctrl-D.
  } finally {
    lines.close();
  }
}

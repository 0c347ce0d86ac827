import { beginningOf } from '../../clients/process/process-table.ts';
import type { BackgroundSession } from '../../disk/background-sessions.ts';

/** How long a session may take to end: with --teardown it deletes what it deployed. */
const DEADLINE_MS = 120_000;
const POLL_MS = 50;

/** Asks a background session to end, and waits until it has. Answers whether it is gone. */
export async function endSession({ pid, identity }: BackgroundSession, deadlineMs = DEADLINE_MS): Promise<boolean> {
  const isGone = () => beginningOf(pid) !== identity;
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return isGone();
  }
  for (const deadline = Date.now() + deadlineMs; Date.now() < deadline; ) {
    if (isGone()) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return isGone();
}

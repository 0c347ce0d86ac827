import path from 'node:path';
import type { BackgroundSession } from '../../disk/background-sessions.ts';
import { findTiltfile } from '../../load/tiltfile-path.ts';
import { ExitCode } from '../exit-code.ts';
import { endSession } from './end-session.ts';
import { backgroundSessions } from './sessions.ts';

export interface StopOptions {
  /** Numbers of processes or ports, Tiltfiles or their folders. */
  readonly which: readonly string[];
  readonly file?: string | undefined;
  readonly all?: boolean | undefined;
}

/** Ends sessions that `ci --detach` left in the background. Answers the exit code. */
export async function stop(options: StopOptions): Promise<number> {
  const sessions = backgroundSessions();
  const running = sessions?.list() ?? [];
  const chosen = choose(running, options);
  if (chosen === 'unclear') {
    const lines = running.map(
      (one) =>
        `  process ${one.pid}, port ${one.port}: ${one.tiltfile}, since ${new Date(one.startedAt).toISOString()}`,
    );
    process.stderr.write(
      `Error: Several sessions run in the background. Say which one by its process, its port or its Tiltfile, or --all:\n${lines.join('\n')}\n`,
    );
    return ExitCode.usage;
  }
  if (chosen.length === 0) {
    process.stdout.write('Nothing to stop: no such session runs in the background.\n');
    return ExitCode.ok;
  }
  const ended = await Promise.all(chosen.map((one) => endSession(one)));
  for (const [index, { id, pid, tiltfile }] of chosen.entries()) {
    if (ended[index]) {
      sessions?.remove(id);
      process.stdout.write(`Stopped the session of ${tiltfile} (process ${pid}).\n`);
    } else process.stderr.write(`Error: The session of ${tiltfile} (process ${pid}) does not end.\n`);
  }
  return ended.every(Boolean) ? ExitCode.ok : ExitCode.resourceFailed;
}

/** What is named; else what belongs to the Tiltfile at hand; else the only one that there is. */
function choose(
  running: readonly BackgroundSession[],
  { which, file, all }: StopOptions,
): readonly BackgroundSession[] | 'unclear' {
  if (all) return running;
  if (which.length > 0) {
    return running.filter(({ pid, port, tiltfile }) =>
      which.some(
        (one) =>
          one === String(pid) || one === String(port) || [tiltfile, path.dirname(tiltfile)].includes(path.resolve(one)),
      ),
    );
  }
  const found = findTiltfile(file, process.cwd());
  const own = found.ok ? running.filter(({ tiltfile }) => tiltfile === found.file) : [];
  if (own.length > 0 || file !== undefined || running.length === 0) return own;
  return found.ok ? [] : running.length === 1 ? running : 'unclear';
}

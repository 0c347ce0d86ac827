import { randomUUID } from 'node:crypto';
import { startInBackground } from '../../clients/process/background-process.ts';
import type { BackgroundSessions } from '../../disk/background-sessions.ts';
import { FileTail } from '../../disk/file-tail.ts';
import { findTiltfile } from '../../load/tiltfile-path.ts';
import type { CommandLine } from '../arguments.ts';
import { ExitCode } from '../exit-code.ts';
import { onInterrupt } from '../interrupt.ts';
import { ownArgv } from '../own-command.ts';
import { endSession } from './end-session.ts';
import { backgroundSessions } from './sessions.ts';

const POLL_MS = 40;

/**
 * Runs the command line again in the background, shows what it prints, and ends when everything is healthy there, or with its exit
 * code when it ends before.
 */
export async function detach(line: CommandLine, file: string | undefined): Promise<number> {
  const sessions = backgroundSessions();
  if (sessions === undefined) {
    process.stderr.write('Error: Cannot leave anything in the background: there is no folder to keep its log in.\n');
    return ExitCode.resourceFailed;
  }
  const found = findTiltfile(file, process.cwd());
  if (found.ok && !(await endOthers(sessions, found.file))) return ExitCode.resourceFailed;

  const id = randomUUID();
  const { log, errors } = sessions.files(id);
  const words = line.own.map((word) => (word === '--detach' ? `--background=${id}` : word));
  const child = startInBackground({
    argv: [...ownArgv(), ...words, ...(line.tiltfileArgs.length > 0 ? ['--', ...line.tiltfileArgs] : [])],
    dir: process.cwd(),
    // Jenkins ends at the end of a step what carries its cookie.
    env: { ...process.env, JENKINS_NODE_COOKIE: 'dontKillMe' },
    stdout: log,
    stderr: errors,
  });
  const forget = onInterrupt((signal) => child.signal(signal));
  let code: number | undefined;
  void child.exited.then((ended) => {
    code = ended;
  });
  const tails = [
    { tail: new FileTail(log), to: process.stdout },
    { tail: new FileTail(errors), to: process.stderr },
  ];
  for (;;) {
    // Asked before the output is read: all that was printed up to then is shown.
    const ended = code;
    const session = sessions.read(id);
    for (const { tail, to } of tails) await copy(tail, to);
    if (ended !== undefined) {
      sessions.remove(id);
      forget();
      return ended;
    }
    if (session?.isReady) {
      process.stdout.write(
        `\nIt keeps running in the background (process ${child.pid}). Its log goes on in ${log}\n"tilt-ts stop" ends it.\n`,
      );
      child.leave();
      forget();
      return ExitCode.ok;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function endOthers(sessions: BackgroundSessions, tiltfile: string): Promise<boolean> {
  for (const session of sessions.list()) {
    if (session.tiltfile !== tiltfile) continue;
    process.stdout.write(
      `A session of ${tiltfile} runs in the background already (process ${session.pid}): it is ended first.\n`,
    );
    if (!(await endSession(session))) {
      process.stderr.write(`Error: The session in the background (process ${session.pid}) does not end.\n`);
      return false;
    }
    sessions.remove(session.id);
  }
  return true;
}

async function copy(tail: FileTail, to: NodeJS.WritableStream): Promise<void> {
  for (let bytes = tail.next(); bytes !== undefined; bytes = tail.next()) {
    const piece = bytes;
    await new Promise<void>((resolve) => to.write(piece, () => resolve()));
  }
}

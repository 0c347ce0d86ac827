import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beginningOf } from '../clients/process/process-table.ts';

/** A session that was left running in the background. */
export interface BackgroundSession {
  readonly id: string;
  readonly pid: number;
  /** What tells the process from a later one of its number. */
  readonly identity: string;
  /** Absolute path. */
  readonly tiltfile: string;
  /** On which it listens. */
  readonly port: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absolute path of the file to which its output goes. */
  readonly log: string;
  /** Everything is healthy, and whoever started it is gone. */
  readonly isReady: boolean;
}

/** The sessions of this user that run in the background, each in a file. What is left of those that are gone is removed. */
export class BackgroundSessions {
  readonly #folder: string;

  /** `stateFolder`: where this user's programs keep what outlives them. */
  constructor(stateFolder: string) {
    this.#folder = path.join(stateFolder, 'background');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Where the output of a session goes. */
  files(id: string): { readonly log: string; readonly errors: string } {
    return { log: path.join(this.#folder, `${id}.log`), errors: path.join(this.#folder, `${id}.err`) };
  }

  write(session: BackgroundSession): void {
    const file = this.#record(session.id);
    writeFileSync(`${file}.new`, JSON.stringify(session), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  /** The session, if it is known and alive. */
  read(id: string): BackgroundSession | undefined {
    let session: BackgroundSession;
    try {
      session = JSON.parse(readFileSync(this.#record(id), 'utf8')) as BackgroundSession;
    } catch {
      return undefined;
    }
    return beginningOf(session.pid) === session.identity ? session : undefined;
  }

  /** Those that are alive, the oldest first. */
  list(): readonly BackgroundSession[] {
    const alive: BackgroundSession[] = [];
    for (const name of readdirSync(this.#folder)) {
      if (!name.endsWith('.json')) continue;
      const id = name.slice(0, -'.json'.length);
      const session = this.read(id);
      if (session !== undefined) alive.push(session);
      else this.remove(id);
    }
    return alive.sort((one, other) => one.startedAt - other.startedAt);
  }

  remove(id: string): void {
    const { log, errors } = this.files(id);
    for (const file of [this.#record(id), log, errors]) rmSync(file, { force: true });
  }

  #record(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }
}

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beginningOf } from '../clients/process/process-table.ts';
import type { ClusterName } from './cluster-tool.ts';

/** What is kept of a cluster that this program makes, from before it is begun until it is deleted. */
export interface ClusterRecord extends ClusterName {
  /** The program that makes it, and what tells that one from a later one of its number. */
  readonly pid: number;
  readonly identity: string;
  /** It stays when that program has ended. */
  readonly isKept: boolean;
  /** It is complete. */
  readonly isMade: boolean;
  readonly kubeconfig: string;
  readonly madeAt: string;
}

/** The records of this user's clusters, each in a file of a folder that nobody else can read: kubeconfigs lie beside them. */
export class ClusterRecords {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the way to a cluster is written: to one that stays under its name, else for this run only. */
  kubeconfigOf({ provider, name }: ClusterName, isKept: boolean): string {
    const file = isKept ? `${provider}-${name}` : `run-${process.pid}-${provider}-${name}`;
    return path.join(this.#folder, `${file}.kubeconfig`);
  }

  /** Writes a record if there is none of this name; answers whether it did. Of two programs only one succeeds. */
  claim(record: ClusterRecord): boolean {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(this.#file(record), text(record), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  replace(record: ClusterRecord): void {
    const file = this.#file(record);
    writeFileSync(`${file}.new`, text(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  find({ provider, name }: ClusterName): ClusterRecord | undefined {
    return this.list().find((record) => record.provider === provider && record.name === name);
  }

  /** What this program made and did not delete yet, the oldest first. */
  list(): readonly ClusterRecord[] {
    const records = this.#files('.json').flatMap((file): ClusterRecord[] => {
      try {
        return [JSON.parse(readFileSync(path.join(this.#folder, file), 'utf8')) as ClusterRecord];
      } catch {
        return [];
      }
    });
    return records.sort((one, other) => one.madeAt.localeCompare(other.madeAt));
  }

  /** Forgets a cluster that is gone, with the way to it. */
  remove(cluster: ClusterName): void {
    const record = this.find(cluster);
    if (record !== undefined) rmSync(record.kubeconfig, { force: true });
    rmSync(this.#file(cluster), { force: true });
    rmSync(this.kubeconfigOf(cluster, true), { force: true });
  }

  /** Removes the ways to clusters that runs left which were killed: they hold keys. */
  sweep(): void {
    const known = new Set(this.list().map(({ kubeconfig }) => path.basename(kubeconfig)));
    for (const file of this.#files('.kubeconfig')) {
      const [, pid] = /^run-(\d+)-/.exec(file) ?? [];
      if (pid === undefined || known.has(file) || beginningOf(Number(pid)) !== undefined) continue;
      rmSync(path.join(this.#folder, file), { force: true });
    }
  }

  #files(ending: string): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((file) => file.endsWith(ending));
    } catch {
      return [];
    }
  }

  #file({ provider, name }: ClusterName): string {
    return path.join(this.#folder, `${provider}-${name}.json`);
  }
}

/** Whether the program that made a cluster still runs. */
export function isAttended({ pid, identity }: ClusterRecord): boolean {
  return beginningOf(pid) === identity;
}

/** Whether nobody takes care of a cluster any more: its program was killed. */
export function isForgotten(record: ClusterRecord): boolean {
  return !(record.isKept && record.isMade) && !isAttended(record);
}

function text(record: ClusterRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

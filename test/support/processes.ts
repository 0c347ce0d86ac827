import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { pollUntil } from './poll.ts';

/** Ids of the processes whose environment has `marker` (Linux). */
export function processesWith(marker: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker) && !isZombie(pid);
      } catch {
        return false; // It ended meanwhile.
      }
    });
}

/** Fails unless every process that was started with the marker is gone soon. */
export async function assertNothingLeft(marker: string): Promise<void> {
  await pollUntil(() => processesWith(marker).length === 0, 3_000).catch(() => undefined);
  const left = processesWith(marker).map(
    (pid) => `${pid}: ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`,
  );
  assert.deepEqual(left, []);
}

function isZombie(pid: number): boolean {
  return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

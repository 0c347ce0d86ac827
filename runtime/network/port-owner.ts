import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../clients/process/run-to-end.ts';

const LISTEN = '0A';
const LSOF_MS = 3_000;

/** Who listens on a TCP port of this machine, such as `process 4711 (node)`; empty when that cannot be found out. */
export async function portOwner(port: number): Promise<string> {
  if (process.platform !== 'linux') return ownerByLsof(port);
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const inode of listenersOf(text, port)) inodes.add(`socket:[${inode}]`);
  }
  if (inodes.size === 0) return '';
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holds(pid, inodes))) continue;
    // Not `comm`: that is the name of a thread, and Node calls its first one "MainThread".
    const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const name = path.basename(program);
    return name === '' ? `process ${pid}` : `process ${pid} (${name})`;
  }
  return '';
}

async function ownerByLsof(port: number): Promise<string> {
  const argv = ['lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const run = await runToEnd({ argv, dir: process.cwd(), env: process.env }, () => {}, AbortSignal.timeout(LSOF_MS));
  return run.ok ? ownerInLsof(Buffer.from(run.value.stdout).toString('utf8')) : '';
}

/** The first process in what `lsof -Fpc` prints: a line that begins with `p` for its id, one with `c` for its name. */
export function ownerInLsof(text: string): string {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const name = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined ? '' : `process ${pid}${name === undefined ? '' : ` (${name})`}`;
}

/** The inodes of sockets that listen on a port, in the text of `/proc/net/tcp`. */
export function listenersOf(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
    .flatMap((fields) => fields[9] ?? []);
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Other users' processes cannot be looked into.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const file of files) {
    const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

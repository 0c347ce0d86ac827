import { readdirSync, readFileSync } from 'node:fs';

/** The highest resident memory of the process itself so far, in bytes; nothing when it is gone or the system has no /proc. */
export function peakMemory(pid: number): number | undefined {
  return statusBytes(pid, /^VmHWM:\s+(\d+) kB$/m);
}

/** The resident memory of the process itself now, in bytes; nothing when it is gone or the system has no /proc. */
export function memory(pid: number): number | undefined {
  return statusBytes(pid, /^VmRSS:\s+(\d+) kB$/m);
}

function statusBytes(pid: number, line: RegExp): number | undefined {
  try {
    const [, kibibytes] = line.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}

/** What `/proc` counts time in. */
const TICKS_PER_SECOND = 100;

/** The time that a process has computed so far, in milliseconds, in steps of ten; nothing when it is gone or the system has no /proc. */
export function cpuTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** Every process below `pid`, found by who is whose parent now. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of entries()) {
    try {
      // PID (NAME) STATE PARENT …, where NAME may hold anything.
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (parent: number): number[] => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** Ends a process and everything below it, at once. */
export function endTree(pid: number): void {
  for (const each of [pid, ...descendants(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

function entries(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

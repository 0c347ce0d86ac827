/** A span of time as Tilt prints it: `5m0s`, `1h2m0s`, `1.5s`, `20ms`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`;
  const seconds = Math.round(ms) / 1000;
  if (seconds < 60) return `${trimmed(seconds)}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${minutes}m${trimmed(seconds % 60)}s`;
  return hours > 0 ? `${hours}h${rest}` : rest;
}

const MS = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 0.001, µs: 0.001, ns: 0.000001 } as const;

/** A span of time as objects of the API write it, such as `1m30s`, in milliseconds; `undefined` for other texts. */
export function readDuration(text: string): number | undefined {
  if (!/^([\d.]+(h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  let ms = 0;
  for (const [, number = '', unit = 's'] of text.matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)) {
    ms += Number(number) * MS[unit as keyof typeof MS];
  }
  return Number.isNaN(ms) ? undefined : ms;
}

function trimmed(seconds: number): string {
  return String(Math.round(seconds * 1000) / 1000);
}

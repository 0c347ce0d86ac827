/** Like `250ms`, `1.412s`, `2m5.5s`. */
export function formatDuration(ms: number): string {
  const whole = Math.trunc(ms);
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1000}s`;
  return minutes === 0 ? seconds : `${minutes}m${seconds}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Like `512B`, `1.98MB`. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(2)}${UNITS[unit]}`;
}

/** Every line of a text with something in front. */
export function indentLines(text: string, indent: string): string {
  return text
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => indent + line)
    .join('\n');
}

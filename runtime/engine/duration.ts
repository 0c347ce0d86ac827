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

function trimmed(seconds: number): string {
  return String(Math.round(seconds * 1000) / 1000);
}

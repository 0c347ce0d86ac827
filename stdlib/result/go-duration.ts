/** Milliseconds as Go prints durations: `1h0m30s`, `1.5s`, `250ms`. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  const rest = Math.abs(ms);
  if (rest < 1000) return `${sign}${smallDuration(rest)}`;
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Number(((rest % 60_000) / 1000).toFixed(9));
  const withMinutes = hours > 0 || minutes > 0 ? `${minutes}m` : '';
  return `${sign}${hours > 0 ? `${hours}h` : ''}${withMinutes}${seconds}s`;
}

function smallDuration(ms: number): string {
  if (ms >= 1) return `${Number(ms.toFixed(6))}ms`;
  if (ms >= 0.001) return `${Number((ms * 1000).toFixed(3))}µs`;
  return `${Math.round(ms * 1_000_000)}ns`;
}

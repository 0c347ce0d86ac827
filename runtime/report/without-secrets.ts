/** Names stay: what is called like a secret is still to be found. The rest of these are words of the program's own, or paths. */
const KEPT: ReadonlySet<string> = new Set([
  'name',
  'resource',
  'dependsOn',
  'labels',
  'type',
  'kind',
  'file',
  'result',
]);

/** Plain data in which no text shows a value that is hidden. */
export function withoutSecrets<T>(data: T, scrub: (text: string) => string): T {
  return cleaned(data, scrub) as T;
}

function cleaned(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, KEPT.has(key) ? one : cleaned(one, scrub)]),
  );
}

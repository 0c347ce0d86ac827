/** What the URL classes in the sandbox ask (url-source.ts). */
interface Question {
  /** A URL to read, against a base, or to change. */
  readonly url?: string;
  readonly base?: string;
  readonly name?: keyof URL;
  readonly value?: string;
  /** A query to take apart. */
  readonly query?: string;
  /** One to put together. */
  readonly pairs?: string[][];
}

const PARTS = [
  ...['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'],
] as readonly (keyof URL)[];

/**
 * Answers as JSON: the parts of a URL or `null` when it is none, the pairs of a query, or its text. A script can make the sandbox ask
 * anything (by a `toJSON` on `Object.prototype`): what is no question is answered with `null`.
 */
export function answerUrl(text: string): string {
  try {
    return JSON.stringify(answer(JSON.parse(text) as Question));
  } catch {
    return 'null';
  }
}

function answer({ url, base, name, value, query, pairs }: Question): unknown {
  if (query !== undefined) return [...new URLSearchParams(query)];
  if (pairs !== undefined) return new URLSearchParams(pairs as [string, string][]).toString();
  const found = new URL(url ?? '', base);
  if (name !== undefined && PARTS.includes(name)) (found as unknown as Record<string, unknown>)[name] = value;
  return Object.fromEntries(PARTS.map((part) => [part, found[part]]));
}

import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';

// Who may talk to the session. Pure but for the comparison of the token.

export interface AccessRules {
  readonly token: string;
  /** Names that lead to this machine, beside `localhost`; lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Somebody else checks who comes. */
  readonly isOpen: boolean;
}

/** The headers that say where a request comes from. */
export interface Caller {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

export const TOKEN_COOKIE = 'Tilt-Token';

/**
 * Whether the host that a request names is this machine. A web page can let its own name lead to 127.0.0.1, but it cannot make the browser
 * name an address instead.
 */
export function isKnownHost(rules: AccessRules, host: string | undefined): boolean {
  if (rules.isOpen) return true;
  if (host === undefined) return false;
  const name = hostName(host);
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || rules.hosts.has(name);
}

/** Browsers say where a request comes from when that is another place; commands do not. */
export function isSameOrigin({ host, origin }: Caller): boolean {
  if (origin === undefined || origin === '') return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** `[::1]:10350` is `::1`. */
export function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host)?.[1];
  return (bracketed ?? host.replace(/:\d+$/, '')).toLowerCase().replace(/\.$/, '');
}

/** The token that a request brings along, and the path without it. */
export function tokenOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  path: string,
): { readonly token: string | undefined; readonly path: string } {
  const inPath = /^\/token\/([^/]+)(\/.*|$)/.exec(path);
  if (inPath !== null) return { token: inPath[1], path: inPath[2] === '' ? '/' : (inPath[2] ?? '/') };
  const header = text(headers['x-tilt-token']) ?? /^Bearer (.+)$/.exec(text(headers.authorization) ?? '')?.[1];
  return { token: header ?? cookieOf(text(headers.cookie)), path };
}

function cookieOf(cookies: string | undefined): string | undefined {
  for (const cookie of cookies?.split(';') ?? []) {
    const [name, value] = cookie.trim().split('=');
    if (name === TOKEN_COOKIE) return value;
  }
  return undefined;
}

function text(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}

export function isToken(rules: AccessRules, token: string | undefined): boolean {
  if (rules.isOpen) return true;
  if (token === undefined) return false;
  const given = Buffer.from(token);
  const wanted = Buffer.from(rules.token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

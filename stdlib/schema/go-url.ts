import type { UrlParts } from '../model/link.ts';
import { quote } from './show.ts';

// Tilt reads addresses with Go's net/url, whose parts its results show. JavaScript's URL has other rules: it wants a scheme,
// takes `localhost:8080` apart differently and rewrites what it reads.

export type UrlResult =
  | { readonly ok: true; readonly url: UrlParts }
  /** `parse "…": reason`. */
  | { readonly ok: false; readonly message: string };

class Malformed extends Error {}

export function parseUrl(text: string): UrlResult {
  const hash = text.indexOf('#');
  const body = hash < 0 ? text : text.slice(0, hash);
  try {
    const url = parseWithoutFragment(body);
    if (hash < 0) return { ok: true, url };
    const raw = text.slice(hash + 1);
    const fragment = decode(raw, 'fragment');
    return { ok: true, url: { ...url, fragment, rawFragment: raw === encode(fragment, 'fragment') ? '' : raw } };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ok: false, message: `parse ${quote(text)}: ${error.message}` };
  }
}

const nothing: UrlParts = {
  scheme: '',
  opaque: '',
  user: undefined,
  host: '',
  path: '',
  rawPath: '',
  forceQuery: false,
  rawQuery: '',
  fragment: '',
  rawFragment: '',
};

function parseWithoutFragment(text: string): UrlParts {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new Malformed('net/url: invalid control character in URL');
  if (text === '*') return { ...nothing, path: '*' };
  const { scheme, rest: afterScheme } = splitScheme(text);
  let rest = afterScheme;
  let forceQuery = false;
  let rawQuery = '';
  const question = rest.indexOf('?');
  if (question >= 0 && question === rest.length - 1) {
    forceQuery = true;
    rest = rest.slice(0, -1);
  } else if (question >= 0) {
    rawQuery = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  const base = { ...nothing, scheme, forceQuery, rawQuery };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...base, opaque: rest };
    if ((rest.split('/')[0] ?? '').includes(':')) throw new Malformed('first path segment in URL cannot contain colon');
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return { ...base, ...pathParts(rest) };
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  return { ...base, ...parseAuthority(authority), ...pathParts(slash < 0 ? '' : rest.slice(slash)) };
}

function splitScheme(text: string): { readonly scheme: string; readonly rest: string } {
  if (text.startsWith(':')) throw new Malformed('missing protocol scheme');
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  if (!found) return { scheme: '', rest: text };
  return { scheme: (found[1] ?? '').toLowerCase(), rest: text.slice(found[0].length) };
}

function pathParts(raw: string): Pick<UrlParts, 'path' | 'rawPath'> {
  const path = decode(raw, 'path');
  return { path, rawPath: raw === encode(path, 'path') ? '' : raw };
}

function parseAuthority(authority: string): Pick<UrlParts, 'user' | 'host'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1));
  if (at < 0) return { user: undefined, host };
  const info = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(info)) throw new Malformed('net/url: invalid userinfo');
  const colon = info.indexOf(':');
  if (colon < 0) return { user: { name: decode(info, 'user'), password: undefined }, host };
  return {
    user: { name: decode(info.slice(0, colon), 'user'), password: decode(info.slice(colon + 1), 'user') },
    host,
  };
}

function parseHost(host: string): string {
  const close = host.lastIndexOf(']');
  if (host.startsWith('[')) {
    if (close < 0) throw new Malformed("missing ']' in host");
    checkPort(host.slice(close + 1));
    return host;
  }
  const colon = host.lastIndexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  return decode(host, 'host');
}

function checkPort(colonPort: string): void {
  if (colonPort !== '' && !/^:[0-9]*$/.test(colonPort)) {
    throw new Malformed(`invalid port ${quote(colonPort)} after host`);
  }
}

type Part = 'path' | 'host' | 'user' | 'fragment';

function decode(text: string, part: Part): string {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text);
  if (bad) throw new Malformed(`invalid URL escape ${quote(bad[0])}`);
  if (part === 'host') {
    const wrong = /[ "\\^`{|}]/.exec(text);
    if (wrong) throw new Malformed(`invalid character ${quote(wrong[0])} in host name`);
    const badEscape = /%(?!2[05])[0-7]./.exec(text);
    if (badEscape) throw new Malformed(`invalid URL escape ${quote(badEscape[0])}`);
  }
  if (!text.includes('%')) return text;
  const bytes = text.replace(/%([0-9A-Fa-f]{2})|([^%]+)/g, (_all, hex: string | undefined, plain: string) =>
    hex === undefined ? Buffer.from(plain, 'utf8').toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const unescaped: Readonly<Record<Part, RegExp>> = {
  path: /[A-Za-z0-9\-_.~$&+,/:;=@]/,
  host: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  user: /[A-Za-z0-9\-_.~$&+,;=]/,
  fragment: /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/,
};

function encode(text: string, part: Part): string {
  let result = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    const plain = byte < 0x80 && unescaped[part].test(character);
    result += plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}

/** The address as one line. */
export function urlText(url: UrlParts): string {
  let text = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') text += url.opaque;
  else text += authorityAndPath(url, text);
  if (url.forceQuery || url.rawQuery !== '') text += `?${url.rawQuery}`;
  if (url.fragment !== '') text += `#${url.rawFragment === '' ? encode(url.fragment, 'fragment') : url.rawFragment}`;
  return text;
}

function authorityAndPath(url: UrlParts, scheme: string): string {
  let text = '';
  const hasAuthority = url.host !== '' || url.user !== undefined;
  if ((scheme !== '' || hasAuthority) && (hasAuthority || url.path !== '')) text += '//';
  if (url.user) {
    const { name, password } = url.user;
    text += `${encode(name, 'user')}${password === undefined ? '' : `:${encode(password, 'user')}`}@`;
  }
  if (url.host !== '') text += encode(url.host, 'host');
  const path = url.rawPath === '' ? encode(url.path, 'path') : url.rawPath;
  if (path !== '' && !path.startsWith('/') && url.host !== '') text += '/';
  return text + path;
}

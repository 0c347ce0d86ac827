import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Catalogue, Change, Stored } from './catalogue.ts';
import { type ApiKind, GROUP_VERSION } from './kinds.ts';
import type { Selects } from './selectors.ts';
import { badRequest, expired, Refused, statusJson } from './status.ts';
import { tableOf, wantsTable } from './table.ts';

/** A client that does not take what it asked for is cut off; it begins anew when it comes back. */
const MOST_UNSENT = 16 * 1024 * 1024;
const BOOKMARK_MS = 30_000;

/** Answers a watch: an event a line, until the client goes or its time is over. Throws `Refused` before anything is sent. */
export function streamChanges(
  catalogue: Catalogue,
  kind: ApiKind,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  selects: Selects,
): void {
  const from = query.get('resourceVersion') ?? '';
  const version = Number(from);
  if (!Number.isInteger(version) || version < 0)
    throw new Refused(badRequest(`Invalid value: ${JSON.stringify(from)}`));
  const bookmarks = query.get('allowWatchBookmarks') === 'true';
  const asksForAll = query.get('sendInitialEvents') === 'true';
  const asTable = wantsTable(request.headers.accept);
  const include = query.get('includeObject');

  let isFirst = true;
  const event = (type: string, { object, json, version: at }: Stored): string => {
    if (!asTable) return `{"type":"${type}","object":${json}}\n`;
    const table = tableOf([object], String(at), include, isFirst);
    isFirst = false;
    return `${JSON.stringify({ type, object: table })}\n`;
  };
  const bookmark = (annotations?: Readonly<Record<string, string>>): string => {
    const metadata = {
      resourceVersion: String(catalogue.version),
      ...(annotations === undefined ? {} : { annotations }),
    };
    const object = { kind: kind.kind, apiVersion: GROUP_VERSION, metadata };
    return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
  };

  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (asksForAll || version === 0) {
    for (const stored of catalogue.list(kind)) if (selects(stored.object)) response.write(event('ADDED', stored));
    if (asksForAll && bookmarks) response.write(bookmark({ 'k8s.io/initial-events-end': 'true' }));
  } else {
    const missed = catalogue.changesSince(kind, version);
    if (missed === undefined) {
      response.end(`{"type":"ERROR","object":${statusJson(expired(version)).trimEnd()}}\n`);
      return;
    }
    response.write(eventsOf(missed, selects, event));
  }
  response.flushHeaders();

  const forget = catalogue.watch(kind, (changes) => {
    const text = eventsOf(changes, selects, event);
    if (text !== '') response.write(text);
    if (response.writableLength > MOST_UNSENT) response.destroy();
  });
  const marks = bookmarks ? setInterval(() => response.write(bookmark()), BOOKMARK_MS) : undefined;
  const seconds = Number(query.get('timeoutSeconds') ?? 0);
  const limit = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined;
  response.once('close', () => {
    forget();
    clearInterval(marks);
    clearTimeout(limit);
  });
}

/** An object that a change brings into the selection is new for the client, one that leaves it is gone. */
function eventsOf(
  changes: readonly Change[],
  selects: Selects,
  event: (type: string, stored: Stored) => string,
): string {
  let text = '';
  for (const { type, stored, before } of changes) {
    const was = before !== undefined && selects(before.object);
    const is = type !== 'DELETED' && selects(stored.object);
    if (was || is) text += event(!is ? 'DELETED' : was ? 'MODIFIED' : 'ADDED', stored);
  }
  return text;
}

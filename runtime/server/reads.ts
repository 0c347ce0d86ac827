import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Catalogue } from './catalogue.ts';
import { type ApiKind, GROUP_VERSION } from './kinds.ts';
import { sendJson } from './reply.ts';
import { selectorOf } from './selectors.ts';
import { badRequest, notFound, Refused } from './status.ts';
import { tableOf, wantsTable } from './table.ts';
import { streamChanges } from './watch-stream.ts';

/** An object, as JSON or as a table of one row. */
export function readObject(
  catalogue: Catalogue,
  kind: ApiKind,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): void {
  const stored = catalogue.get(kind, name);
  if (stored === undefined) throw new Refused(notFound(kind.plural, name));
  if (wantsTable(request.headers.accept)) {
    sendJson(response, tableOf([stored.object], String(stored.version), query.get('includeObject')));
  } else sendJson(response, stored.json);
}

/** All objects that the request selects, or a stream of their changes. */
export function readObjects(
  catalogue: Catalogue,
  kind: ApiKind,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): void {
  const selects = selectorOf(query);
  if (isYes(query.get('watch'))) {
    streamChanges(catalogue, kind, request, response, query, selects);
    return;
  }
  const chosen = catalogue.list(kind).filter(({ object }) => selects(object));
  const version = String(catalogue.version);
  const { page, next } = pageOf(chosen, query);
  const remaining = chosen.length - (next ?? chosen.length);
  const metadata = {
    resourceVersion: version,
    ...(next === undefined ? {} : { continue: String(next), remainingItemCount: remaining }),
  };
  if (wantsTable(request.headers.accept)) {
    const objects = page.map(({ object }) => object);
    const table = tableOf(objects, version, query.get('includeObject'));
    sendJson(response, { ...table, metadata });
    return;
  }
  const head = JSON.stringify({ kind: `${kind.kind}List`, apiVersion: GROUP_VERSION, metadata });
  sendJson(response, `${head.slice(0, -1)},"items":[${page.map(({ json }) => json).join(',')}]}\n`);
}

/** The part of a list that a request asks for, and where the next one begins. */
function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
): { readonly page: readonly T[]; readonly next: number | undefined } {
  const limit = Number(query.get('limit') ?? 0);
  const start = Number(query.get('continue') || 0);
  if (!Number.isInteger(limit) || !Number.isInteger(start) || start < 0) {
    throw new Refused(badRequest('limit and continue must be what a list before answered'));
  }
  const end = limit > 0 ? start + limit : all.length;
  return { page: all.slice(start, end), next: end < all.length ? end : undefined };
}

export function isYes(value: string | null): boolean {
  return value === 'true' || value === '1';
}

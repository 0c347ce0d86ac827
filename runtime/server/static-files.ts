import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Nothing from elsewhere, and nobody frames it. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'";

/** Shown where no page was built. */
const PLACEHOLDER = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>tilt-ts</title>
<body style="font-family: sans-serif; max-width: 40em; margin: 3em auto">
<h1>tilt-ts runs</h1>
<p>This build has no page. What there is: the log in the terminal, <a href="/api/view">the session as JSON</a>, and the API for kubectl.</p>
</body></html>
`;

/** Sends a file of the folder; for everything that is no file the page itself, which looks at the path. */
export async function sendPage(
  response: ServerResponse,
  folder: string,
  urlPath: string,
  headers: Record<string, string>,
): Promise<void> {
  const file = await fileOf(folder, urlPath);
  const common = { ...headers, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
  if (file === undefined) {
    response.writeHead(200, {
      ...common,
      'Content-Type': TYPES['.html'],
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
    });
    response.end(PLACEHOLDER);
    return;
  }
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  const isPage = type.startsWith('text/html');
  response.writeHead(200, {
    ...common,
    'Content-Type': type,
    // The names of other files change with their contents.
    'Cache-Control': isPage ? 'no-store' : 'max-age=3600',
    ...(isPage ? { 'Content-Security-Policy': POLICY } : {}),
  });
  const stream = createReadStream(file);
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

async function fileOf(folder: string, urlPath: string): Promise<string | undefined> {
  for (const name of [urlPath, '/index.html']) {
    const file = path.join(folder, path.posix.normalize(`/${name}`));
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return file;
  }
  return undefined;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isKnownHost, isSameOrigin } from './access.ts';
import type { Answerer } from './listener.ts';
import { sendJson, sendText } from './reply.ts';
import { sendPage } from './static-files.ts';

/** Where the page shows the snapshot. */
export const SNAPSHOT_PATH = '/snapshot/local/overview';

export interface SnapshotOptions {
  /** As it was saved, JSON. */
  readonly text: string;
  /** Where the page's files are. */
  readonly pageFolder: string;
  /** Names that lead to this machine, beside `localhost`; lower case. */
  readonly hosts: ReadonlySet<string>;
}

/** Shows a saved session: the page and the one file. Nothing can be started, so nobody needs a token. */
export function snapshotAnswerer({ text, pageFolder, hosts }: SnapshotOptions): Answerer {
  const rules = { token: '', hosts, isOpen: false };
  return {
    async answer(request: IncomingMessage, response: ServerResponse) {
      const { host, origin } = request.headers;
      if (!isKnownHost(rules, host) || !isSameOrigin({ host, origin })) {
        sendText(response, 403, 'only this machine may look at the snapshot\n');
        return;
      }
      const { pathname } = new URL(`http://localhost${request.url ?? '/'}`);
      if (pathname === '/api/snapshot/local') sendJson(response, text);
      else if (pathname.startsWith('/api/') || pathname.startsWith('/proxy/')) {
        sendText(response, 404, 'a snapshot cannot be asked to do anything\n');
      } else if (pathname === '/' || pathname === '/overview') {
        response.writeHead(302, { Location: SNAPSHOT_PATH }).end();
      } else await sendPage(response, pageFolder, pathname, {});
    },
    upgrade(_request: IncomingMessage, socket: Duplex) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    },
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Session } from '../engine/session.ts';
import type { LogStore } from '../state/log-store.ts';
import { type AccessRules, isKnownHost, isLoopback, isSameOrigin, isToken, TOKEN_COOKIE, tokenOf } from './access.ts';
import { ApiRequests } from './api-requests.ts';
import { Catalogue } from './catalogue.ts';
import { KINDS } from './kinds.ts';
import { type About, worldOf } from './objects/projected.ts';
import type { FieldDocs } from './openapi.ts';
import { sendStatus, sendText } from './reply.ts';
import { sendPage } from './static-files.ts';
import { noSuchPath, Refused } from './status.ts';
import { ViewSockets } from './view-sockets.ts';
import { WebRequests } from './web-requests.ts';

export interface ServerOptions {
  readonly session: Session;
  readonly log: LogStore;
  readonly about: About;
  readonly access: AccessRules;
  /** Where the page's files are. */
  readonly pageFolder: string;
  readonly now?: () => number;
  /** What fields of objects mean, asked when somebody wants the description of the API. */
  readonly docs?: () => Promise<FieldDocs>;
}

/** Changes that come together are told together. Milliseconds. */
const GATHER_MS = 20;

export function createServer(options: ServerOptions): SessionServer {
  return new SessionServer(options);
}

/** Answers all requests to a session. */
export class SessionServer {
  readonly #options: ServerOptions;
  readonly #catalogue: Catalogue;
  readonly #api: ApiRequests;
  readonly #web: WebRequests;
  readonly #sockets: ViewSockets;
  readonly #forget: () => void;
  #refresh: NodeJS.Timeout | undefined;

  constructor(options: ServerOptions) {
    const { session, log, about, now = Date.now } = options;
    this.#options = options;
    this.#catalogue = new Catalogue(() => worldOf(session.state, about), KINDS);
    const parts = { session, log, catalogue: this.#catalogue, now };
    this.#api = new ApiRequests({ ...parts, version: about.version, docs: options.docs });
    this.#web = new WebRequests(parts);
    this.#sockets = new ViewSockets({ ...parts, startedAt: session.state.startedAt });
    this.#forget = session.subscribe(() => {
      if (!this.#catalogue.isWatched) return;
      this.#refresh ??= setTimeout(() => {
        this.#refresh = undefined;
        this.#catalogue.refresh();
      }, GATHER_MS);
    });
  }

  /** Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof Refused) sendStatus(response, error.status);
      else if (error instanceof URIError) sendStatus(response, noSuchPath());
      else sendText(response, 500, `internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }

  /** Takes a connection that wants to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { access } = this.#options;
    const { pathname, searchParams } = urlOf(request);
    const { host, origin } = request.headers;
    const allowed = isKnownHost(access, host) && isSameOrigin({ host, origin });
    const isMine = searchParams.get('csrf') === this.#web.csrf;
    if (pathname !== '/ws/view' || !allowed || !isMine) {
      socket.end(
        `HTTP/1.1 ${pathname === '/ws/view' ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    this.#sockets.accept(request, socket, head, searchParams);
  }

  close(): void {
    this.#forget();
    clearTimeout(this.#refresh);
    this.#sockets.close();
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { access, pageFolder } = this.#options;
    const { host, origin } = request.headers;
    if (!isKnownHost(access, host)) {
      sendText(
        response,
        403,
        `the host ${JSON.stringify(host ?? '')} is not this machine; --host lets tilt-ts answer to other names\n`,
      );
      return;
    }
    if (!isSameOrigin({ host, origin })) {
      sendText(response, 403, 'cross-origin request forbidden\n');
      return;
    }
    const url = urlOf(request);
    const { token, path: given } = tokenOf(request.headers, url.pathname);
    const path = given.replace(/^\/proxy(?=\/)/, '');
    const isApi = ApiRequests.answers(path);
    if (isApi || path.startsWith('/api/')) {
      if (!ApiRequests.isPublic(path) && !isToken(access, token)) {
        sendText(response, 403, token === undefined ? 'missing session token\n' : 'invalid session token\n');
        return;
      }
      if (isApi) await this.#api.answer(path, url.searchParams, request, response);
      else if (!(await this.#web.answer(path, url.searchParams, request, response))) throw new Refused(noSuchPath());
      return;
    }
    // The page talks with the token of a cookie. Who comes from elsewhere has to know it.
    const shown = url.searchParams.get('token') ?? token;
    const mayHave = isToken(access, shown ?? undefined) || isLoopback(request.socket.remoteAddress);
    const cookie = `${TOKEN_COOKIE}=${access.token}; Path=/; HttpOnly; SameSite=Strict`;
    await sendPage(response, pageFolder, path, mayHave ? { 'Set-Cookie': cookie } : {});
  }
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  // Not relative to what the request names as its host, which may be anything.
  return URL.canParse(`http://localhost${url}`) ? new URL(`http://localhost${url}`) : new URL('http://localhost/');
}

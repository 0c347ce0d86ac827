import { request as httpRequest } from 'node:http';
import type { TestContext } from 'node:test';
import { listenHttp } from '../../runtime/server/listener.ts';
import { createServer } from '../../runtime/server/server.ts';
import type { Graph } from '../../stdlib/model/graph.ts';
import { type FakeSession, fakeSession } from './fake-session.ts';

export const TOKEN = '11111111-2222-3333-4444-555555555555';
export const API = '/apis/tilt.dev/v1alpha1';

export interface Answer {
  readonly code: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which the assertions look at.
  readonly json: any;
}

export interface AskOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** Without it the token is sent; these replace all headers of ours. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

export interface ServedSession extends FakeSession {
  readonly port: number;
  ask(path: string, options?: AskOptions): Promise<Answer>;
}

/** A session on ports that the test moves, with its HTTP server on a free port. */
export async function servedSession(test: TestContext, graph: Graph, isOpen = false): Promise<ServedSession> {
  const fake = fakeSession(test, graph);
  const server = createServer({
    session: fake.session,
    log: fake.log,
    about: { mode: 'up', version: '0.0.0', pid: 4711, tiltfilePath: '/project/Tiltfile' },
    access: { token: TOKEN, hosts: new Set(['dev.example']), isOpen },
    pageFolder: '/nowhere',
    now: () => fake.clock.now(),
  });
  const listener = await listenHttp('127.0.0.1', 0, async () => server);
  test.after(async () => {
    server.close();
    await listener.stop();
  });
  await fake.until(({ graph: loaded }) => loaded !== undefined);
  return { ...fake, port: listener.port, ask: (path, options) => ask(listener.port, path, options) };
}

/** Not `fetch`, which sets the host itself. */
export function ask(port: number, path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = 'GET', body, headers = { 'X-Tilt-Token': TOKEN }, type = 'application/json' } = options;
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const all = {
      ...headers,
      ...(sent === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(sent) }),
    };
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers: all, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        let json: unknown;
        try {
          json = JSON.parse(text);
        } catch {
          // Some answers are no JSON.
        }
        resolve({ code: response.statusCode ?? 0, text, headers: response.headers, json });
      });
    });
    request.on('error', reject);
    request.end(sent);
  });
}

export interface WatchEvent {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: objects of many kinds, which the assertions look at.
  readonly object: any;
}

/** The events of a watch, one after the other. */
export function watchStream(
  test: TestContext,
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const events: WatchEvent[] = [];
  let wake = () => {};
  let text = '';
  let isOver = false;
  const request = httpRequest(
    { host: '127.0.0.1', port, path, headers: { 'X-Tilt-Token': TOKEN, ...headers } },
    (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) events.push(JSON.parse(line) as WatchEvent);
        wake();
      });
      response.on('close', () => {
        isOver = true;
        wake();
      });
    },
  );
  request.on('error', () => {});
  request.end();
  test.after(() => request.destroy());
  let taken = 0;
  return {
    /** The next event; `undefined` when the stream ended. */
    async next(deadlineMs = 10_000): Promise<WatchEvent | undefined> {
      const deadline = setTimeout(() => {
        isOver = true;
        wake();
      }, deadlineMs);
      while (taken >= events.length && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      clearTimeout(deadline);
      return events[taken++];
    },
    stop: () => request.destroy(),
  };
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Session } from '../engine/session.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import { portOwner } from '../network/port-owner.ts';
import { type Answerer, type Listener, listenHttp } from '../server/listener.ts';
import type { LogStore } from '../state/log-store.ts';
import { programLine } from './session-log.ts';
import { VERSION } from './version.ts';

/** Tilt's. */
const DEFAULT_PORT = 10350;
const DEFAULT_HOST = 'localhost';

export interface ServeFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** The HTTP server of a session. */
export interface Serving {
  /** Where the page is, with the token for those who come from elsewhere. */
  readonly url: string;
  readonly port: number;
  /** Lets it answer for a session. */
  attach(session: Session, log: LogStore): void;
  stop(): Promise<void>;
}

export type ServeResult =
  | { readonly ok: true; readonly serving: Serving }
  | { readonly ok: false; readonly message: string };

/**
 * Takes the port of a session, before anything of the session starts: everything that it starts inherits `TILT_HOST` and `TILT_PORT`. What
 * answers is loaded with the first request.
 */
export async function serve(
  mode: 'ci' | 'up',
  flags: ServeFlags & { readonly file?: string | undefined },
): Promise<ServeResult> {
  const host = flags.host ?? (process.env.TILT_HOST || DEFAULT_HOST);
  const wanted = flags.port ?? portOfEnvironment() ?? DEFAULT_PORT;
  let session: { readonly session: Session; readonly log: LogStore } | undefined;
  let token: Promise<string> | undefined;
  let answerer: Promise<Answerer & { close(): void }> | undefined;
  const answers = () => {
    answerer ??= (async () => {
      const { createServer } = await import('../server/server.ts');
      if (session === undefined) throw new Error('no session yet');
      const names = host === '0.0.0.0' || host === '::' ? [hostname().toLowerCase()] : [host.toLowerCase()];
      return createServer({
        ...session,
        about: { mode, version: VERSION, pid: process.pid, tiltfilePath: tiltfilePath(flags.file) },
        access: {
          token: await tokenOfUser(),
          hosts: new Set(names),
          isOpen: process.env.TILT_DISABLE_HUD_AUTH === '1',
        },
        pageFolder: path.join(import.meta.dirname, 'web'),
        docs: async () => (await import('../../stdlib/v1alpha1/field-docs.ts')).fieldDocs(),
      });
    })();
    return answerer;
  };
  const tokenOfUser = () => {
    token ??= import('../server/dev-folder.ts').then(({ sessionToken }) =>
      // Where nothing can be kept, the token is that of this session alone.
      sessionToken(process.env).catch(() => randomUUID()),
    );
    return token;
  };

  const first = await tryListen(host, wanted, answers);
  // Several runs on one machine are nothing unusual, and nobody looks at them by a known address.
  const isFallback = !first.ok && first.isTaken && mode === 'ci' && flags.port === undefined;
  const listened = isFallback ? await tryListen(host, 0, answers) : first;
  if (!listened.ok) {
    return { ok: false, message: listened.isTaken ? await takenText(wanted, mode) : listened.message };
  }
  const { port, stop } = listened.listener;
  process.env.TILT_HOST = host;
  process.env.TILT_PORT = String(port);
  const isLocal = ['localhost', '127.0.0.1', '::1'].includes(host);
  const shownHost = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? hostname() : host;
  const listed = new Listed(port, isLocal ? host : '127.0.0.1', tokenOfUser);
  const query = isLocal ? '' : `?token=${await tokenOfUser()}`;
  return {
    ok: true,
    serving: {
      url: `http://${shownHost}:${port}/${query}`,
      port,
      attach(of, log) {
        session = { session: of, log };
        listed.add((message) => {
          // A pipeline has no use for it.
          if (mode === 'up') programLine(log, message);
        });
      },
      async stop() {
        if (answerer !== undefined)
          await answerer.then(
            (known) => known.close(),
            () => {},
          );
        await Promise.all([stop(), listed.remove()]);
      },
    },
  };
}

/** The session's entry in the kubeconfig by which kubectl and other commands find it. */
class Listed {
  readonly #port: number;
  readonly #host: string;
  readonly #token: () => Promise<string>;
  #timer: NodeJS.Timeout | undefined;
  #added: Promise<void> | undefined;
  readonly #patience = new AbortController();

  constructor(port: number, host: string, token: () => Promise<string>) {
    this.#port = port;
    this.#host = host.includes(':') ? `[${host}]` : host === 'localhost' ? '127.0.0.1' : host;
    this.#token = token;
  }

  /** In a moment, so that it does not keep the session from starting. */
  add(complain: (message: string) => void): void {
    this.#timer = setTimeout(() => {
      this.#added = this.#write().catch((error: unknown) => {
        if (!this.#patience.signal.aborted) complain(`Other programs cannot find this session: ${problemText(error)}`);
      });
    }, LIST_AFTER_MS);
  }

  async remove(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#added === undefined) return;
    // An entry that stays is overlooked, as that of a process that is gone; nobody waits long for a lock that somebody left.
    const { signal } = this.#patience;
    const timer = setTimeout(() => this.#patience.abort(), REMOVE_WITHIN_MS);
    await this.#added;
    const { removeContext } = await import('../server/contexts.ts');
    const { contextsFile } = await import('../server/dev-folder.ts');
    await removeContext(contextsFile(process.env), { name: this.#name, pid: process.pid }, signal).catch(() => {});
    clearTimeout(timer);
  }

  get #name(): string {
    return `tilt-${this.#port}`;
  }

  async #write(): Promise<void> {
    const [{ addContext }, { contextsFile }, token] = await Promise.all([
      import('../server/contexts.ts'),
      import('../server/dev-folder.ts'),
      this.#token(),
    ]);
    const server = `http://${this.#host}:${this.#port}/token/${token}`;
    await addContext(contextsFile(process.env), { name: this.#name, server, pid: process.pid }, this.#patience.signal);
  }
}

function problemText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Short runs do without it. */
const LIST_AFTER_MS = 200;
const REMOVE_WITHIN_MS = 300;

type Listened =
  | { readonly ok: true; readonly listener: Listener }
  | { readonly ok: false; readonly isTaken: boolean; readonly message: string };

async function tryListen(host: string, port: number, answers: () => Promise<Answerer>): Promise<Listened> {
  try {
    return { ok: true, listener: await listenHttp(host, port, answers) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EADDRINUSE';
    return { ok: false, isTaken, message: `Cannot listen on ${host}:${port}: ${message}` };
  }
}

async function takenText(port: number, mode: string): Promise<string> {
  const owner = await portOwner(port);
  const who = owner === '' ? 'another process' : owner;
  return `Cannot start, because ${who} already listens on port ${port}.\nSeveral sessions run side by side on ports of their own: tilt-ts ${mode} --port 10351, or --port 0 for any free one. TILT_PORT sets it, too.`;
}

function portOfEnvironment(): number | undefined {
  const text = process.env.TILT_PORT ?? '';
  const port = Number(text);
  return text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

/** As it is looked for; the first that could be where there is none. */
function tiltfilePath(file: string | undefined): string {
  const found = findTiltfile(file, process.cwd());
  return found.ok ? found.file : (found.lookedFor[0] ?? '');
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Trigger } from '../../stdlib/model/resource.ts';
import type { Session } from '../engine/session.ts';
import { TILTFILE_ID } from '../state/event.ts';
import { isRecord } from '../state/fields.ts';
import type { LogStore } from '../state/log-store.ts';
import type { Catalogue } from './catalogue.ts';
import { engineDump } from './engine-dump.ts';
import { answerLogs } from './log-requests.ts';
import { bodyOf, sendJson, sendText } from './reply.ts';
import { microTime } from './time.ts';
import { completeView } from './view.ts';
import type { Snapshot, View } from './wire.ts';

export interface WebParts {
  readonly session: Session;
  readonly log: LogStore;
  readonly catalogue: Catalogue;
  readonly now: () => number;
}

/** Bit of Tilt's build reasons for a trigger from the command line. */
const CLI_REASON = 32;

/** By Tilt's numbers of the modes. */
const TRIGGERS: readonly Trigger[] = [
  { onChange: true, atStart: true },
  { onChange: false, atStart: true },
  { onChange: false, atStart: false },
  { onChange: true, atStart: false },
];

/** Answers what the page and commands ask beside objects, under `/api/`. */
export class WebRequests {
  /** For the WebSocket, which browsers open without asking whether they may: only who can read this text can open it. */
  readonly csrf = randomUUID();
  readonly #parts: WebParts;

  constructor(parts: WebParts) {
    this.#parts = parts;
  }

  /** Whether there was something to answer. */
  async answer(
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const { session, log, now } = this.#parts;
    switch (path) {
      case '/api/view':
        sendJson(response, this.#view());
        return true;
      case '/api/websocket_token':
        sendText(response, 200, this.csrf);
        return true;
      case '/api/dump/engine':
        sendJson(response, engineDump(session.state));
        return true;
      case '/api/logs':
        await answerLogs(log, session.state, query, response, now());
        return true;
      case '/api/trigger':
        await this.#post(request, response, (body) => this.#trigger(body, response));
        return true;
      case '/api/override/trigger_mode':
        await this.#post(request, response, (body) => this.#overrideTriggerMode(body, response));
        return true;
      case '/api/set_tiltfile_args':
        await this.#post(request, response, (body) => this.#setArgs(body, response));
        return true;
      // Tilt's page tells it what people do. Nobody is told here.
      case '/api/analytics':
      case '/api/analytics_opt':
        sendText(response, 200, '');
        return true;
      default:
        if (!/^\/api\/snapshot\/[^/]+$/.test(path)) return false;
        sendJson(response, { view: this.#view(), createdAt: microTime(now()) } satisfies Snapshot);
        return true;
    }
  }

  #view(): View {
    const { session, log, catalogue } = this.#parts;
    return completeView(catalogue, log.lines(), session.state.startedAt);
  }

  async #post(request: IncomingMessage, response: ServerResponse, act: (body: unknown) => void): Promise<void> {
    if (request.method !== 'POST') {
      sendText(response, 400, 'must be POST request\n');
      return;
    }
    let body: unknown;
    try {
      body = JSON.parse(await bodyOf(request));
    } catch (error) {
      sendText(
        response,
        400,
        `error parsing JSON payload: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      return;
    }
    act(body);
  }

  #trigger(body: unknown, response: ServerResponse): void {
    const { session } = this.#parts;
    const names = namesOf(body);
    const [name] = names;
    if (names.length !== 1 || name === undefined) {
      const text = `/api/trigger currently supports exactly one manifest name, got ${names.length}\n`;
      sendText(response, 400, text);
      return;
    }
    const reason = isRecord(body) ? Number(body.build_reason ?? 0) : 0;
    const from = (reason & CLI_REASON) === 0 ? 'web' : 'cli';
    if (name === TILTFILE_ID) session.filesChanged(TILTFILE_ID, session.state.tiltfile.configFiles.slice(0, 1));
    else if (session.state.resources.has(name)) session.trigger(name, from);
    else if (this.#isDeclared(name)) {
      sendText(response, 200, `resource ${JSON.stringify(name)} is currently disabled`);
      return;
    } else {
      sendText(response, 404, `resource ${JSON.stringify(name)} does not exist\n`);
      return;
    }
    sendText(response, 200, '');
  }

  #overrideTriggerMode(body: unknown, response: ServerResponse): void {
    const names = namesOf(body);
    const unknown = names.find((name) => !this.#isDeclared(name));
    if (unknown !== undefined) {
      sendText(response, 400, `no manifest found with name '${unknown}'\n`);
      return;
    }
    const mode = isRecord(body) ? Number(body.trigger_mode) : Number.NaN;
    const trigger = TRIGGERS[mode];
    if (trigger === undefined) {
      sendText(response, 400, `invalid trigger mode: ${isRecord(body) ? String(body.trigger_mode) : ''}\n`);
      return;
    }
    this.#parts.session.setTrigger(names, trigger);
    sendText(response, 200, '');
  }

  #setArgs(body: unknown, response: ServerResponse): void {
    if (!Array.isArray(body) || !body.every((word): word is string => typeof word === 'string')) {
      sendText(response, 400, 'error parsing JSON payload: expected a list of strings\n');
      return;
    }
    this.#parts.session.setArgs(body);
    sendText(response, 200, '');
  }

  #isDeclared(name: string): boolean {
    return this.#parts.session.state.graph?.resources.some((resource) => resource.name === name) ?? false;
  }
}

function namesOf(body: unknown): readonly string[] {
  const names = isRecord(body) ? body.manifest_names : undefined;
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}

import http from 'node:http';
import { networkErrorWords } from '../../clients/kubernetes/errors.ts';
import { ExitCode } from '../exit-code.ts';
import { noSessionText } from './other-sessions.ts';
import { CommandProblem, type ServerFlags, serverHost, serverPort, userToken } from './session-address.ts';

/** What the running program answered. */
export interface WebAnswer {
  readonly status: number;
  readonly text: string;
}

export interface WebRequest {
  readonly method?: string;
  readonly body?: string;
  /** Of the body; JSON by default. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** The HTTP side of a running program. */
export class WebApi {
  readonly host: string;
  readonly port: number;

  constructor(flags: ServerFlags) {
    this.host = serverHost(flags);
    this.port = serverPort(flags);
  }

  get(pathname: string): Promise<WebAnswer> {
    return this.send(pathname);
  }

  post(pathname: string, body: unknown): Promise<WebAnswer> {
    return this.send(pathname, { method: 'POST', body: JSON.stringify(body) });
  }

  async send(pathname: string, request: WebRequest = {}): Promise<WebAnswer> {
    const answer = await this.open(pathname, request);
    return { status: answer.statusCode ?? 0, text: await textOf(answer) };
  }

  /** The answer's body as it comes. Refused when the status is not 200. */
  async stream(pathname: string, signal?: AbortSignal): Promise<http.IncomingMessage> {
    const answer = await this.open(pathname, signal === undefined ? {} : { signal });
    if (answer.statusCode === 200) return answer;
    throw new CommandProblem(`(${answer.statusCode}): ${(await textOf(answer)).trim()}`);
  }

  /** Rejects with `NoProgram` when nobody answers, or another program does. */
  async open(pathname: string, request: WebRequest): Promise<http.IncomingMessage> {
    const token = userToken();
    const answer = await this.#send(pathname, request, token);
    // The first session of a user makes the token.
    const isNew = answer.statusCode === 403 && userToken() !== token;
    const last = isNew ? await this.#send(pathname, request, userToken()) : answer;
    // Tilt answers with its page whatever it does not know.
    if (last.headers['content-type']?.startsWith('text/html') !== true) return last;
    last.destroy();
    throw new NoProgram(this.host, this.port, 'another program listens there: it answers with a web page');
  }

  #send(
    pathname: string,
    { method = 'GET', body, contentType, signal }: WebRequest,
    token: string,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        'X-Tilt-Token': token,
        ...(body === undefined
          ? {}
          : { 'Content-Type': contentType ?? 'application/json', 'Content-Length': Buffer.byteLength(body) }),
      };
      const options = { host: this.host, port: this.port, path: pathname, method, headers, signal };
      const request = http.request(options, resolve);
      request.on('error', (error) => {
        reject(signal?.aborted === true ? error : new NoProgram(this.host, this.port, networkErrorWords(error)));
      });
      request.end(body);
    });
  }
}

/** No program listens there. */
export class NoProgram extends Error {
  readonly port: number;
  constructor(host: string, port: number, reason: string) {
    super(`No tilt-ts found that listens on ${host}:${port} (${reason}).`);
    this.port = port;
  }
}

/**
 * Does something with the running program, and tells what went wrong on stderr; `whenOver` is said too where no program runs. Answers
 * the exit code.
 */
export async function withWebApi(
  flags: ServerFlags,
  run: (api: WebApi) => Promise<number>,
  whenOver?: string,
): Promise<number> {
  try {
    return await run(new WebApi(flags));
  } catch (error) {
    if (error instanceof CommandProblem) return tellProblem(error.message);
    if (error instanceof NoProgram) {
      const text = await noSessionText(error.message, error.port);
      return tellProblem(
        whenOver === undefined
          ? text
          : `${text}
${whenOver}`,
        ExitCode.unreachable,
      );
    }
    throw error;
  }
}

/** Says on stderr why a command failed. Answers its exit code. */
export function tellProblem(message: string, code: number = ExitCode.resourceFailed): number {
  process.stderr.write(`${/^error/i.test(message) ? '' : 'Error: '}${message}\n`);
  return code;
}

export async function textOf(answer: http.IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
}

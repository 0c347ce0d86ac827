import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { devFolder } from '../../server/dev-folder.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags, serverHost, serverPort } from '../objects/object-api.ts';

/** What the running program answered. */
export interface WebAnswer {
  readonly status: number;
  readonly text: string;
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
    return this.#send('GET', pathname);
  }

  post(pathname: string, body: unknown): Promise<WebAnswer> {
    return this.#send('POST', pathname, JSON.stringify(body));
  }

  /** The answer's body as it comes. Refused when the status is not 200. */
  async stream(pathname: string, signal?: AbortSignal): Promise<http.IncomingMessage> {
    const answer = await this.#open('GET', pathname, undefined, signal);
    if (answer.statusCode === 200) return answer;
    throw new CommandProblem(`(${answer.statusCode}): ${(await textOf(answer)).trim()}`);
  }

  async #send(method: string, pathname: string, body?: string): Promise<WebAnswer> {
    const answer = await this.#open(method, pathname, body);
    return { status: answer.statusCode ?? 0, text: await textOf(answer) };
  }

  #open(method: string, pathname: string, body?: string, signal?: AbortSignal): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        'X-Tilt-Token': token(),
        ...(body === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
      };
      const request = http.request(
        { host: this.host, port: this.port, path: pathname, method, headers, signal },
        resolve,
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        reject(signal?.aborted === true ? error : new NoProgram(this.host, this.port, error.code ?? error.message));
      });
      request.end(body);
    });
  }
}

/** No program listens there. */
export class NoProgram extends Error {
  constructor(host: string, port: number, reason: string) {
    super(
      `No tilt-ts found that listens on ${host}:${port} (${reason}).\n` +
        'Start tilt-ts up in another terminal, or say --port and --host if it listens elsewhere.',
    );
  }
}

/** Does something with the running program, and tells what went wrong on stderr. Answers the exit code. */
export async function withWebApi(flags: ServerFlags, run: (api: WebApi) => Promise<number>): Promise<number> {
  try {
    return await run(new WebApi(flags));
  } catch (error) {
    if (!(error instanceof CommandProblem) && !(error instanceof NoProgram)) throw error;
    process.stderr.write(`Error: ${error.message}\n`);
    return error instanceof NoProgram ? ExitCode.unreachable : ExitCode.resourceFailed;
  }
}

function token(): string {
  try {
    return readFileSync(path.join(devFolder(process.env), 'token'), 'utf8').trim();
  } catch {
    // Without one the server says what is missing.
    return '';
  }
}

async function textOf(answer: http.IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
}

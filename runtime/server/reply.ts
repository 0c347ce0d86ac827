import type { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, Refused, type Status, statusJson, tooLarge } from './status.ts';

/** Tilt takes as much, for the sake of large charts. */
const MOST_BYTES = 20 * 1024 * 1024;

export function sendJson(response: ServerResponse, body: object | string, code = 200): void {
  send(response, code, 'application/json', typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
}

export function sendText(response: ServerResponse, code: number, text: string): void {
  send(response, code, 'text/plain; charset=utf-8', text);
}

export function sendStatus(response: ServerResponse, status: Status): void {
  sendJson(response, statusJson(status), status.code);
}

function send(response: ServerResponse, code: number, type: string, body: string): void {
  response.writeHead(code, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(code === 413 ? { Connection: 'close' } : {}),
  });
  response.end(body);
}

/** The body of a request. Throws `Refused` when it is too large. */
export function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= MOST_BYTES) return;
      // The rest is not read; the connection ends with the answer.
      request.off('data', take).pause();
      reject(new Refused(tooLarge(MOST_BYTES)));
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

/** Without parameters, lower case: `application/json`. */
export function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What the body of a request says; nothing when it is empty. Throws `Refused`. */
export async function parsedBody(request: IncomingMessage): Promise<unknown> {
  const text = await bodyOf(request);
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const type = contentType(request);
    if (!type.includes('yaml')) throw new Refused(badRequest(`the body of the request is no JSON: ${String(error)}`));
  }
  const { parseYaml } = await import('./yaml-text.ts');
  try {
    return parseYaml(text);
  } catch (error) {
    throw new Refused(badRequest(`the body of the request is no YAML: ${String(error)}`));
  }
}

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ProbeAction } from '../../stdlib/model/probe.ts';
import { connectionProblem, PASSED, type ProbeOutcome, probeFailed } from './probe-outcome.ts';

const MOST_REDIRECTS = 10;

/** Asks once. Ready is any status from 200 to 399; as in Kubernetes, redirects are followed on the same host only. */
export async function probeHttp(
  action: Extract<ProbeAction, { kind: 'http' }>,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  let url = urlOf(action);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const answer = await ask(url, signal);
    if (answer.kind === 'problem') return probeFailed(`${answer.reason} at ${url.href}`);
    const { status, location } = answer;
    if (status < 200 || status >= 400) return probeFailed(`HTTP ${status} from ${url.href}`);
    const redirects = status >= 300 && location !== undefined && URL.canParse(location, url.href);
    const next = redirects ? new URL(location, url.href) : undefined;
    if (next === undefined || next.hostname !== url.hostname) return PASSED;
    url = next;
  }
  return probeFailed(`more than ${MOST_REDIRECTS} redirects at ${url.href}`);
}

function urlOf({ scheme, host, port, path }: Extract<ProbeAction, { kind: 'http' }>): URL {
  const name = host === undefined || host === '' ? 'localhost' : host;
  const start = path === undefined || path === '' ? '/' : path;
  const protocol = (scheme ?? '').toLowerCase() === 'https' ? 'https' : 'http';
  const authority = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return new URL(`${protocol}://${authority}:${port}${start.startsWith('/') ? '' : '/'}${start}`);
}

type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly location: string | undefined }
  | { readonly kind: 'problem'; readonly reason: string };

function ask(url: URL, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    // A server under development has no certificate that anybody signed.
    const options = { signal, agent: false, headers: { 'user-agent': 'tilt-ts-probe', accept: '*/*' } } as const;
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, rejectUnauthorized: false })
        : httpRequest(url, options);
    request.on('response', (response) => {
      response.on('error', () => {});
      resolve({ kind: 'answer', status: response.statusCode ?? 0, location: response.headers.location });
      response.destroy();
    });
    request.on('error', (error) => resolve({ kind: 'problem', reason: connectionProblem(error) }));
    request.end();
  });
}

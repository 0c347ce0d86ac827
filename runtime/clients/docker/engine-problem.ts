import type { EngineAddress } from './engine-address.ts';

/** Why a call to the engine gave no answer that can be used. */
export type EngineProblem =
  /** Nobody answers, or the connection broke. `message` is whole: what was tried and what to do. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** The engine refused; `status` is HTTP's, 0 when the refusal came in a stream. `message` is the engine's own. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** The caller's signal aborted it. */
  | { readonly kind: 'cancelled' };

export type EngineResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: EngineProblem };

/** Reads an error of dockerode's transport. `whileDoing` is like `building "example/web"`, for a connection that breaks. */
export function engineProblem(
  error: unknown,
  address: EngineAddress,
  whileDoing: string,
  signal?: AbortSignal,
): EngineProblem {
  if (signal?.aborted) return { kind: 'cancelled' };
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 0;
  if (status > 0) return { kind: 'refused', status, message: engineWords(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof SyntaxError) {
    const message = `The Docker engine at "${address.url}" (${address.origin}) answered what nobody can read while ${whileDoing}: ${text}. Look whether it is a Docker engine`;
    return { kind: 'unreachable', message };
  }
  if (BROKEN.has(code) || /socket hang up|aborted|Premature close/i.test(text)) {
    return { kind: 'unreachable', message: wentAway(address, whileDoing, code) };
  }
  return { kind: 'unreachable', message: cannotReach(address, code, text) };
}

/** The message for an engine that answered and then stopped answering. */
export function wentAway(address: EngineAddress, whileDoing: string, code = ''): string {
  const why = code === 'EPIPE' || code === 'ECONNRESET' || code === '' ? 'the connection was closed' : code;
  return `The Docker engine at "${address.url}" (${address.origin}) went away while ${whileDoing}: ${why}. Look whether Docker still runs (docker info), then try again`;
}

const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

function cannotReach(address: EngineAddress, code: string, text: string): string {
  const head = `Cannot reach the Docker engine at "${address.url}" (${address.origin})`;
  switch (code) {
    case 'ENOENT':
      return `${head}: there is no such socket. Start Docker, or set DOCKER_HOST or a Docker context to where it runs`;
    case 'ECONNREFUSED':
      return `${head}: connection refused. Start Docker, or set DOCKER_HOST or a Docker context to where it runs`;
    case 'EACCES':
    case 'EPERM':
      return `${head}: permission denied. Run as a user of the group "docker" (sudo usermod -aG docker $USER, then log in again)`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${head}: the host's name is not known. Check ${address.origin}`;
    default:
      return `${head}: ${text || code || 'no answer'}. Start Docker, or set DOCKER_HOST or a Docker context to where it runs`;
  }
}

function engineWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\(HTTP code \d+\) [^-]* - /, '').trim();
}

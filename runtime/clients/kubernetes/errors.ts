/** The cluster could not be asked: no connection, no credentials. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** There is no connection now; there may be one in a moment. */
export class ConnectionError extends UnreachableError {}

/** The cluster answered with a refusal. `message` is in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status code. */
  readonly status: number;
  /** Such as `NotFound`, `Conflict`, `Invalid`; empty when the answer had none. */
  readonly reason: string;
  /** When to ask again, in milliseconds from now; `undefined` when the cluster does not say. */
  readonly retryAfterMs: number | undefined;
  constructor(status: number, reason: string, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Reads the `Status` object that the API server answers when it refuses. `retryAfter` is the header, in seconds. */
export function apiError(status: number, body: string, retryAfter?: string): ApiError {
  const retryAfterMs = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : undefined;
  try {
    const parsed = JSON.parse(body) as { message?: unknown; reason?: unknown };
    const message = typeof parsed.message === 'string' ? parsed.message : '';
    const reason = typeof parsed.reason === 'string' ? parsed.reason : '';
    return new ApiError(status, reason, message || `HTTP ${status}`, retryAfterMs);
  } catch {
    return new ApiError(status, '', body.trim() || `HTTP ${status}`, retryAfterMs);
  }
}

export function isApiError(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status;
}

const CONNECTION_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** A request that had no answer, as an error in words. */
export function networkError(error: Error): UnreachableError {
  const { code } = error as NodeJS.ErrnoException;
  const isPassing = CONNECTION_CODES.has(code);
  return new (isPassing ? ConnectionError : UnreachableError)(networkErrorWords(error), { cause: error });
}

/** Whether asking again will most likely be refused again: no right to it, or no such thing. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && [401, 403, 404, 405].includes(error.status);
}

/** What Node's error of a connection means. */
export function networkErrorWords(error: Error): string {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  switch (code) {
    case 'ECONNREFUSED':
      return address === undefined ? 'connection refused' : `connection refused at ${address}:${port}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no such host';
    case 'ETIMEDOUT':
      return 'no answer in time';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was cut';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'no route to it';
    default:
      // An AggregateError of several addresses has no message of its own.
      return error.message || (error instanceof AggregateError ? networkErrorWords(error.errors[0]) : String(code));
  }
}

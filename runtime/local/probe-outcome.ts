/** How one try of a probe ended; `reason` says in words what was wrong, `said` is the last line of a command that passed. */
export type ProbeOutcome =
  | { readonly ok: true; readonly said?: string }
  | { readonly ok: false; readonly reason: string };

export const PASSED: ProbeOutcome = { ok: true };

export function probeFailed(reason: string): ProbeOutcome {
  return { ok: false, reason };
}

/** A connection error in words. */
export function connectionProblem(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { readonly errors?: readonly unknown[] };
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
      return 'connection reset';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'unknown host';
    case 'ETIMEDOUT':
      return 'connection timed out';
  }
  // Several addresses of one name were tried.
  const first = errors?.[0];
  return first === undefined ? message : connectionProblem(first);
}

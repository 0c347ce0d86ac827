import { podsPath } from './pod-tracker.ts';

export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly argv: readonly string[];
  /** For its standard input. */
  readonly stdin?: Buffer;
  /** Called with what the program writes, on both of its outputs. */
  readonly onOutput: (text: string) => void;
}

/** How a program in a container ended. */
export type ExecEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** The container has no such program, or it may not be run. */
  | { readonly kind: 'not-found' }
  /** The server does not run it, such as when that is forbidden, or the container is gone. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** The connection broke, or could not be made: nobody knows how far the program came. */
  | { readonly kind: 'lost'; readonly message: string };

/** The path of the request that runs the program. */
export function execPath({ namespace, pod, container, argv, stdin }: ExecRequest): string {
  const query = new URLSearchParams({ container, stdout: 'true', stderr: 'true' });
  if (stdin) query.set('stdin', 'true');
  for (const word of argv) query.append('command', word);
  return `${podsPath(namespace)}/${encodeURIComponent(pod)}/exec?${query}`;
}

export function isLoginRefused(opened: ExecEnd | object): boolean {
  return 'kind' in opened && opened.kind === 'refused' && opened.status === 401;
}

/** Reads the status object that the server sends when the program has ended. */
export function statusEnd(text: string): ExecEnd {
  let status: {
    status?: string;
    message?: string;
    code?: number;
    details?: { causes?: readonly { reason?: string; message?: string }[] };
  };
  try {
    status = JSON.parse(text);
  } catch {
    return { kind: 'lost', message: text };
  }
  if (status.status === 'Success') return { kind: 'exited', code: 0 };
  const message = status.message ?? 'no reason given';
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  // Some runtimes give a program that is not there an exit code, as a shell would.
  const isMissing = /executable file not found|no such file or directory|permission denied/i.test(message);
  if (isMissing && (code === undefined || code === '126' || code === '127' || code === '128'))
    return { kind: 'not-found' };
  if (code !== undefined) return { kind: 'exited', code: Number(code) };
  return { kind: 'refused', status: status.code ?? 500, message };
}

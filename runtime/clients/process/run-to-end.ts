import { type ProcessSpec, startProcess } from './process.ts';

export interface CapturedOutput {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export type RunResult =
  | { readonly ok: true; readonly value: CapturedOutput }
  /** It could not be started, or was stopped (code `ABORT_ERR`). `subject` is the program. */
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly subject: string };
    };

/** Runs a command and keeps its output; `onText` gets it as it comes. A signal that aborts ends the whole tree. */
export async function runToEnd(
  spec: ProcessSpec,
  onText: (text: string, stream: 'stdout' | 'stderr') => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const subject = spec.argv[0] ?? '';
  if (signal.aborted) return aborted(subject);
  const parts = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const child = startProcess(spec, (chunk, stream) => {
    parts[stream].push(chunk);
    onText(decoders[stream].decode(chunk, { stream: true }), stream);
    return undefined;
  });
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort, { once: true });
  const end = await child.ended;
  signal.removeEventListener('abort', abort);
  if (signal.aborted) {
    await child.stop();
    return aborted(subject);
  }
  if (end.kind === 'not-started') {
    const { code, reason } = end.problem;
    return { ok: false, error: { code, message: `Cannot run "${subject}": ${reason}`, subject } };
  }
  const stdout = Buffer.concat(parts.stdout);
  const stderr = Buffer.concat(parts.stderr);
  return end.kind === 'exited'
    ? { ok: true, value: { exitCode: end.code, signal: null, stdout, stderr } }
    : { ok: true, value: { exitCode: null, signal: end.signal, stdout, stderr } };
}

function aborted(subject: string): RunResult {
  return { ok: false, error: { code: 'ABORT_ERR', message: `Running "${subject}" was stopped`, subject } };
}

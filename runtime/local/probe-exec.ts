import { commandText } from '../../stdlib/model/command-text.ts';
import type { ProbeAction } from '../../stdlib/model/probe.ts';
import { startProcess } from '../clients/process/process.ts';
import { PASSED, type ProbeOutcome, probeFailed } from './probe-outcome.ts';

/** Where a server runs; its probe's command runs there too. */
export interface ProbePlace {
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How much of a probe's output is kept to say why it failed, in bytes. */
const KEPT = 4096;
/** A probe is not worth waiting for. */
const GRACE_MS = 100;

/** Runs the command once; exit code 0 is ready. */
export async function probeExec(
  { command }: Extract<ProbeAction, { kind: 'exec' }>,
  place: ProbePlace,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  let output = Buffer.alloc(0);
  const child = startProcess(
    { argv: command, ...place },
    (chunk) => {
      output = Buffer.concat([output, chunk]).subarray(-KEPT);
      return undefined;
    },
    GRACE_MS,
  );
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort, { once: true });
  const end = await child.ended;
  signal.removeEventListener('abort', abort);
  if (signal.aborted) await child.stop();
  const said = output.toString('utf8').trim().split('\n').at(-1) ?? '';
  if (end.kind === 'exited' && end.code === 0) return said === '' ? PASSED : { ok: true, said };
  const how =
    end.kind === 'not-started'
      ? `cannot be run: ${end.problem.reason}`
      : end.kind === 'exited'
        ? `exit code ${end.code}`
        : `ended by signal ${end.signal}`;
  return probeFailed(said === '' ? `"${commandText({ argv: command })}": ${how}` : `${said} (${how})`);
}

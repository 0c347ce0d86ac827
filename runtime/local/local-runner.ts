import type { Command } from '../../stdlib/model/command.ts';
import { commandText } from '../../stdlib/model/command-text.ts';
import type { Probe } from '../../stdlib/model/probe.ts';
import { shortCommand } from '../../stdlib/model/short-command.ts';
import { environmentOf } from '../clients/process/environment.ts';
import { DEFAULT_GRACE_MS, type ProcessEnd, startProcess } from '../clients/process/process.ts';
import { endAllGroups } from '../clients/process/process-group.ts';
import { StreamText } from '../clients/process/stream-text.ts';
import type { LocalRunner, Output, Running, ServerListener } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { followProbe } from './probe-loop.ts';
import { askedLater, isTaken, localPort } from './taken-port.ts';

export interface LocalRunnerOptions {
  /** What commands inherit, before their own variables; by default what this program inherited. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** How long commands may take to end after SIGTERM. Default 2 s. */
  readonly graceMs?: number;
}

export function createLocalRunner(options: LocalRunnerOptions = {}): LocalRunner {
  return new ProcessRunner(options);
}

/** Runs local commands and servers as processes of this machine. */
class ProcessRunner implements LocalRunner {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #graceMs: number;

  constructor({ environment = process.env, graceMs = DEFAULT_GRACE_MS }: LocalRunnerOptions) {
    // A copy: reading `process.env` itself is slow.
    this.#environment = { ...environment };
    this.#graceMs = graceMs;
  }

  async runCommand(
    command: Command,
    output: Output,
    signal: AbortSignal,
    started?: (pid: number) => void,
  ): Promise<Result<void>> {
    const stopped = `Command "${shortCommand(command)}" was stopped`;
    const cancelled = { ok: false, failure: failure('cancelled', stopped) } as const;
    if (signal.aborted) return cancelled;
    output.write(`Running cmd: ${commandText(command)}\n`);
    const streams = new StreamText(output);
    const child = startProcess(this.#spec(command), streams.sink, this.#graceMs);
    if (child.pid !== undefined) started?.(child.pid);
    const abort = () => void child.stop();
    signal.addEventListener('abort', abort, { once: true });
    const end = await child.ended;
    signal.removeEventListener('abort', abort);
    if (signal.aborted) await child.stop();
    streams.end();
    if (signal.aborted) return cancelled;
    if (end.kind === 'exited' && end.code === 0) return { ok: true, value: undefined };
    return { ok: false, failure: commandFailure(command, end) };
  }

  startServer(command: Command, probe: Probe | undefined, output: Output, listener: ServerListener): Running {
    const port = probe && localPort(probe);
    if (probe === undefined || port === undefined) return this.#serve(command, probe, output, listener);
    let stopped = false;
    const serving = isTaken(port).then((taken) => {
      if (stopped) return undefined;
      if (taken)
        output.write(
          `Port ${port} is in use before the server starts: its probe waits a second, lest another program answers it\n`,
          'warn',
        );
      return this.#serve(command, taken ? askedLater(probe) : probe, output, listener);
    });
    return {
      stop: async () => {
        stopped = true;
        await (await serving)?.stop();
      },
    };
  }

  #serve(command: Command, probe: Probe | undefined, output: Output, listener: ServerListener): Running {
    output.write(`Running cmd: ${commandText(command)}\n`);
    const streams = new StreamText(output);
    const child = startProcess({ ...this.#spec(command), ownsDaemons: true }, streams.sink, this.#graceMs);
    let stopped = false;
    let probing: Running | undefined;
    if (child.pid !== undefined) {
      listener.started(child.pid);
      if (probe === undefined) listener.readiness(true, '');
      else {
        const { env, dir } = this.#spec(command);
        probing = followProbe(probe, { env, dir }, output, (ready, reason) => {
          if (!stopped) listener.readiness(ready, reason);
        });
      }
    }
    const over = child.ended.then(async (end) => {
      streams.end();
      await probing?.stop();
      if (stopped) return;
      listener.exited(serverFailure(command, end), end.kind === 'exited' ? end.code : null);
    });
    return {
      stop: async () => {
        stopped = true;
        await Promise.all([probing?.stop(), child.stop()]);
        await over;
      },
    };
  }

  async end(): Promise<void> {
    await endAllGroups(this.#graceMs);
  }

  #spec(command: Command) {
    return { argv: command.argv, dir: command.dir, env: environmentOf(this.#environment, command.env) };
  }
}

function commandFailure(command: Command, end: ProcessEnd): Failure {
  if (end.kind === 'not-started') return failure('command', notStarted(command, end.problem.reason));
  return failure('command', `Command "${shortCommand(command)}" failed: ${howItEnded(end)}`);
}

function serverFailure(command: Command, end: ProcessEnd): Failure {
  switch (end.kind) {
    case 'not-started':
      return failure('server', notStarted(command, end.problem.reason));
    case 'exited':
      return failure('server', `Server "${shortCommand(command)}" exited with exit code ${end.code}`);
    case 'signaled':
      return failure('server', `Server "${shortCommand(command)}" was ended by signal ${end.signal}`);
  }
}

function notStarted(command: Command, reason: string): string {
  return `Cannot run "${command.argv[0] ?? ''}": ${reason}`;
}

function howItEnded(end: Exclude<ProcessEnd, { kind: 'not-started' }>): string {
  return end.kind === 'exited' ? `exit status ${end.code}` : `ended by signal ${end.signal}`;
}

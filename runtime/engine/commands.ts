import { type SessionEvent, TILTFILE_ID } from '../state/event.ts';
import type { State } from '../state/state.ts';
import { type PlannedCommand, plannedCommands } from './command-plan.ts';
import type { Running } from './ports.ts';
import type { SessionOptions, SessionPorts } from './session.ts';
import { Slot } from './slot.ts';

/** Keeps the commands of the API running as the state says. */
export class Commands {
  readonly #ports: Pick<SessionPorts, 'clock' | 'local'>;
  readonly #options: SessionOptions;
  readonly #dispatch: (event: SessionEvent) => void;
  readonly #slots = new Map<string, Slot>();
  #followed: Pick<State, 'api' | 'resources' | 'graph'> | undefined;

  constructor(ports: SessionPorts, options: SessionOptions, dispatch: (event: SessionEvent) => void) {
    this.#ports = ports;
    this.#options = options;
    this.#dispatch = dispatch;
  }

  follow(state: State): void {
    const before = this.#followed;
    // Whether resources are enabled may switch commands off.
    if (before?.api.objects === state.api.objects && before.api.clicks === state.api.clicks) {
      if (before.api.watches === state.api.watches && before.graph === state.graph) return;
    }
    this.#followed = state;
    const planned = new Map(plannedCommands(state).map((plan) => [plan.name, plan]));
    for (const [name, slot] of this.#slots) if (!planned.has(name)) void slot.clear();
    for (const plan of planned.values()) {
      const slot = this.#slots.get(plan.name) ?? new Slot();
      this.#slots.set(plan.name, slot);
      slot.want(plan.run, () => this.#start(plan));
    }
  }

  async dropAll(): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.clear()));
  }

  #start({ name, run, command, probe, resource }: PlannedCommand): Running {
    // Lines of the Tiltfile have no resource in the log.
    const where =
      resource === TILTFILE_ID
        ? ({ resource: '', source: 'tiltfile' } as const)
        : ({ resource, source: 'runtime' } as const);
    const output = this.#options.log.open({ ...where, span: `cmd:${name}` });
    const dir = command.dir === '' ? (this.#options.folder ?? process.cwd()) : command.dir;
    const of = () => ({ at: this.#ports.clock.now(), command: name, run });
    let isOver = false;
    const running = this.#ports.local.startServer({ ...command, dir }, probe, output, {
      started: (pid) => this.#dispatch({ kind: 'command-started', ...of(), pid }),
      readiness: (ready) => this.#dispatch({ kind: 'command-readiness', ...of(), ready }),
      exited: ({ message }, exitCode) => {
        isOver = true;
        const failed = exitCode !== 0;
        if (failed) output.write(`${message.replace(/^Server "/, `Command "`)}\n`, 'error');
        output.end();
        const reason = failed ? message : '';
        this.#dispatch({ kind: 'command-ended', ...of(), exitCode: exitCode ?? 1, reason });
      },
    });
    return {
      stop: async () => {
        await running.stop();
        output.end();
        if (!isOver) this.#dispatch({ kind: 'command-ended', ...of(), exitCode: 137, reason: 'stopped' });
      },
    };
  }
}

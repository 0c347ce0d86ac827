import { ExitCode, type ExitOutcome, type ExitReason } from '../../runtime/engine/exit-decision.ts';
import type { RunReport } from '../../runtime/report/report-schema.ts';
import { runReport } from '../../runtime/report/run-report.ts';
import { EMPTY_TIMELINE, recordEvents, type Timeline } from '../../runtime/report/timeline.ts';
import type { SessionEvent } from '../../runtime/state/event.ts';
import { createLogStore, type LogStore } from '../../runtime/state/log-store.ts';
import { Replay } from './replay.ts';

/** When such a session starts: a real date, since reports show it. */
export const START = Date.UTC(2030, 0, 2, 3, 4, 5);

/** A session by hand that is recorded as reports need it. */
export class RecordedReplay extends Replay {
  timeline: Timeline = EMPTY_TIMELINE;
  readonly log: LogStore = createLogStore({ now: () => this.now });

  constructor() {
    super(START);
  }

  override event(event: Parameters<Replay['event']>[0]): this {
    super.event(event);
    this.timeline = recordEvents(this.timeline, this.state, [{ at: this.now, ...event } as SessionEvent]);
    return this;
  }

  /** Lines of a resource's log. */
  say(resource: string, source: 'build' | 'runtime', ...lines: readonly string[]): this {
    const writer = this.log.open({ resource, source, span: `${source}:${resource}` });
    for (const line of lines) writer.write(`${line}\n`);
    return this;
  }

  /** A step of the update that runs, from now on for this long. */
  step(resource: string, stepKind: 'command' | 'build' | 'push' | 'load' | 'deploy', title: string, ms: number): this {
    const { update } = this.row(resource);
    if (update.kind !== 'running') throw new Error(`${resource} does not update`);
    const of = { resource, update: update.update, step: update.steps.length };
    this.event({ kind: 'step-began', ...of, stepKind, title });
    return this.wait(ms).event({ kind: 'step-ended', ...of });
  }

  /** The report of a session that ends now. */
  report(outcome: Partial<ExitOutcome> & { readonly reasons?: readonly ExitReason[] } = {}): RunReport {
    return runReport({
      version: '1.2.3',
      mode: 'ci',
      endedAt: this.now,
      state: this.state,
      timeline: this.timeline,
      outcome: { kind: 'exit', code: ExitCode.ok, message: 'SUCCESS', reasons: [], ...outcome },
      tail: (resource, count) => this.log.tail(resource, count),
      scrub: (text) => this.log.scrub(text),
    });
  }
}

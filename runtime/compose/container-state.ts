/** A container as its engine describes it. */
export interface ContainerState {
  readonly id: string;
  /** Such as `shop-web-1`. */
  readonly name: string;
  /** Its number among the containers of its service, from 1. */
  readonly number: string;
  readonly status: string;
  readonly exitCode: number;
  /** Why the engine could not start it; empty otherwise. */
  readonly error: string;
  readonly outOfMemory: boolean;
  /** As the engine writes times; the zero time when it was never started. */
  readonly startedAt: string;
  /** When its last run ended; the zero time when none has. */
  readonly finishedAt: string;
  readonly restarts: number;
  readonly health: ContainerHealth | undefined;
  /** It has a terminal: its log is one plain stream. */
  readonly hasTerminal: boolean;
}

export interface ContainerHealth {
  readonly status: string;
  /** Failed checks in a row. */
  readonly failures: number;
  /** What the newest check printed. */
  readonly output: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the answer of `GET /containers/…/json`. */
export function containerState(answer: unknown): ContainerState {
  const container = fields(answer);
  const state = fields(container.State);
  const config = fields(container.Config);
  const { Health } = state;
  return {
    id: text(container.Id),
    name: text(container.Name).replace(/^\//, ''),
    number: text(fields(config.Labels)['com.docker.compose.container-number']),
    status: text(state.Status),
    exitCode: number(state.ExitCode),
    error: text(state.Error),
    outOfMemory: state.OOMKilled === true,
    startedAt: text(state.StartedAt),
    finishedAt: text(state.FinishedAt),
    restarts: number(container.RestartCount),
    health: Health === undefined || Health === null ? undefined : healthOf(fields(Health)),
    hasTerminal: config.Tty === true,
  };
}

function healthOf(health: Fields): ContainerHealth | undefined {
  const status = text(health.Status);
  if (status === '' || status === 'none') return undefined;
  const checks = Array.isArray(health.Log) ? health.Log : [];
  return { status, failures: number(health.FailingStreak), output: text(fields(checks.at(-1)).Output) };
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

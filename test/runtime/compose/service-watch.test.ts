import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { ContainerEvents } from '../../../runtime/clients/docker/container-events.ts';
import type { DockerEngine, EngineMessage } from '../../../runtime/clients/docker/docker-engine.ts';
import type { EngineResult } from '../../../runtime/clients/docker/engine-problem.ts';
import { ContainerMemory } from '../../../runtime/compose/container-memory.ts';
import { watchService } from '../../../runtime/compose/service-watch.ts';
import { failure, type Result } from '../../../runtime/state/failure.ts';
import type { WorkloadReport } from '../../../runtime/state/workload.ts';
import { compose } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

type State = Readonly<Record<string, unknown>>;

/** An engine with one container, whose state the test sets; its events are those that the test sends. */
class FakeEngine implements DockerEngine {
  readonly address = { url: 'unix:///none', origin: 'test', endpoint: { kind: 'socket', path: '/none' } } as const;
  hasAnswered = (): boolean => true;
  state: State = { Status: 'running', StartedAt: 't1', Health: { Status: 'starting' } };
  lines: readonly string[] = [];
  looks = 0;
  connections = 0;
  readonly #logs: Readable[] = [];
  #connection: { readonly tell: (message: EngineMessage) => void; readonly end: () => void } | undefined;

  isSilent = false;

  async call({ path }: { readonly path: string }): Promise<EngineResult<unknown>> {
    if (this.isSilent) return { ok: false, problem: { kind: 'unreachable', message: 'the engine went away' } };
    if (path === '/containers/json') return { ok: true, value: [{ Id: 'c1' }] } as const;
    this.looks++;
    return { ok: true, value: { Id: 'c1', Name: '/shop-web-1', State: this.state, Config: { Tty: true } } } as const;
  }

  stream(call: { readonly signal?: AbortSignal }, _body: unknown, tell: (message: EngineMessage) => void) {
    this.connections++;
    return new Promise<{ readonly ok: true; readonly value: undefined }>((resolve) => {
      const end = () => resolve({ ok: true, value: undefined });
      this.#connection = { tell, end };
      call.signal?.addEventListener('abort', end, { once: true });
    });
  }

  async read({ signal }: { readonly signal?: AbortSignal }) {
    const log = new Readable({ read() {}, ...(signal && { signal }) });
    for (const line of this.lines) log.push(Buffer.from(line));
    if (this.state.Status !== 'running') log.push(null);
    this.#logs.push(log);
    return { ok: true, value: log } as const;
  }

  upgrade(): never {
    throw new Error('not needed');
  }

  /** Sets the container's state and tells of it. */
  becomes(state: State): void {
    this.state = state;
    if (state.Status !== 'running') for (const log of this.#logs.splice(0)) log.push(null);
    const Attributes = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    this.#connection?.tell({ Action: 'x', Actor: { Attributes } });
  }

  disconnect(): void {
    this.#connection?.end();
  }
}

function rig(
  t: TestContext,
  engine: FakeEngine,
  connection: () => Result<DockerEngine> = () => ({ ok: true, value: engine }),
) {
  const reports: WorkloadReport[] = [];
  const logged: string[] = [];
  let isUpdating = false;
  const events = new ContainerEvents(async () => {
    const connected = connection();
    return connected.ok ? connected.value : undefined;
  });
  const parts = {
    engine: async () => connection(),
    events,
    memory: new ContainerMemory(),
    isUpdating: () => isUpdating,
    patienceMs: 100,
  };
  const running = watchService(compose('web'), parts, {
    service: (report) => reports.push(report),
    log: (_id, _container, text) => logged.push(text),
  });
  t.after(() => running.stop());
  return {
    events,
    logged,
    running,
    updating: (is: boolean) => {
      isUpdating = is;
    },
    statuses: () => reports.map(({ state }) => state.status).join(' '),
    reports,
  };
}

test('a container is followed through its events', async (t) => {
  const engine = new FakeEngine();
  const { statuses } = rig(t, engine);
  await pollUntil(() => statuses() === 'pending');
  engine.becomes({ ...engine.state, Health: { Status: 'healthy' } });
  await pollUntil(() => statuses() === 'pending ready');
  engine.becomes({ Status: 'exited', ExitCode: 2, StartedAt: 't1' });
  await pollUntil(() => statuses() === 'pending ready failed');
});

test('the last lines come before the report of the end', async (t) => {
  const engine = new FakeEngine();
  engine.state = { Status: 'exited', ExitCode: 2, StartedAt: 't1' };
  engine.lines = ['2026-01-01T00:00:00Z the reason\n'];
  const { reports, logged } = rig(t, engine);
  await pollUntil(() => reports.length > 0);
  assert.deepEqual(logged, ['the reason']);
});

test('what happens while a connection is broken is seen when there is one again', async (t) => {
  const engine = new FakeEngine();
  const { statuses } = rig(t, engine);
  // Once at the start, and once when the connection stands.
  await pollUntil(() => engine.looks === 2);
  engine.disconnect();
  engine.state = { ...engine.state, Health: { Status: 'healthy' } };
  await pollUntil(() => statuses() === 'pending ready');
  assert.equal(engine.connections, 2);
});

test('an engine that does not answer is a failure that may heal', async (t) => {
  const engine = new FakeEngine();
  let connected: Result<DockerEngine> = { ok: false, failure: failure('docker-unreachable', 'no engine') };
  const { statuses, reports } = rig(t, engine, () => connected);
  await pollUntil(() => statuses() === 'failed');
  const [first] = reports;
  assert.ok(first?.state.status === 'failed' && first.state.mayHeal);
  connected = { ok: true, value: engine };
  await pollUntil(() => statuses() === 'failed pending');
});

test('an engine that goes away is a failure after a while', async (t) => {
  const engine = new FakeEngine();
  const { statuses, reports } = rig(t, engine);
  await pollUntil(() => statuses() === 'pending');
  engine.isSilent = true;
  engine.disconnect();
  await pollUntil(() => statuses() === 'pending failed');
  const { state } = reports[1] ?? assert.fail();
  assert.ok(state.status === 'failed' && state.failure.kind === 'docker-unreachable' && state.mayHeal);
  engine.isSilent = false;
  await pollUntil(() => statuses() === 'pending failed pending');
});

test('while the service is updated, the watch looks away', async (t) => {
  const engine = new FakeEngine();
  const { statuses, updating, events } = rig(t, engine);
  await pollUntil(() => engine.connections === 1 && statuses() === 'pending');
  updating(true);
  const { looks } = engine;
  engine.becomes({ Status: 'exited', ExitCode: 137, StartedAt: 't1' });
  await pollUntil(() => engine.looks > looks);
  engine.state = { Status: 'running', StartedAt: 't2', Health: { Status: 'healthy' } };
  updating(false);
  events.tell({ project: 'shop', service: 'web' });
  await pollUntil(() => statuses() === 'pending ready');
});

test('a watch that was stopped says nothing more', async (t) => {
  const engine = new FakeEngine();
  const { statuses, running } = rig(t, engine);
  await pollUntil(() => engine.connections === 1 && statuses() === 'pending');
  await running.stop();
  engine.becomes({ ...engine.state, Health: { Status: 'healthy' } });
  await new Promise(setImmediate);
  assert.equal(statuses(), 'pending');
});

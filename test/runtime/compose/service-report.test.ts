import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ContainerState, containerState } from '../../../runtime/compose/container-state.ts';
import { serviceReport } from '../../../runtime/compose/service-report.ts';

const POSITION = { file: '/p/Tiltfile.js', line: 1, column: 1 };

function container(more: Partial<ContainerState> = {}): ContainerState {
  return {
    id: 'c1',
    name: 'shop-web-1',
    number: '1',
    status: 'running',
    exitCode: 0,
    error: '',
    outOfMemory: false,
    startedAt: '2026-01-01T00:00:00.000000000Z',
    finishedAt: '0001-01-01T00:00:00Z',
    restarts: 0,
    health: undefined,
    hasTerminal: false,
    ...more,
  };
}

/** What the containers come to, in words. */
function outcome(containers: readonly Partial<ContainerState>[], hasSettled = true, replicas = 1): string {
  const { state } = serviceReport(containers.map(container), () => hasSettled, { position: POSITION, replicas });
  switch (state.status) {
    case 'pending':
      return `pending: ${state.reason}`;
    case 'failed':
      return `failed${state.mayHeal ? ' for now' : ''}: ${state.failure.message}`;
    default:
      return state.status;
  }
}

const health = (status: string, failures = 0, output = '') => ({ status, failures, output });

for (const [what, containers, expected] of [
  ['a container that runs', [{}], 'ready'],
  ['a container that is well', [{ health: health('healthy') }], 'ready'],
  ['a container that starts', [{ health: health('starting') }], 'pending: waits for its health check'],
  [
    'a container that is not well',
    [{ health: health('unhealthy', 3, 'GET /\nconnection refused\n') }],
    'failed for now: Container "shop-web-1" is unhealthy: its health check failed 3 times in a row: connection refused',
  ],
  [
    'a container whose check says nothing',
    [{ health: health('unhealthy', 1) }],
    'failed for now: Container "shop-web-1" is unhealthy: its health check failed once',
  ],
  ['a container that ended well', [{ status: 'exited' }], 'succeeded'],
  [
    'a container that ended badly',
    [{ status: 'exited', exitCode: 3 }],
    'failed: Container "shop-web-1" exited with exit code 3',
  ],
  [
    'a container that was killed',
    [{ status: 'exited', exitCode: 137 }],
    'failed: Container "shop-web-1" exited with exit code 137 (SIGKILL)',
  ],
  [
    'a container without enough memory',
    [{ status: 'exited', exitCode: 137, outOfMemory: true }],
    'failed: Container "shop-web-1" exited with exit code 137 (out of memory)',
  ],
  [
    'a container that cannot be started',
    [{ status: 'created', error: 'no such program' }],
    'failed: Container "shop-web-1" cannot start: no such program',
  ],
  [
    'a container that crashes again and again',
    [{ status: 'restarting', exitCode: 7 }],
    'failed for now: Container "shop-web-1" exited with exit code 7 and is being restarted',
  ],
  ['a container that ends well and is started again', [{ status: 'restarting' }], 'pending: restarting'],
  ['a container that is paused', [{ status: 'paused' }], 'pending: paused'],
  ['no container', [], 'pending: it has no container'],
  [
    'one of two that failed',
    [{}, { name: 'shop-web-2', status: 'exited', exitCode: 1 }],
    'failed: Container "shop-web-2" exited with exit code 1',
  ],
  ['one of two that is still starting', [{}, { health: health('starting') }], 'pending: waits for its health check'],
  ['one of two that has ended well', [{ status: 'exited' }, {}], 'ready'],
] as const) {
  test(`${what}: ${expected}`, () => assert.equal(outcome(containers), expected));
}

test('a container without a health check has to run for a while', () => {
  assert.equal(outcome([{}], false), 'pending: started');
  assert.equal(outcome([{ health: health('healthy') }], false), 'ready');
});

test('a service has as many containers as it says', () => {
  assert.equal(outcome([{}], true, 2), 'pending: 1 of 2 containers');
  assert.equal(
    outcome([{ status: 'exited', exitCode: 1 }], true, 2),
    'failed: Container "shop-web-1" exited with exit code 1',
  );
  assert.equal(outcome([], true, 0), 'succeeded');
});

test('the report shows the container that decides', () => {
  const containers = [container(), container({ name: 'shop-web-2', status: 'restarting', exitCode: 1, restarts: 4 })];
  const { podName, podStatus, restarts } = serviceReport(containers, () => true, { position: POSITION, replicas: 2 });
  assert.deepEqual([podName, podStatus, restarts], ['shop-web-2', 'restarting', 4]);
});

test('what the engine answers is read', () => {
  const state = containerState({
    Id: 'abc',
    Name: '/shop-web-2',
    RestartCount: 1,
    Config: { Tty: true, Labels: { 'com.docker.compose.container-number': '2' } },
    State: {
      Status: 'running',
      ExitCode: 0,
      OOMKilled: false,
      Error: '',
      StartedAt: '2026-01-01T00:00:00.5Z',
      FinishedAt: '0001-01-01T00:00:00Z',
      Health: { Status: 'unhealthy', FailingStreak: 2, Log: [{ Output: 'first' }, { Output: 'last' }] },
    },
  });
  assert.deepEqual(state, {
    id: 'abc',
    name: 'shop-web-2',
    number: '2',
    status: 'running',
    exitCode: 0,
    error: '',
    outOfMemory: false,
    startedAt: '2026-01-01T00:00:00.5Z',
    finishedAt: '0001-01-01T00:00:00Z',
    restarts: 1,
    health: { status: 'unhealthy', failures: 2, output: 'last' },
    hasTerminal: true,
  });
  assert.equal(containerState({ State: { Health: { Status: 'none' } } }).health, undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideExit } from '../../../runtime/engine/exit.ts';
import { type Failure, failure } from '../../../runtime/state/failure.ts';
import { initialState, reduce } from '../../../runtime/state/reduce.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import type { CiSettings } from '../../../stdlib/model/settings.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const LIMITS = { timeoutMs: 100_000, readinessTimeoutMs: 10_000, k8sGracePeriodMs: 0 };
const MANUAL = { onChange: true, atStart: false };
const serve = shell('serve');
const PROBE = { action: { kind: 'exec', command: ['true'] } } as const;
const PORT = { localPort: 8000, containerPort: 80, host: '', name: '', linkPath: '' };

interface Case {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly ci?: Partial<CiSettings>;
  readonly happens?: (session: Replay) => void;
  /** The code and the message, or when to look again. */
  readonly is: readonly [number, string | RegExp] | number | undefined;
  /** All that is wrong, `resource: message`. */
  readonly reasons?: readonly string[];
}

/** Starts and ends all updates that can run. */
function up(session: Replay): Replay {
  for (;;) {
    const started = session.start();
    if (started.length === 0) return session;
    for (const name of started) session.succeed(name);
  }
}

function broken(mayHeal: boolean): { status: 'failed'; failure: Failure; mayHeal: boolean } {
  return { status: 'failed', failure: failure('workload', 'Pod "web-1": container web crashes'), mayHeal };
}

const cases: readonly Case[] = [
  { name: 'nothing has run yet', resources: [local('a')], is: 100_000 },
  {
    name: 'all commands are through',
    resources: [local('a'), local('b')],
    happens: up,
    is: [0, 'SUCCESS. All workloads are healthy.'],
  },
  { name: 'no resources', resources: [], is: [5, /^No resources found\./] },
  { name: 'what nobody starts does not count', resources: [local('a', { trigger: MANUAL })], is: [0, /SUCCESS/] },
  {
    name: 'what nobody starts counts once it was started',
    resources: [local('a', { trigger: MANUAL })],
    happens: (session) => session.change('a', '/x'),
    is: 100_000,
  },
  {
    name: 'a command failed while another one runs',
    resources: [local('a', { allowParallel: true }), local('b', { allowParallel: true })],
    happens: (session) => {
      session.start();
      session.fail('b', failure('command', 'Command "make" failed: exit status 2'));
    },
    is: [1, 'b: Command "make" failed: exit status 2'],
  },
  {
    name: 'two failed',
    resources: [local('a', { allowParallel: true }), local('b', { allowParallel: true })],
    happens: (session) => {
      session.start();
      session.fail('b', failure('command', 'no')).fail('a', failure('command', 'no'));
    },
    is: [1, 'a: no (and 1 more)'],
  },
  {
    name: 'a server that has not started yet',
    resources: [local('a', { serve })],
    happens: (session) => up(session.wait(7)),
    is: 10_007,
  },
  {
    name: 'a server whose probe says that it is ready',
    resources: [local('a', { serve, readinessProbe: PROBE })],
    happens: (session) => up(session).ready('a'),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a server without a probe that has just started',
    resources: [local('a', { serve }), local('b')],
    happens: (session) => up(session.wait(7)).ready('a'),
    is: 1_007,
  },
  {
    name: 'a server without a probe that has run for a while',
    resources: [local('a', { serve }), local('b')],
    happens: (session) => up(session).ready('a').wait(1_000),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a server that ended',
    resources: [local('a', { serve })],
    happens: (session) => up(session).ready('a').crash('a', 0),
    is: [1, 'Server "a" exited with exit code 0'],
  },
  {
    name: 'a server that had its time',
    resources: [local('a', { serve })],
    happens: (session) => up(session).ready('a', false, 'HTTP 503 from http://localhost:1/').wait(10_000),
    is: [3, 'Readiness timeout after 10s: "a" is not ready: HTTP 503 from http://localhost:1/'],
  },
  {
    name: 'a server that was ready gets its time anew',
    resources: [local('a', { serve })],
    happens: (session) => up(session).wait(4000).ready('a').wait(3000).ready('a', false, 'x').wait(9999),
    is: 17_000,
  },
  {
    name: 'a workload that waits has its time, too',
    resources: [kubernetes('web')],
    happens: (session) => up(session).workload('web', { status: 'pending', reason: 'no node fits' }).wait(10_000),
    is: [3, 'Readiness timeout after 10s: "web" is not ready: no node fits'],
  },
  {
    name: 'what runs to its end may take longer',
    resources: [kubernetes('job', { podReadiness: 'succeeded' })],
    happens: (session) => up(session).workload('job', { status: 'ready' }).wait(50_000),
    is: 100_000,
  },
  {
    name: 'a job that ended well',
    resources: [kubernetes('job', { podReadiness: 'succeeded' })],
    happens: (session) => up(session).workload('job', { status: 'succeeded' }),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a workload that nobody waits for',
    resources: [kubernetes('web', { podReadiness: 'ignore' })],
    happens: up,
    is: [0, /SUCCESS/],
  },
  {
    name: 'a workload that crashes, without grace',
    resources: [kubernetes('web')],
    happens: (session) => up(session).workload('web', broken(true)),
    is: [1, 'web: Pod "web-1": container web crashes'],
  },
  {
    name: 'a workload that crashes, within the grace period',
    resources: [kubernetes('web')],
    ci: { k8sGracePeriodMs: 5000 },
    happens: (session) => up(session).workload('web', broken(true)).wait(4999),
    is: 5000,
  },
  {
    name: 'a workload that crashes, after the grace period',
    resources: [kubernetes('web')],
    ci: { k8sGracePeriodMs: 5000 },
    happens: (session) => up(session).workload('web', broken(true)).wait(5000),
    is: [1, /^web: Pod/],
  },
  {
    name: 'a workload that cannot heal gets no grace',
    resources: [kubernetes('web')],
    ci: { k8sGracePeriodMs: 5000 },
    happens: (session) => up(session).workload('web', broken(false)),
    is: [1, /^web: Pod/],
  },
  {
    name: 'the whole session took too long',
    resources: [
      local('slow', { allowParallel: true }),
      local('late', { resourceDeps: ['slow'] }),
      local('srv', { update: undefined, serve, allowParallel: true }),
    ],
    ci: { timeoutMs: 5000 },
    happens: (session) => {
      session.start();
      session.succeed('srv').ready('srv', false, 'connection refused').wait(5000);
    },
    is: [3, 'Timeout after 5s: 3 resources are not finished'],
    reasons: ['slow: its update runs', 'late: waits for slow', 'srv: not ready: connection refused'],
  },
  {
    name: 'Docker does not answer',
    resources: [kubernetes('web'), local('a')],
    happens: (session) => {
      session.start();
      session.fail('web', failure('docker-unreachable', 'Cannot reach Docker'));
    },
    is: [4, 'web: Cannot reach Docker'],
  },
  {
    name: 'the cluster does not answer',
    resources: [kubernetes('web')],
    happens: (session) =>
      session.event({ kind: 'cluster-failed', failure: failure('cluster-unreachable', 'Cannot reach the cluster') }),
    is: [4, 'Cannot reach the cluster'],
  },
  {
    name: 'the cluster is not allowed',
    resources: [kubernetes('web')],
    happens: (session) => session.event({ kind: 'cluster-failed', failure: failure('cluster-refused', 'Stop!') }),
    is: [5, 'Stop!'],
  },
  {
    name: 'a port that others need is taken',
    resources: [kubernetes('web', { portForwards: [PORT] }), local('check', { resourceDeps: ['web'] })],
    happens: (session) =>
      up(session)
        .workload('web', { status: 'ready' })
        .event({ kind: 'forward-failed', resource: 'web', forward: 0, message: 'Cannot forward port 8000' }),
    is: [1, 'web: Cannot forward port 8000'],
  },
  {
    name: 'a port that nobody needs is taken',
    resources: [kubernetes('web', { portForwards: [PORT] })],
    happens: (session) =>
      up(session)
        .workload('web', { status: 'ready' })
        .event({ kind: 'forward-failed', resource: 'web', forward: 0, message: 'Cannot forward port 8000' }),
    is: [0, /SUCCESS/],
  },
  {
    name: 'it was stopped',
    resources: [local('a')],
    happens: (session) => session.event({ kind: 'stop-requested', signal: 'SIGINT' }),
    is: [130, 'Stopped by SIGINT'],
  },
];

for (const { name, resources, ci, happens, is, reasons } of cases) {
  test(`exit: ${name}`, () => {
    const session = new Replay().load(graph(resources, { ci: { ...LIMITS, ...ci } })).connect();
    happens?.(session);
    const decision = decideExit(session.state, session.now);
    if (typeof is !== 'object') {
      assert.deepEqual(decision, { kind: 'go-on', lookAgainAt: is });
      return;
    }
    assert.equal(decision.kind, 'exit');
    if (decision.kind !== 'exit') return;
    const [code, message] = is;
    assert.equal(decision.code, code);
    if (typeof message === 'string') assert.equal(decision.message, message);
    else assert.match(decision.message, message);
    assert.equal(decision.reasons.length === 0, code === 0 || code === 130);
    if (reasons === undefined) return;
    assert.deepEqual(
      decision.reasons.map(({ resource, failure: { message } }) => `${resource}: ${message}`),
      reasons,
    );
  });
}

test('exit: the Tiltfile failed, or is not loaded yet', () => {
  const session = new Replay();
  assert.deepEqual(decideExit(session.state, 0), { kind: 'go-on', lookAgainAt: undefined });
  const failures = [failure('tiltfile', 'x is not defined'), failure('tiltfile', 'y')];
  session.event({ kind: 'tiltfile-load-failed', failures, configFiles: [] });
  const decision = decideExit(session.state, 0);
  assert.ok(decision.kind === 'exit');
  assert.deepEqual([decision.code, decision.message, decision.reasons.length], [5, 'x is not defined', 2]);
});

test('exit: a limit from outside holds while the Tiltfile loads, and wins over the Tiltfile’s', () => {
  const start = initialState(0, 5_000);
  assert.deepEqual(decideExit(start, 4_999), { kind: 'go-on', lookAgainAt: 5_000 });
  const late = decideExit(start, 5_000);
  assert.ok(
    late.kind === 'exit' && late.code === 3 && late.message === 'Timeout after 5s: the Tiltfile is still loading',
  );

  const loaded = reduce(start, { at: 1, kind: 'tiltfile-loaded', graph: graph([local('a')], { ci: LIMITS }) });
  assert.deepEqual(decideExit(loaded, 10), { kind: 'go-on', lookAgainAt: 5_000 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideExit } from '../../../runtime/engine/exit.ts';
import { ciSettingsOf } from '../../../runtime/state/ci-settings.ts';
import { type Failure, failure } from '../../../runtime/state/failure.ts';
import { initialState, reduce } from '../../../runtime/state/reduce.ts';
import type { Resource } from '../../../stdlib/model/resource.ts';
import type { CiSettings } from '../../../stdlib/model/settings.ts';
import { compose, graph, kubernetes, local, shell } from '../../support/graph.ts';
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
  readonly notStarted?: readonly string[];
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
  {
    name: 'it was stopped by whoever runs it',
    resources: [local('a')],
    happens: (session) => session.event({ kind: 'stop-requested', signal: 'SIGTERM' }),
    is: [143, 'Stopped by SIGTERM'],
  },
  {
    name: 'the terminal is gone',
    resources: [local('a')],
    happens: (session) => session.event({ kind: 'stop-requested', signal: 'SIGHUP' }),
    is: [129, 'Stopped by SIGHUP'],
  },

  // Time to settle.
  {
    name: 'a workload that is ready counts at once',
    resources: [kubernetes('web')],
    happens: (session) => up(session).workload('web', { status: 'ready' }),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a workload has to stay ready for as long as it is told',
    resources: [kubernetes('web')],
    ci: { settleMs: 3000 },
    happens: (session) => up(session).wait(5).workload('web', { status: 'ready' }).wait(2999),
    is: 3005,
  },
  {
    name: 'a workload that stayed ready for as long as it was told',
    resources: [kubernetes('web')],
    ci: { settleMs: 3000 },
    happens: (session) => up(session).wait(5).workload('web', { status: 'ready' }).wait(3000),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a restart that nobody saw begins the time to settle anew',
    resources: [kubernetes('web')],
    ci: { settleMs: 3000 },
    happens: (session) =>
      up(session).workload('web', { status: 'ready' }).wait(2900).workload('web', { status: 'ready' }, 1).wait(200),
    is: 5900,
  },
  {
    name: 'a server that was ready, and for a moment was not, settles anew',
    resources: [local('a', { serve, readinessProbe: PROBE })],
    ci: { settleMs: 1000 },
    happens: (session) => up(session).ready('a').wait(900).ready('a', false, 'x').wait(1).ready('a').wait(100),
    is: 1901,
  },
  {
    name: 'who wants no time to settle gets none',
    resources: [local('a', { serve })],
    ci: { settleMs: 0 },
    happens: (session) => up(session).ready('a'),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a Job and what nobody waits for have nothing to settle',
    resources: [
      kubernetes('job', { podReadiness: 'succeeded' }),
      kubernetes('maps', { podReadiness: 'ignore' }),
      compose('migrate', { runsToEnd: true }),
      local('a'),
    ],
    ci: { settleMs: 60_000 },
    happens: (session) =>
      up(session).workload('job', { status: 'succeeded' }).workload('migrate', { status: 'succeeded' }),
    is: [0, /SUCCESS/],
  },

  // Kinds of targets.
  {
    name: 'a Compose service whose check is not content yet',
    resources: [compose('db')],
    happens: (session) => up(session).workload('db', { status: 'pending', reason: 'health: starting' }),
    is: 10_000,
  },
  {
    name: 'a Compose service that is well',
    resources: [compose('db')],
    happens: (session) => up(session).workload('db', { status: 'ready' }),
    is: [0, /SUCCESS/],
  },
  {
    name: 'a Compose service that is to run to its end, and runs',
    resources: [compose('migrate', { runsToEnd: true })],
    happens: (session) => up(session).workload('migrate', { status: 'ready' }).wait(50_000),
    is: 100_000,
  },
  {
    name: 'replicas of which some are not ready',
    resources: [kubernetes('web')],
    happens: (session) => up(session).workload('web', { status: 'pending', reason: '1 of 3 replicas are ready' }),
    is: 10_000,
  },
  {
    name: 'a workload that was ready and is not any more, while another one works',
    resources: [kubernetes('web'), local('slow', { resourceDeps: ['web'] })],
    happens: (session) => {
      up(session).workload('web', { status: 'ready' });
      up(session).workload('web', { status: 'pending', reason: 'restarting' });
    },
    is: 10_000,
  },
  {
    name: 'a resource of a limit of its own',
    resources: [kubernetes('web', { readinessTimeoutMs: 2000 })],
    happens: (session) => up(session).workload('web', { status: 'pending', reason: 'no node fits' }).wait(2000),
    is: [3, 'Readiness timeout after 2s: "web" is not ready: no node fits'],
  },
  {
    name: 'a Job of a limit of its own',
    resources: [kubernetes('job', { podReadiness: 'succeeded', readinessTimeoutMs: 60_000 })],
    happens: (session) => up(session).workload('job', { status: 'ready' }).wait(60_000),
    is: [3, 'Readiness timeout after 1m0s: "job" is not ready: waiting for it to complete'],
  },
  {
    name: 'a command that passed its limit',
    resources: [local('a')],
    happens: (session) => {
      session.start();
      session.fail('a', { ...failure('command', 'Command "x" was stopped: it ran longer than 5s'), timedOut: true });
    },
    is: [3, 'a: Command "x" was stopped: it ran longer than 5s'],
  },
  {
    name: 'what waits for something that nobody starts',
    resources: [
      local('db', { trigger: MANUAL }),
      local('seed', { resourceDeps: ['db'] }),
      local('check', { resourceDeps: ['seed'] }),
      local('other'),
    ],
    happens: up,
    is: [1, '"seed" cannot start: it waits for "db", which nothing starts (it has auto_init=False)'],
    notStarted: ['check'],
  },
  {
    name: 'what waits for something that nobody starts, while others run',
    resources: [local('db', { trigger: MANUAL }), local('seed', { resourceDeps: ['db'] }), local('other')],
    happens: (session) => session.start(),
    is: 100_000,
  },

  // Tries.
  {
    name: 'a command that is tried again',
    resources: [local('a', { retries: 1 })],
    happens: (session) => {
      session.start();
      session.fail('a');
    },
    is: 100_000,
  },
  {
    name: 'a command that failed as often as it may',
    resources: [local('a', { retries: 1 })],
    happens: (session) => {
      session.start();
      session.fail('a').start();
      session.fail('a');
    },
    is: [1, /exit status 1/],
  },
  {
    name: 'a command that went through at its second try',
    resources: [local('a', { retries: 1 })],
    happens: (session) => {
      session.start();
      session.fail('a').start();
      session.succeed('a');
    },
    is: [0, /SUCCESS/],
  },

  // All failures.
  {
    name: 'going on after a failure, while something runs',
    resources: [local('a', { allowParallel: true }), local('b', { allowParallel: true })],
    ci: { keepGoing: true },
    happens: (session) => {
      session.start();
      session.fail('a');
    },
    is: 100_000,
  },
  {
    name: 'going on after a failure, until nothing is left',
    resources: [
      local('a', { allowParallel: true }),
      local('b', { allowParallel: true }),
      local('c', { resourceDeps: ['b'] }),
      local('d', { resourceDeps: ['c'] }),
      local('e', { allowParallel: true }),
    ],
    ci: { keepGoing: true },
    happens: (session) => {
      session.start();
      session.fail('a', failure('command', 'no')).fail('b', failure('command', 'never')).succeed('e');
    },
    is: [1, 'a: no (and 1 more)'],
    reasons: ['a: no', 'b: never'],
    notStarted: ['c', 'd'],
  },
  {
    name: 'going on, a server still has to settle',
    resources: [local('a'), local('b', { update: undefined, serve, allowParallel: true })],
    ci: { keepGoing: true },
    happens: (session) => {
      session.start();
      session.fail('a').succeed('b').ready('b');
    },
    is: 1000,
  },
  {
    name: 'going on, what is late and what has failed are told together',
    resources: [local('a', { allowParallel: true }), kubernetes('web'), local('c', { resourceDeps: ['web'] })],
    ci: { keepGoing: true },
    happens: (session) => {
      session.start();
      session.fail('a', failure('command', 'no')).succeed('web');
      session.workload('web', { status: 'pending', reason: 'no node fits' }).wait(10_000);
    },
    is: [1, 'a: no (and 1 more)'],
    reasons: ['a: no', 'web: Readiness timeout after 10s: "web" is not ready: no node fits'],
    notStarted: ['c'],
  },
  {
    name: 'going on, what may heal has its time',
    resources: [kubernetes('web'), local('a', { allowParallel: true })],
    ci: { keepGoing: true, k8sGracePeriodMs: 5000 },
    happens: (session) => {
      session.start();
      session.succeed('web').fail('a').workload('web', broken(true));
    },
    is: 5000,
  },
  {
    name: 'going on without a cluster, with what needs none',
    resources: [kubernetes('web'), local('a')],
    ci: { keepGoing: true },
    happens: (session) => {
      session.event({ kind: 'cluster-failed', failure: failure('cluster-unreachable', 'Cannot reach the cluster') });
      up(session);
    },
    is: [4, 'Cannot reach the cluster'],
    notStarted: ['web'],
  },
  {
    name: 'going on, only limits passed',
    resources: [kubernetes('web')],
    ci: { keepGoing: true },
    happens: (session) => up(session).workload('web', { status: 'pending', reason: 'x' }).wait(10_000),
    is: [3, /Readiness timeout/],
  },
];

for (const { name, resources, ci, happens, is, reasons, notStarted } of cases) {
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
    assert.equal(decision.reasons.length === 0, code === 0 || code > 128);
    assert.deepEqual(decision.notStarted, notStarted);
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

test('exit: a cluster that could not be made for the Tiltfile is no failure of the Tiltfile', () => {
  const session = new Replay();
  const failures = [failure('cluster-unreachable', 'Cannot create the cluster "x" by kind')];
  session.event({ kind: 'tiltfile-load-failed', failures, configFiles: [] });
  const decision = decideExit(session.state, 0);
  assert.ok(decision.kind === 'exit' && decision.code === 4);
});

test('exit: a limit from outside holds while the Tiltfile loads, and wins over the Tiltfile’s', () => {
  const start = initialState(0, { timeoutMs: 5_000 });
  assert.deepEqual(decideExit(start, 4_999), { kind: 'go-on', lookAgainAt: 5_000 });
  const late = decideExit(start, 5_000);
  assert.ok(
    late.kind === 'exit' && late.code === 3 && late.message === 'Timeout after 5s: the Tiltfile is still loading',
  );

  const loaded = reduce(start, { at: 1, kind: 'tiltfile-loaded', graph: graph([local('a')], { ci: LIMITS }) });
  assert.deepEqual(decideExit(loaded, 10), { kind: 'go-on', lookAgainAt: 5_000 });
});

test('exit: a graph of which nothing was chosen is done', () => {
  const loaded = { ...graph([local('a')]), enabled: [] };
  const decision = decideExit(new Replay().load(loaded).state, 0);
  assert.ok(decision.kind === 'exit' && decision.code === 0 && decision.message.startsWith('Nothing to do'));
});

test('exit: what the command line says wins over the Tiltfile', () => {
  const start = initialState(0, { keepGoing: true, settleMs: 0 });
  const loaded = reduce(start, { at: 1, kind: 'tiltfile-loaded', graph: graph([local('a')], { ci: { settleMs: 9 } }) });
  assert.deepEqual(ciSettingsOf(loaded), {
    timeoutMs: 1_800_000,
    readinessTimeoutMs: 300_000,
    k8sGracePeriodMs: 0,
    settleMs: 0,
    keepGoing: true,
  });
});

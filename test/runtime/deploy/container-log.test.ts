import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { ContainerLog } from '../../../runtime/deploy/container-log.ts';
import { newPosition } from '../../../runtime/deploy/log-position.ts';
import { pollUntil } from '../../support/poll.ts';

test('a container whose log goes on is alive as soon as its timer says so, whatever the clock says', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log = new PassThrough();
  const client = { stream: async () => log } as unknown as KubernetesClient;
  let changes = 0;
  const status = { name: 'main', containerID: 'c1', restartCount: 0, state: { running: {} } };
  const target = { namespace: 'default', pod: 'web', container: 'main', restarts: true };
  const container = new ContainerLog(client, target, status as never, newPosition(''), {
    show: () => {},
    backlog: () => undefined,
    refused: () => {},
    changed: () => changes++,
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(container.isAlive, false);
  // No real time has passed, as when a timer comes early.
  t.mock.timers.tick(1_500);
  // The kubelet may not have looked yet whether it still runs.
  assert.equal(container.isAlive, false);
  t.mock.timers.tick(500);
  assert.equal(container.isAlive, true);
  assert.equal(changes, 1);
  log.end();
  await container.stop();
  assert.equal(container.isAlive, false);
});

interface FakeRun {
  readonly lines: readonly string[];
}

const at = (seconds: string) => `2026-01-01T10:00:${seconds}Z`;
const terminated = (id: string, from: string, to: string) => ({
  terminated: { containerID: id, exitCode: 1, startedAt: at(from), finishedAt: at(to) },
});

/** Follows a container whose kubelet has the logs of the present run and the one before; answers what was shown. */
function followed(status: object, current: FakeRun, previous: () => FakeRun | string) {
  const client = {
    stream: async (path: string) => {
      const run = path.includes('previous=true') ? previous() : current;
      return [Buffer.from(typeof run === 'string' ? run : run.lines.map((text) => `${text}\n`).join(''))];
    },
  } as unknown as KubernetesClient;
  const shown: string[] = [];
  const target = { namespace: 'default', pod: 'web', container: 'main', restarts: true };
  const log = new ContainerLog(client, target, status as never, newPosition(''), {
    show: (text) => void shown.push(text),
    backlog: () => undefined,
    refused: () => {},
    changed: () => {},
  });
  return { log, shown };
}

test('a run that was followed by another before its status came: its lines, and not the next ones, are those of its end', async () => {
  const first = { lines: [`${at('10.100')} one`, `${at('10.200')} broken`] };
  const second = { lines: [`${at('11.500')} two`] };
  const { log, shown } = followed({ name: 'main', state: terminated('c1', '10', '10') }, second, () => first);
  await pollUntil(() => log.isDrained);
  assert.deepEqual(log.lastLines, ['one', 'broken']);
  assert.deepEqual(shown, ['one', 'broken']);
  log.update({ name: 'main', state: terminated('c2', '11', '11'), lastState: terminated('c1', '10', '10') } as never);
  await pollUntil(() => log.isDrained && shown.length > 2);
  assert.deepEqual(log.lastLines, ['two']);
  assert.deepEqual(shown, ['one', 'broken', 'two']);
  await log.stop();
});

test('two runs in a second: what is both the present and the previous log is shown once', async () => {
  const second = { lines: [`${at('11.200')} two`] };
  const { log, shown } = followed({ name: 'main', state: terminated('c1', '11', '11') }, second, () => second);
  await pollUntil(() => log.isDrained);
  log.update({ name: 'main', state: terminated('c2', '11', '11') } as never);
  await pollUntil(() => log.isDrained);
  assert.deepEqual([shown, log.lastLines], [['two'], ['two']]);
  await log.stop();
});

test('a kubelet that says why it has no log has not said what the container wrote', async () => {
  const run = { lines: [`${at('10.100')} one`] };
  const status = { name: 'main', state: terminated('c1', '10', '10') };
  const { log, shown } = followed(status, run, () => 'unable to retrieve container logs for containerd://c0');
  await pollUntil(() => log.isDrained);
  assert.deepEqual(shown, ['one']);
  assert.deepEqual(log.lastLines, ['one']);
  await log.stop();
});

test('lines that were shown as those of the run before are the last lines of their own run', async () => {
  const run = { lines: [`${at('11.500')} two`] };
  const kubelet: { previous: FakeRun | string } = { previous: 'no log' };
  const { log, shown } = followed({ name: 'main', state: terminated('c1', '10', '10') }, run, () => kubelet.previous);
  await pollUntil(() => log.isDrained);
  kubelet.previous = run;
  log.update({
    name: 'main',
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: terminated('c2', '11', '11'),
  } as never);
  await pollUntil(() => log.isDrained);
  assert.deepEqual(shown, ['two']);
  assert.deepEqual(log.lastLines, ['two']);
  await log.stop();
});

import assert from 'node:assert/strict';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { probeExec } from '../../../runtime/local/probe-exec.ts';
import { probeHttp } from '../../../runtime/local/probe-http.ts';
import { followProbe } from '../../../runtime/local/probe-loop.ts';
import type { ProbeOutcome } from '../../../runtime/local/probe-outcome.ts';
import { probeTcp } from '../../../runtime/local/probe-tcp.ts';
import type { Probe } from '../../../stdlib/model/probe.ts';
import { CommandRig, isAlive } from '../../support/command-rig.ts';
import { pollUntil } from '../../support/poll.ts';

const never = new AbortController().signal;
const place = { dir: '/', env: process.env };

async function http(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createHttpServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const ask = (port: number, path = '/', host = '127.0.0.1'): Promise<ProbeOutcome> =>
  probeHttp({ kind: 'http', host, port, path }, never);

const statuses: readonly (readonly [number, boolean])[] = [
  [200, true],
  [204, true],
  [304, true],
  [399, true],
  [400, false],
  [404, false],
  [503, false],
];
for (const [status, ok] of statuses) {
  test(`http: ${status} is ${ok ? 'ready' : 'not ready'}`, async (t) => {
    const port = await http(t, (_request, response) => response.writeHead(status).end());
    const reason = `HTTP ${status} from http://127.0.0.1:${port}/health`;
    assert.deepEqual(await ask(port, 'health'), ok ? { ok } : { ok, reason });
  });
}

test('http: redirects are followed on the same host only', async (t) => {
  const port = await http(t, (request, response) => {
    const to = { '/other': 'http://example.invalid/x', '/same': '/gone', '/loop': '/loop' }[request.url ?? ''];
    if (to === undefined) response.writeHead(410).end();
    else response.writeHead(302, { location: to }).end();
  });
  assert.equal((await ask(port, '/other')).ok, true);
  assert.deepEqual(await ask(port, '/same'), { ok: false, reason: `HTTP 410 from http://127.0.0.1:${port}/gone` });
  assert.equal((await ask(port, '/loop')).ok, false);
});

test('http: nobody listens', async () => {
  const port = await freePort();
  const reason = `connection refused at http://127.0.0.1:${port}/`;
  assert.deepEqual(await ask(port), { ok: false, reason });
  const named = await ask(port, '/', '');
  assert.deepEqual(named, { ok: false, reason: `connection refused at http://localhost:${port}/` });
});

test('tcp', async (t) => {
  const port = await http(t, () => {});
  assert.deepEqual(await probeTcp({ kind: 'tcp', port }, never), { ok: true });
  const free = await freePort();
  const refused = await probeTcp({ kind: 'tcp', host: '127.0.0.1', port: free }, never);
  assert.deepEqual(refused, { ok: false, reason: `connection refused at 127.0.0.1:${free}` });
});

const commands: readonly (readonly [readonly string[], ProbeOutcome])[] = [
  [['true'], { ok: true }],
  [['sh', '-c', 'echo first; echo all is well'], { ok: true, said: 'all is well' }],
  [['false'], { ok: false, reason: '"false": exit code 1' }],
  [['sh', '-c', 'echo first; echo not yet >&2; exit 2'], { ok: false, reason: 'not yet (exit code 2)' }],
  [['tilt-ts-nosuch'], { ok: false, reason: '"tilt-ts-nosuch": cannot be run: command not found in PATH' }],
];
for (const [command, outcome] of commands) {
  test(`exec: ${command.join(' ')}`, async () => {
    assert.deepEqual(await probeExec({ kind: 'exec', command }, place, never), outcome);
  });
}

test('exec: a command that takes too long is ended, and waits for its turn', async (t) => {
  const rig = await CommandRig.create(t);
  const { argv, dir } = rig.command('probe');
  const reports: string[] = [];
  const probe: Probe = { action: { kind: 'exec', command: argv }, timeoutSecs: 0.5, periodSecs: 60 };
  const following = followProbe(probe, { dir, env: process.env }, { write: () => {} }, (ready, reason) =>
    reports.push(`${ready} ${reason}`),
  );
  const run = await rig.started('probe');
  await pollUntil(() => reports.length > 0);
  assert.deepEqual(reports, ['false no answer within 0.5s']);
  assert.equal(isAlive(run.pid), false);
  await following.stop();
});

test('a server is found ready soon after it is, and unready after three failures', async (t) => {
  let status = 503;
  let asked = 0;
  const port = await http(t, (_request, response) => {
    asked++;
    response.writeHead(status).end();
  });
  const reports: string[] = [];
  const log: string[] = [];
  const probe: Probe = { action: { kind: 'http', host: '127.0.0.1', port }, periodSecs: 0.05 };
  const following = followProbe(probe, place, { write: (text) => log.push(text) }, (ready, reason) =>
    reports.push(`${ready} ${reason}`.trim()),
  );
  const refusal = `HTTP 503 from http://127.0.0.1:${port}/`;
  await pollUntil(() => log.length > 0);
  status = 200;
  await pollUntil(() => reports.at(-1) === 'true');
  const before = asked;
  status = 503;
  await pollUntil(() => reports.at(-1) !== 'true');
  assert.ok(asked - before >= 3);
  await following.stop();
  assert.deepEqual(reports, [`false ${refusal}`, 'true', `false ${refusal}`]);
  const failure = `[readiness probe: failure] ${refusal}\n`;
  assert.deepEqual(log, [failure, '[readiness probe: success] ready\n', failure]);
  const after = asked;
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked, after);
});

test('nothing is asked before the initial delay, and stopping does not wait for it', async () => {
  const reports: string[] = [];
  const probe: Probe = { action: { kind: 'exec', command: ['true'] }, initialDelaySecs: 3600 };
  await followProbe(probe, place, { write: () => {} }, (ready) => reports.push(String(ready))).stop();
  assert.deepEqual(reports, []);
});

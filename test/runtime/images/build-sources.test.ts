import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer as createHttp2Server, connect as http2Connect } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { FRAME_HEADER, frame } from '../../../runtime/clients/docker/grpc-frame.ts';
import { protobufBytes, protobufFields, protobufMessage } from '../../../runtime/clients/docker/protobuf.ts';
import { forwardToAgent } from '../../../runtime/clients/docker/ssh-forward.ts';
import { parseSecret } from '../../../runtime/images/build-secrets.ts';
import { skipWithout } from '../../support/testbed.ts';
import { buildFailureOf, builtImage, imageRig } from './rig.ts';

const SSH = { skip: skipWithout('docker', 'busybox', 'ssh') };
const BUSYBOX = { skip: skipWithout('docker', 'busybox') };

for (const [text, expected] of [
  ['id=token,src=.token', { id: 'token', file: '.token', variable: '' }],
  ['id=token,source=a=b', { id: 'token', file: 'a=b', variable: '' }],
  ['id=token,"src=with, comma"', { id: 'token', file: 'with, comma', variable: '' }],
  ['id=token,env=TOKEN', { id: 'token', file: '', variable: 'TOKEN' }],
  ['type=env,id=token,src=TOKEN', { id: 'token', file: '', variable: 'TOKEN' }],
  ['id=THERE', { id: 'THERE', file: '', variable: 'THERE' }],
  ['id=not-there', { id: 'not-there', file: 'not-there', variable: '' }],
  ['src=.token', 'the secret "src=.token" cannot be read: it has no id'],
  ['token', 'the secret "token" cannot be read: "token" is no pair such as id=token'],
  ['id=a,mode=1', 'the secret "id=a,mode=1" cannot be read: "mode" is no key: use id, src, env or type'],
  ['id=a,type=x', 'the secret "id=a,type=x" cannot be read: "x" is no type: use file or env'],
] as const) {
  test(`the secret ${text}`, () => {
    const parsed = parseSecret(text, { THERE: 'yes' });
    assert.deepEqual(parsed.ok ? parsed.source : parsed.message, expected);
  });
}

test('a build gets its secrets, and they do not stay in the image', BUSYBOX, async (t) => {
  const rig = await imageRig(t, { ...process.env, TILT_TS_TEST_SECRET: `from-env-${Date.now()}` });
  await rig.write('token', `from-file-${rig.fresh}`);
  const dockerfile = [
    'FROM busybox',
    `RUN --mount=type=secret,id=file echo "${rig.fresh} file: $(cat /run/secrets/file)"`,
    `RUN --mount=type=secret,id=env,dst=/x echo "${rig.fresh} env: $(cat /x)"`,
    `RUN --mount=type=secret,id=nosuch test ! -e /run/secrets/nosuch && ! ls /run/secrets/* && : ${rig.fresh}`,
  ].join('\n');
  const secrets = [`id=file,src=${path.join(rig.context, 'token')}`, 'id=env,env=TILT_TS_TEST_SECRET'];
  const run = await rig.build(dockerfile, { build: { secrets } });
  builtImage(run);
  assert.match(run.text, new RegExp(`${rig.fresh} file: from-file-${rig.fresh}`));
  assert.match(run.text, new RegExp(`${rig.fresh} env: from-env-\\d+`));
});

test('a secret that a step cannot do without, and one whose file is missing', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const required = await rig.build(`FROM busybox\nRUN --mount=type=secret,id=nosuch,required=true : ${rig.fresh}\n`);
  assert.match(buildFailureOf(required).message, /secret "?nosuch"?:? not found/);
  const missing = await rig.build('FROM scratch\n', { build: { secrets: ['id=a,src=/no/such'] } });
  assert.equal(
    buildFailureOf(missing).message,
    `Cannot build image "${rig.ref()}": its secret "a" is to come from "/no/such", which does not exist`,
  );
});

test('a build gets an ssh agent', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const socket = path.join(rig.context, 'agent');
  await listening(t, createServer(), socket);
  const dockerfile = `FROM busybox\nRUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" && echo has an agent ${rig.fresh}\n`;
  const run = await rig.build(dockerfile, { build: { sshAgents: [`default=${socket}`] } });
  builtImage(run);
  assert.match(run.text, new RegExp(`→ has an agent ${rig.fresh}`));
});

test('a build gets an ssh agent that holds the keys of files', SSH, async (t) => {
  const rig = await imageRig(t);
  const keys = ['one', 'two'].map((name) => path.join(rig.context, name));
  for (const key of keys) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const run = await rig.build(
    `FROM busybox\nRUN --mount=type=ssh,id=keys test -S "$SSH_AUTH_SOCK" && echo has an agent ${rig.fresh}\n`,
    { build: { sshAgents: [`keys=${keys.join(',')}`] } },
  );
  builtImage(run);
  assert.match(run.text, new RegExp(`→ has an agent ${rig.fresh}`));
});

for (const [what, agents, reason] of [
  ['none runs', ['default'], 'it wants the ssh agent "default", and SSH_AUTH_SOCK is not set'],
  ['it is not there', ['own=/no/such'], 'its ssh agent "own" is to be at "/no/such", which does not exist'],
  [
    'it is neither socket nor key',
    [`key=${import.meta.filename}`],
    `its ssh agent "key" is to hold the key "${import.meta.filename}", which is neither a socket nor a private key`,
  ],
] as const) {
  test(`a build that wants an ssh agent when ${what}`, BUSYBOX, async (t) => {
    const rig = await imageRig(t, { ...process.env, SSH_AUTH_SOCK: '' });
    const run = await rig.build('FROM scratch\n', { build: { sshAgents: agents } });
    assert.equal(buildFailureOf(run).message, `Cannot build image "${rig.ref()}": ${reason}`);
  });
}

test('what a build says reaches the agent, however it is cut, and what the agent says the build', async (t) => {
  const rig = await imageRig(t);
  const socket = path.join(rig.context, 'agent');
  await listening(
    t,
    createServer((agent) => agent.on('data', (chunk) => agent.write(String(chunk).toUpperCase()))),
    socket,
  );
  const server = createHttp2Server();
  server.on('stream', (stream) => forwardToAgent(stream, connect(socket)));
  const { port } = await listening(t, server as unknown as Server, 0);
  const client = http2Connect(`http://127.0.0.1:${port}`);
  t.after(() => client.close());
  const request = client.request({ ':method': 'POST', ':path': '/' });
  const answers: Buffer[] = [];
  request.on('data', (chunk: Buffer) => answers.push(chunk));
  const messages = Buffer.concat(['one ', 'two'].map((text) => frame(protobufMessage([[1, text]]))));
  for (const byte of messages) request.write(Buffer.from([byte]));
  const answered = () => {
    let text = '';
    for (let rest = Buffer.concat(answers); rest.length >= FRAME_HEADER; ) {
      const end = FRAME_HEADER + rest.readUInt32BE(1);
      for (const field of protobufFields(rest.subarray(FRAME_HEADER, end))) text += Buffer.from(protobufBytes(field));
      rest = rest.subarray(end);
    }
    return text;
  };
  while (answered().length < 'one two'.length) await new Promise((resolve) => request.once('data', resolve));
  assert.equal(answered(), 'ONE TWO');
  const trailers = new Promise<unknown>((resolve) => request.once('trailers', resolve));
  request.end();
  assert.equal(((await trailers) as Record<string, unknown>)['grpc-status'], '0');
});

function listening(t: TestContext, server: Server, place: string | number): Promise<AddressInfo> {
  return new Promise((resolve) => {
    server.listen(place, () => resolve(server.address() as AddressInfo));
    t.after(() => server.close());
  });
}

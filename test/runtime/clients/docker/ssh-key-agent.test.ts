import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type AgentKey, keyAgent } from '../../../../runtime/clients/docker/ssh-key-agent.ts';
import { readSshKey } from '../../../../runtime/clients/docker/ssh-keys.ts';
import { skipWithout } from '../../../support/testbed.ts';

const SSH = { skip: skipWithout('ssh') };

const KINDS = [
  ['rsa', '2048'],
  ['ed25519', '256'],
  ['ecdsa', '256'],
  ['ecdsa', '521'],
] as const;

test('OpenSSH takes the agent for one: lists its keys and has it sign', SSH, async (t) => {
  const folder = await temporaryFolder(t);
  const keys: AgentKey[] = [];
  const files: string[] = [];
  for (const [kind, bits] of KINDS) {
    const file = await newKey(folder, kind, bits);
    files.push(file);
    const read = await readSshKey(file);
    assert.ok(read.ok, JSON.stringify(read));
    keys.push(read.key);
  }
  const socket = path.join(folder, 'agent');
  const server = createServer((client) => {
    const agent = keyAgent(keys);
    client.pipe(agent).pipe(client);
    client.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => server.close());
  const env = { ...process.env, SSH_AUTH_SOCK: socket };

  const listed = await run('ssh-add', ['-L'], env);
  for (const file of files) {
    const [kind = '', blob = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
    assert.ok(listed.includes(`${kind} ${blob} ${file}`), listed);
  }
  const message = path.join(folder, 'message');
  await writeFile(message, 'hello');
  for (const file of files) {
    // Without the private file, ssh-keygen can only ask the agent.
    await rm(file);
    await rm(`${message}.sig`, { force: true });
    await run('ssh-keygen', ['-Y', 'sign', '-f', `${file}.pub`, '-n', 'test', message], env);
    const checked = await run(
      'sh',
      ['-c', `ssh-keygen -Y check-novalidate -n test -s ${message}.sig <${message}`],
      env,
    );
    assert.match(checked, /^Good "test" signature/);
  }
});

test('files that hold no key that an agent could use', SSH, async (t) => {
  const folder = await temporaryFolder(t);
  const why = async (file: string): Promise<string> => {
    const read = await readSshKey(file);
    return read.ok ? 'it can be used' : read.why;
  };
  const key = await newKey(folder, 'ed25519', '256');
  assert.equal(await why(key), 'it can be used');
  assert.equal(await why(`${key}.pub`), 'is a public key, and the private one is needed');
  const locked = await newKey(folder, 'rsa', '2048', 'a passphrase');
  assert.equal(await why(locked), 'is locked by a passphrase: add it to an agent with ssh-add instead');
  const text = path.join(folder, 'text');
  await writeFile(text, 'hello');
  assert.equal(await why(text), 'is neither a socket nor a private key');
  assert.match(await why(path.join(folder, 'nosuch')), /^cannot be read: ENOENT/);
});

test('an agent refuses what it does not know, piece by piece', async () => {
  const agent = keyAgent([]);
  const answers: Buffer[] = [];
  agent.on('data', (chunk: Buffer) => answers.push(chunk));
  // An extension with a body, as new versions of ssh send it first; then the question for keys.
  for (const byte of [0, 0, 0, 3, 27, 1, 2, 0, 0, 0, 1, 11]) agent.write(Buffer.of(byte));
  agent.end();
  await new Promise((resolve) => agent.once('end', resolve));
  assert.deepEqual([...Buffer.concat(answers)], [0, 0, 0, 1, 5, 0, 0, 0, 5, 12, 0, 0, 0, 0]);
});

async function newKey(folder: string, kind: string, bits: string, passphrase = ''): Promise<string> {
  const file = path.join(folder, `${kind}-${bits}${passphrase && '-locked'}`);
  await run('ssh-keygen', ['-q', '-t', kind, '-b', bits, '-N', passphrase, '-f', file], process.env);
  return file;
}

function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    );
  });
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ssh-keys-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

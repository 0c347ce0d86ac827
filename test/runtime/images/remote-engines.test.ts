import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import tls from 'node:tls';
import { skipWithout } from '../../support/testbed.ts';
import { buildFailureOf, builtImage, imageRig } from './rig.ts';

const BUSYBOX = { skip: skipWithout('docker', 'busybox') };
const TLS = { skip: skipWithout('docker', 'busybox', 'openssl') };

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'remote-engine-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function buildThere(t: TestContext, environment: NodeJS.ProcessEnv): Promise<void> {
  const rig = await imageRig(t, environment);
  await rig.write('file', `${rig.fresh}${'x'.repeat(300_000)}`);
  const run = await rig.build('FROM busybox\nCOPY file /\nRUN wc -c </file\n');
  builtImage(run);
  assert.match(run.text, /→ 300012/);
}

test('an engine over ssh, by the ssh that the user has', BUSYBOX, async (t) => {
  const folder = folderOf(t);
  const ssh = path.join(folder, 'ssh');
  const asked = path.join(folder, 'asked');
  // What runs there is Docker's own end of such connections.
  const script = `#!/bin/sh\necho "$*" >>${asked}\nwhile [ "$1" != docker ]; do shift; done\nexec "$@"\n`;
  writeFileSync(ssh, script);
  chmodSync(ssh, 0o755);
  const PATH = `${folder}:${process.env.PATH}`;
  // The docker that the stand-in runs must not take the same way again.
  const docker = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim();
  writeFileSync(path.join(folder, 'docker'), `#!/bin/sh\nunset DOCKER_HOST\nexec ${docker} "$@"\n`, { mode: 0o755 });
  await buildThere(t, { ...process.env, PATH, DOCKER_HOST: 'ssh://ada@builder.test:2222' });
  const [first] = readFileSync(asked, 'utf8').split('\n');
  assert.equal(first, '-o ConnectTimeout=30 -T -l ada -p 2222 -- builder.test docker system dial-stdio');

  writeFileSync(ssh, '#!/bin/sh\necho "ada@builder.test: Permission denied (publickey)." >&2\nexit 255\n');
  const rig = await imageRig(t, { ...process.env, PATH, DOCKER_HOST: 'ssh://builder.test' });
  const failure = buildFailureOf(await rig.build('FROM scratch\n'));
  assert.equal(failure.kind, 'docker-unreachable');
  assert.match(
    failure.message,
    /"ssh:\/\/builder\.test" \(DOCKER_HOST\): ada@builder\.test: Permission denied \(publickey\)\./,
  );
});

test('an engine over TLS, which wants to know who asks, by DOCKER_HOST and by a context', TLS, async (t) => {
  const folder = folderOf(t);
  const certificates = path.join(folder, 'certificates');
  mkdirSync(certificates);
  makeCertificates(certificates);
  const read = (name: string): string => readFileSync(path.join(certificates, name), 'utf8');
  const clients = new Set<string>();
  const server = tls.createServer(
    { ca: read('ca.pem'), cert: read('server.pem'), key: read('server-key.pem'), requestCert: true },
    (client) => {
      clients.add(String(client.getPeerCertificate().subject.CN));
      const engine = connect((process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', ''));
      client.pipe(engine).pipe(client);
      client.on('error', () => engine.destroy());
      engine.on('error', () => client.destroy());
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `tcp://localhost:${(server.address() as AddressInfo).port}`;
  const byHost = { DOCKER_HOST: url, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates };
  await buildThere(t, { ...process.env, ...byHost });
  assert.deepEqual([...clients], ['ada']);

  const config = { ...process.env, DOCKER_CONFIG: path.join(folder, 'config') };
  const file = (name: string): string => `${name}=${path.join(certificates, `${name}.pem`)}`;
  const endpoint = `host=${url},${['ca', 'cert', 'key'].map(file).join(',')}`;
  execFileSync('docker', ['context', 'create', 'far', '--docker', endpoint], { env: config, stdio: 'ignore' });
  clients.clear();
  await buildThere(t, { ...config, DOCKER_HOST: '', DOCKER_CONTEXT: 'far' });
  assert.deepEqual([...clients], ['ada']);
});

/** An authority, a server called localhost and a client called ada. */
function makeCertificates(folder: string): void {
  const script = `
set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -subj /CN=authority -days 2
sign() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1" -out request.pem -subj "/CN=$3"
  printf "subjectAltName=DNS:localhost\\n" >extensions
  openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out "$2" -days 2 -extfile extensions
}
sign server-key.pem server.pem localhost
sign key.pem cert.pem ada
`;
  execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'ignore' });
}

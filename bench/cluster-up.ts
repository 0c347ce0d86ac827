import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { removeImages } from './image-measure.ts';
import { cpuTime, memory } from './process-tree.ts';
import { median } from './statistics.ts';

// What a session that stays does on the current cluster: rebuilds, forwards that come back, and rest. docs/bench.md says how to call it.

const ROUNDS = 10;
const WAIT_MS = 120_000;
const POLL_MS = 5;
const DEPLOYMENTS = 30;
const REST_MS = 5_000;
const IDLE_MS = 20_000;
/** V8 tidies its memory up once, some eight seconds after the last work. */
const IDLE_REST_MS = 15_000;

interface Session {
  readonly pid: number;
  readonly folder: string;
  readonly namespace: string;
  readonly port: number;
}

const programs = process.argv.slice(2).map((word) => {
  const [title = '', ...rest] = word.split('=');
  return { title, command: rest.join('=') };
});
if (programs.length === 0) programs.push({ title: 'ours', command: `${process.execPath} dist/main.js up --port 0` });
const image = `tilt-ts-bench-${process.pid}`;

process.on('exit', () => removeImages(image));
for (const { title, command } of programs) {
  const web = await session(command, webProject, async (session) => {
    await served(session.port, 'start');
    await sleep(REST_MS);
    return { rebuilds: await rebuilds(session), forwards: await forwards(session) };
  });
  tell(title, 'write → built, pushed and applied', web.rebuilds);
  tell(title, 'pod deleted → its forward serves again', web.forwards);
  const rest = await session(command, manyProject, idle);
  const percent = ((rest.computed / IDLE_MS) * 100).toFixed(1);
  console.log(
    `${title}: ${DEPLOYMENTS} Deployments at rest: ${(rest.bytes / 2 ** 20).toFixed(0)} MiB, ${percent} % of a core`,
  );
}

/** From the write until the Deployment has an image that it did not have, in milliseconds. */
async function rebuilds({ folder, namespace }: Session): Promise<number[]> {
  const values: number[] = [];
  const generation = watchDeployment(namespace);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      // Programs that look at intervals must not be met at the same point each time.
      await sleep(500 + Math.random() * 200);
      const before = generation.newest();
      const start = performance.now();
      writeFileSync(path.join(folder, 'www/index.html'), `change ${process.pid} ${round}`);
      await until(() => generation.newest() > before, 'a change was not applied');
      values.push(performance.now() - start);
    }
  } finally {
    generation.stop();
  }
  return values;
}

/** The generation of the Deployment as a watch of its own tells it, so that no time is lost in asking. */
function watchDeployment(namespace: string): { newest(): number; stop(): void } {
  const format = 'jsonpath={.metadata.generation}{"\\n"}';
  const words = ['get', 'deployment', 'web', '--namespace', namespace, '--watch', '--output', format];
  const child = spawn('kubectl', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let newest = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    newest = Math.max(newest, ...text.trim().split('\n').map(Number));
  });
  return { newest: () => newest, stop: () => child.kill() };
}

/** From the answer to the deletion of the pod until the forwarded port serves, from another pod, in milliseconds. */
async function forwards({ namespace, port }: Session): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await until(() => readyPods(namespace).length === 1, 'the pod was not ready');
    const [pod = ''] = readyPods(namespace);
    await until(async () => (await body(port, '/name')).trim() === pod, 'the forward did not serve the pod');
    const start = performance.now();
    kubectl('delete', 'pod', pod, '--namespace', namespace, '--wait=false');
    await until(async () => {
      const name = (await body(port, '/name')).trim();
      return name !== '' && name !== pod;
    }, 'the forward did not come back');
    values.push(performance.now() - start);
  }
  return values;
}

/** Resident bytes, and milliseconds that the program itself computed in `IDLE_MS`. */
async function idle({ pid, namespace }: Session): Promise<{ readonly bytes: number; readonly computed: number }> {
  await until(() => kubectl('get', 'deployments', '--namespace', namespace, '--output', 'name').length === DEPLOYMENTS);
  await sleep(IDLE_REST_MS);
  const before = cpuTime(pid);
  await sleep(IDLE_MS);
  const [after, bytes] = [cpuTime(pid), memory(pid)];
  if (before === undefined || after === undefined || bytes === undefined)
    throw new Error('there is no /proc to look at');
  return { bytes, computed: after - before };
}

/** Runs `command`, with the Tiltfile that `write` made appended, for as long as `take` needs. */
async function session<T>(
  command: string,
  write: (folder: string, port: number) => void,
  take: (session: Session) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-bench-'));
  const namespace = path.basename(folder).toLowerCase();
  const port = await freePort();
  write(folder, port);
  kubectl('create', 'namespace', namespace);
  const words = `exec ${command} --namespace ${namespace} -f ${path.join(folder, 'Tiltfile')}`;
  const child = spawn('sh', ['-c', words], { stdio: 'ignore' });
  const closed = new Promise((resolve) => child.once('close', resolve));
  try {
    return await take({ pid: child.pid ?? 0, folder, namespace, port });
  } finally {
    child.kill('SIGINT');
    await closed;
    kubectl('delete', 'namespace', namespace, '--wait=false');
    rmSync(folder, { recursive: true, force: true });
  }
}

function webProject(folder: string, port: number): void {
  mkdirSync(path.join(folder, 'www'), { recursive: true });
  writeFileSync(path.join(folder, 'www/index.html'), 'start');
  const serve = 'CMD hostname > /www/name && exec httpd -f -p 8000 -h /www';
  writeFileSync(path.join(folder, 'Dockerfile'), `FROM busybox\nCOPY www /www\n${serve}\n`);
  const probe = { httpGet: { path: '/index.html', port: 8000 }, periodSeconds: 1 };
  writeFileSync(path.join(folder, 'web.json'), JSON.stringify(deployment('web', { image, readinessProbe: probe }, 1)));
  writeFileSync(
    path.join(folder, 'Tiltfile'),
    `docker_build('${image}', '.')\nk8s_yaml('web.json')\nk8s_resource('web', port_forwards='${port}:8000')\n`,
  );
}

function manyProject(folder: string): void {
  const names = Array.from({ length: DEPLOYMENTS }, (_, index) => `d${index}`);
  const objects = names.map((name) => deployment(name, { image: 'busybox' }, 0));
  writeFileSync(path.join(folder, 'all.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  const calls = names.map((name) => `k8s_resource('${name}', pod_readiness='ignore')\n`);
  writeFileSync(path.join(folder, 'Tiltfile'), `k8s_yaml('all.json')\n${calls.join('')}`);
}

function deployment(name: string, container: object, replicas: number): object {
  const labels = { app: name };
  const spec = { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', ...container }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function readyPods(namespace: string): string[] {
  const format =
    'jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp} {.status.containerStatuses[*].ready}{"\\n"}{end}';
  const lines = kubectl('get', 'pods', '--namespace', namespace, '--output', format);
  // Three words: it is being deleted.
  return lines
    .map((line) => line.split(/ +/))
    .flatMap(([pod = '', ready, more]) => (ready === 'true' && !more ? [pod] : []));
}

function kubectl(...words: readonly string[]): string[] {
  const text = execFileSync('kubectl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return text.split('\n').filter((line) => line !== '');
}

async function served(port: number, text: string): Promise<void> {
  await until(async () => (await body(port, '/index.html')) === text, `"${text}" was not served`);
}

function body(port: number, file: string): Promise<string> {
  const options = { headers: { connection: 'close' }, signal: AbortSignal.timeout(2_000) };
  return fetch(`http://127.0.0.1:${port}${file}`, options)
    .then((response) => (response.ok ? response.text() : ''))
    .catch(() => '');
}

async function until(holds: () => boolean | Promise<boolean>, otherwise = 'it did not come to rest'): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${otherwise} within ${WAIT_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}

function tell(title: string, what: string, values: readonly number[]): void {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(0));
  console.log(`${title}: ${what}: median ${median(values).toFixed(0)} ms, ${least} to ${most} ms`);
}

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

// From the write to a file until the container serves it, on the current cluster. docs/bench.md says how to call it.

const CHANGES = 20;
const WAIT_MS = 60_000;
const POLL_MS = 2;

const [port, name] = [await freePort(), `tilt-ts-bench-${process.pid}`];
const labels = { app: 'web' };
const container = { name: 'web', image: name, ports: [{ containerPort: 8000 }] };
const metadata = { name: 'web', namespace: name };
const spec = { terminationGracePeriodSeconds: 0, containers: [container] };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
};

const programs = process.argv.slice(2).map((word) => {
  const [title = '', ...rest] = word.split('=');
  return { title, command: rest.join('=') };
});
if (programs.length === 0) programs.push({ title: 'ours', command: `${process.execPath} dist/main.js up` });

execFileSync('kubectl', ['create', 'namespace', name], { stdio: 'ignore' });
try {
  for (const { title, command } of programs) {
    const values = (await measure(command)).sort((one, other) => one - other);
    const middle = values[Math.floor(values.length / 2)] ?? 0;
    console.log(
      `${title}: median ${middle.toFixed(0)} ms, ${values[0]?.toFixed(0)} to ${values.at(-1)?.toFixed(0)} ms`,
    );
  }
} finally {
  execFileSync('kubectl', ['delete', 'namespace', name, '--wait=false'], { stdio: 'ignore' });
}

/** Milliseconds of each change. `command` runs in this folder, with the Tiltfile appended. */
async function measure(command: string): Promise<number[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-bench-'));
  const page = path.join(folder, 'www/index.html');
  mkdirSync(path.dirname(page));
  writeFileSync(page, 'start');
  writeFileSync(
    path.join(folder, 'Dockerfile'),
    'FROM busybox\nCOPY www /www\nCMD ["httpd", "-f", "-p", "8000", "-h", "/www"]\n',
  );
  writeFileSync(path.join(folder, 'web.json'), JSON.stringify(deployment));
  writeFileSync(
    path.join(folder, 'Tiltfile'),
    `docker_build('${name}', '.', live_update=[sync('www', '/www')])\nk8s_yaml('web.json')\nk8s_resource('web', port_forwards='${port}:8000')\n`,
  );
  const child = spawn('sh', ['-c', `exec ${command} -f ${path.join(folder, 'Tiltfile')}`], { stdio: 'ignore' });
  try {
    await served('start');
    await sleep(2000);
    const values: number[] = [];
    for (let change = 0; change < CHANGES; change += 1) {
      // Programs that look at intervals must not be met at the same point each time.
      await sleep(300 + Math.random() * 200);
      const before = performance.now();
      writeFileSync(page, `change ${change}`);
      await served(`change ${change}`);
      values.push(performance.now() - before);
    }
    return values;
  } finally {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('close', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function served(text: string): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/index.html`, { headers: { connection: 'close' } })
      .then((response) => response.text())
      .catch(() => '');
    if (answer === text) return;
    await sleep(POLL_MS);
  }
  throw new Error(`"${text}" was not served within ${WAIT_MS / 1000} s`);
}

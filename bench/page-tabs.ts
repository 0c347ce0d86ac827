import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { freePort } from './free-port.ts';
import { cpuTime, endTree } from './process-tree.ts';

const TABS = 10;
const WATCHED_MS = 20_000;
const SETTLE_MS = 3000;
const UPDATE_MS = 1000;
/** A hundred resources: one prints twenty lines a second, one is updated each second. */
const TILTFILE = `
for (let at = 0; at < 98; at++) local_resource('r' + at, 'echo ' + at, { allow_parallel: true });
local_resource('talker', { serve_cmd: 'while true; do echo some request was handled in 12 ms; sleep 0.05; done' });
local_resource('worker', 'cat words.txt', { deps: ['words.txt'], allow_parallel: true });
`;

export interface TabsCost {
  readonly tabs: number;
  /** Shares of one core, of the program itself. */
  readonly without: number;
  readonly withTabs: number;
  /** Lines that came to each of the tabs meanwhile. */
  readonly lines: readonly number[];
}

/** What the program computes in a session at work without a tab, and with ten. */
export async function tabsCost(): Promise<TabsCost> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-bench-tabs-'));
  writeFileSync(path.join(folder, 'Tiltfile.js'), TILTFILE);
  writeFileSync(path.join(folder, 'words.txt'), 'begin\n');
  const port = await freePort();
  const places = { TILT_DEV_DIR: path.join(folder, 'dev'), TILT_TS_STATE: path.join(folder, 'state') };
  const program = spawn(process.execPath, [path.resolve('dist/main.js'), 'up', '--port', String(port)], {
    cwd: folder,
    env: { ...process.env, ...places },
    stdio: 'ignore',
  });
  const pid = program.pid ?? 0;
  const work = setInterval(() => writeFileSync(path.join(folder, 'words.txt'), `at ${Date.now()}\n`), UPDATE_MS);
  const sockets: WebSocket[] = [];
  try {
    const url = `http://localhost:${port}`;
    const cookie = await cookieOf(url);
    const csrf = await (await fetch(`${url}/api/websocket_token`, { headers: { Cookie: cookie } })).text();
    const without = await share(pid);
    const lines = Array.from({ length: TABS }, () => 0);
    for (let tab = 0; tab < TABS; tab++) {
      const socket = new WebSocket(`ws://localhost:${port}/ws/view?csrf=${csrf.trim()}`);
      socket.on('message', (data) => {
        lines[tab] = (lines[tab] ?? 0) + (JSON.parse(String(data)).logList?.segments.length ?? 0);
      });
      sockets.push(socket);
    }
    const withTabs = await share(pid);
    return { tabs: TABS, without, withTabs, lines };
  } finally {
    clearInterval(work);
    for (const socket of sockets) socket.terminate();
    endTree(pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks for the page until it is served. */
async function cookieOf(url: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      const answer = await fetch(url);
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

async function share(pid: number): Promise<number> {
  await sleep(SETTLE_MS);
  const [before, begin] = [cpuTime(pid) ?? 0, performance.now()];
  await sleep(WATCHED_MS);
  return ((cpuTime(pid) ?? 0) - before) / (performance.now() - begin);
}

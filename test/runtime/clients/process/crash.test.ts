import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { CommandRig, isAlive } from '../../../support/command-rig.ts';
import { pollUntil } from '../../../support/poll.ts';

const PROCESS = path.resolve(import.meta.dirname, '../../../../runtime/clients/process/process.ts');

test('a crash of the program takes what it started with it', async (t) => {
  const rig = await CommandRig.create(t);
  const { argv, dir } = rig.command('server');
  const program = `
    import { startProcess } from ${JSON.stringify(PROCESS)};
    startProcess({ argv: ${JSON.stringify(argv)}, dir: ${JSON.stringify(dir)}, env: process.env }, () => undefined);
    process.stdin.once('data', () => { throw new Error('crash'); });
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: path.resolve(import.meta.dirname, '../../../..'),
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const run = await rig.started('server');
  run.child('worker');
  const worker = await rig.started('worker');
  await run.ignore('SIGTERM');
  child.stdin.write('crash\n');
  assert.notEqual(await exited, 0);
  await pollUntil(() => !isAlive(run.pid) && !isAlive(worker.pid), 5000, 'the end of the server');
});

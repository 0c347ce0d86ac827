// Runs the tests with Node's test runner: node test/run.mjs [WORD …] takes only files whose path contains one of the words.
// The runner of Node 20 neither expands patterns nor finds TypeScript files by itself.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const words = process.argv.slice(2);
const files = readdirSync(path.join(root, 'test'), { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => path.join('test', name))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`No test file has a path with ${words.map((word) => `"${word}"`).join(' or ')}.`);
  process.exit(1);
}
// What sessions of a user share is that of the tests alone, whatever starts them.
const places = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-test-places-'));
const env = { ...process.env, TILT_DEV_DIR: path.join(places, 'dev'), TILT_TS_STATE: path.join(places, 'state') };
// A list of the files that failed, for whoever wants to look at them again.
const list = process.env.TILT_TS_FAILED_FILES;
const reporters = [[process.stdout.isTTY ? 'spec' : 'tap', 'stdout']];
if (list !== undefined) reporters.push(['./test/support/failed-files.mjs', list]);
const options = reporters.flatMap(([name, to]) => [`--test-reporter=${name}`, `--test-reporter-destination=${to}`]);
const runner = spawn(process.execPath, ['--import', 'tsx', '--test', '--test-timeout=300000', ...options, ...files], {
  cwd: root,
  env,
  stdio: 'inherit',
});
runner.on('close', (code) => {
  rmSync(places, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

const TILTFILE = `
print('from the Tiltfile');
local_resource('one', 'echo line of one; echo more of one');
local_resource('two', 'echo line of two', { serve_cmd: 'echo serving two; exec sleep 300' });
local_resource('bad', 'echo line of bad; exit 3', { resource_deps: ['one', 'two'] });
`;

const cases: readonly (readonly [flags: readonly string[], shown: readonly RegExp[], hidden: readonly RegExp[]])[] = [
  [
    ['--log-resource', 'one'],
    [/^line of one$/m, /^more of one$/m],
    [/of two/, /of bad$/m, /from the Tiltfile/],
  ],
  [['--log-resource', 'one,(Tiltfile)'], [/one │ line of one/, /^from the Tiltfile$/m], [/serving two/]],
  [['--log-resource', 'one', '--log-resource', 'two'], [/line of one/, /serving two/], [/from the Tiltfile/]],
  [['--log-source', 'runtime'], [/^serving two$|two │ serving two/m], [/line of/, /from the Tiltfile/]],
  [['--log-source', 'build'], [/line of one/, /from the Tiltfile/], [/serving two/]],
];

for (const [flags, shown, hidden] of cases) {
  test(`ci ${flags.join(' ')}`, async (t) => {
    const { code, stdout } = await runProgram(t, ['ci', ...flags], {
      cwd: makeProject(t, { 'Tiltfile.js': TILTFILE }),
    });
    assert.equal(code, 1);
    for (const pattern of shown) assert.match(stdout, pattern);
    for (const pattern of hidden) assert.doesNotMatch(stdout, pattern);
  });
}

test('a level shows its lines and the worse ones', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': `warn('careful');\n${TILTFILE}` });
  const program = startProgram(t, ['up', '--log-level', 'warn'], { cwd });
  await program.waitFor(/bad │ ERROR: Build Failed/);
  assert.match(program.stdout(), /careful/);
  assert.doesNotMatch(program.stdout(), /line of (one|two)/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
});

test('up --json prints nothing but objects', async (t) => {
  const program = startProgram(t, ['up', '--json'], { cwd: makeProject(t, { 'Tiltfile.js': TILTFILE }) });
  await program.waitFor(/Build Failed/);
  await program.waitFor(/serving two/);
  program.signal('SIGINT');
  assert.equal(await program.exit, 130);
  const lines = program
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const line = lines.find(({ message }) => message === 'line of one');
  assert.deepEqual([line.resource, line.level, line.source], ['one', 'info', 'build']);
  assert.equal(lines.filter(({ buildEvent }) => buildEvent === 'init').length, 3);
});

test('a level that is none is refused with those that are', async (t) => {
  const { code, stderr } = await runProgram(t, ['up', '--log-level', 'loud'], { cwd: makeProject(t, {}) });
  assert.equal(code, 2);
  assert.match(stderr, /Allowed choices are warn, error/);
});

import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Permissions, Rules } from '../../interpreter/permissions.ts';
import { evaluateHere, type Options } from './evaluate-here.ts';

const { folder, succeed, fail, evaluate, write } = evaluateHere();
const nothing: Rules<never> = { allow: [], deny: [] };
const open = join(folder, 'open');

/** A sandbox that may read the folder `open`, but not `open/secret`. */
const permissions: Permissions = {
  read: { allow: [{ path: open, real: open }], deny: [{ path: `${open}/secret`, real: `${open}/secret` }] },
  run: { allow: [{ name: 'tool', file: join(folder, 'bin/tool') }], deny: [] },
  env: { allow: ['GOOD', 'PATH', 'LD_PRELOAD'], deny: [] },
  net: nothing,
};

before(() => {
  write({
    'open/a.txt': 'a',
    'open/deep/b.txt': 'b',
    'open/secret/key.txt': 'key',
    'closed/c.txt': 'c',
    'closed/mod.js': 'export const x = 1;',
    'closed/data.json': '{"x": 1}',
    'open/mod.js': 'export const y = 2;',
  });
  symlinkSync('../closed/c.txt', `${open}/link.txt`);
  symlinkSync('../closed', `${open}/linked`);
  symlinkSync('secret/key.txt', `${open}/key-link.txt`);
  symlinkSync('../closed/later.txt', `${open}/dangling.txt`);
  symlinkSync('deep/b.txt', `${open}/inside.txt`);
  symlinkSync('loop2', `${open}/loop1`);
  symlinkSync('loop1', `${open}/loop2`);
  symlinkSync(open, join(folder, 'way-in'));
  linkSync(`${open}/a.txt`, `${open}/hard.txt`);
  for (const place of ['bin', 'evil']) {
    mkdirSync(join(folder, place));
    writeFileSync(join(folder, place, 'tool'), '#!/bin/sh\n');
    chmodSync(join(folder, place, 'tool'), 0o755);
  }
});

test('what is allowed can be read, by any name that leads there', async () => {
  const script = `
    keep(read('${open}/a.txt'), read('${open}/deep/../deep/b.txt'), read('${open}/inside.txt'), read('${folder}/way-in/a.txt'));
    keep(read('${open}/hard.txt'), list('${open}/deep'), stat('${open}/link.txt'), real('${open}/inside.txt'));
    watch('${open}/not-yet');`;
  const { seen } = await succeed('main.js', script, {}, { permissions });
  assert.deepEqual(seen, ['a', 'b', 'b', 'a', 'a', ['b.txt'], 'link', `${open}/deep/b.txt`]);
});

test('links and .. lead around no rule', async () => {
  const c = `${folder}/closed/c.txt`;
  const outside: readonly [call: string, path: string, real?: string][] = [
    [`read('${c}')`, c],
    [`read('${open}/../closed/c.txt')`, c],
    [`read('${open}/link.txt')`, `${open}/link.txt`, c],
    [`read('${open}/linked/c.txt')`, `${open}/linked/c.txt`, c],
    [`list('${open}/linked')`, `${open}/linked`, `${folder}/closed`],
    [`stat('${open}/linked/c.txt')`, `${open}/linked/c.txt`, c],
    [`real('${open}/link.txt')`, `${open}/link.txt`, c],
    [`read('${open}/dangling.txt')`, `${open}/dangling.txt`, `${folder}/closed/later.txt`],
    [`watch('${open}/linked/x')`, `${open}/linked/x`, `${folder}/closed/x`],
    [`include('${folder}/closed/mod.js')`, `${folder}/closed/mod.js`],
    [`read('/proc/self/root/etc/hostname')`, '/proc/self/root/etc/hostname', '/etc/hostname'],
    [`list('/')`, '/'],
    [`list('${folder}')`, folder],
  ];
  for (const [call, path, real = path] of outside) {
    const through = real === path ? '' : ` (it leads to "${real}")`;
    const failure = await fail('main.js', call, {}, { permissions });
    const message = `Cannot read "${path}"${through}: not allowed in the sandbox. Allow it with --allow-read=${real}`;
    assert.ok(failure.message.endsWith(message), failure.message);
    assert.equal(failure.at, 'main.js:1:1');
  }
  for (const path of ['secret/key.txt', 'key-link.txt', 'deep/../secret/key.txt']) {
    const failure = await fail('main.js', `read('${open}/${path}')`, {}, { permissions });
    assert.match(failure.message, /: --deny-read=.*\/open\/secret forbids it$/, path);
  }
  // Paths are cleaned first: `..` after a link goes back to where the link is.
  const cleaned = await fail('main.js', `read('${open}/linked/../closed/c.txt')`, {}, { permissions });
  assert.match(cleaned.message, /ENOENT/);
  const loop = await fail('main.js', `read('${open}/loop1')`, {}, { permissions });
  assert.match(loop.message, /ELOOP/);
});

test('imports that the script names are its own; what it computes is asked', async () => {
  const own = `
    import { x } from './closed/mod.js';
    import data from './closed/data.json';
    keep(x, data.x, (await import('./closed/mod.js')).x, (await import('./open/' + 'mod.js')).y);`;
  assert.deepEqual((await succeed('main.js', own, {}, { permissions })).seen, [1, 1, 1, 2]);
  for (const specifier of [`'./closed/' + 'mod.js'`, `'./clo' + 'sed/data.json'`, '`./closed/${"data"}.json`']) {
    const failure = await fail('main.js', `await import(${specifier});`, {}, { permissions });
    assert.match(failure.message, /Cannot read ".*\/closed\/.*": not allowed in the sandbox/);
  }
  symlinkSync('../closed/data.json', `${open}/data-link.json`);
  for (const [name, specifier] of [
    ['open/main.js', '../closed/data.json'],
    ['open/main.js', './data-link.json'],
  ] as const) {
    const failure = await fail(name, `import data from '${specifier}';`, {}, { permissions });
    assert.match(failure.message, /^Cannot read ".*data.*: not allowed in the sandbox/);
    assert.equal(failure.at, 'open/main.js:1:18');
  }
  const code = await succeed('open/main.js', `import { x } from '../closed/mod.js'; keep(x);`, {}, { permissions });
  assert.deepEqual(code.seen, [1]);
  const denied: Permissions = {
    ...permissions,
    read: { allow: 'all', deny: [{ path: join(folder, 'closed'), real: join(folder, 'closed') }] },
  };
  const failure = await fail('main.js', `import './closed/mod.js';`, {}, { permissions: denied });
  assert.match(failure.message, /^Cannot read .*--deny-read=.*\/closed forbids it/);
});

test('a program is the file that it is, whatever PATH says', async () => {
  const ran: (string | undefined)[] = [];
  const nobody = new Uint8Array();
  const run: Options['run'] = async ({ program, argv }) => {
    ran.push(program, ...argv);
    return { ok: true, value: { exitCode: 0, signal: null, stdout: nobody, stderr: nobody } };
  };
  const environment = { PATH: `${folder}/bin:/bin:/usr/bin` };
  await succeed('main.js', `run('tool', 'x'); run('${folder}/bin/tool');`, {}, { permissions, run, environment });
  const tool = `${folder}/bin/tool`;
  assert.deepEqual(ran, [tool, 'tool', 'x', tool, tool]);
  for (const script of [
    `putenv('PATH', '${folder}/evil:/bin');\nrun('tool');`,
    `keep(0);\nrun('${folder}/evil/tool');`,
    `keep(0);\nrun('sh', '-c', 'true');`,
    `keep(0);\nawait start('sh').promise;`,
  ]) {
    const failure = await fail('main.js', script, {}, { permissions, run, environment });
    assert.match(failure.message, /^Cannot run "(.*tool|sh)".*: not allowed in the sandbox/);
    assert.match(failure.at, /^main.js:2:/);
  }
  const preload = await fail(
    'main.js',
    `putenv('LD_PRELOAD', '/x.so'); run('tool');`,
    {},
    { permissions, run, environment },
  );
  assert.match(preload.message, /"LD_PRELOAD" changes what is loaded/);
  assert.equal(ran.length, 5);
});

test('the environment', async () => {
  const environment = { GOOD: '1', BAD: '2' };
  const { seen } = await succeed(
    'main.js',
    `keep(getenv('GOOD')); putenv('GOOD', '3'); keep(getenv('GOOD')); unsetenv('GOOD');`,
    {},
    { permissions, environment },
  );
  assert.deepEqual(seen, ['1', '3']);
  for (const [call, act] of [
    [`getenv('BAD')`, 'read the environment variable "BAD"'],
    [`putenv('BAD', '1')`, 'set the environment variable "BAD"'],
    [`unsetenv('BAD')`, 'set the environment variable "BAD"'],
    ['environment()', 'read all environment variables'],
  ]) {
    const failure = await fail('main.js', `${call};`, {}, { permissions, environment });
    assert.ok(failure.message.startsWith(`Cannot ${act}: not allowed in the sandbox.`), failure.message);
  }
});

test('what was refused and what was changed is on record, also when the script caught it', async () => {
  const script = `
    try { read('/etc/hostname'); } catch {}
    try { getenv('BAD'); } catch {}
    try { run('rm', '-rf'); } catch {}
    putenv('GOOD', '1'); unsetenv('GOOD');`;
  const outcome = await evaluate('main.js', script, {}, { permissions });
  assert.ok(outcome.ok);
  const { refused, variablesRead, variablesChanged, commandsRun } = outcome.record;
  assert.deepEqual(
    refused.map((request) =>
      request.kind === 'run'
        ? request.argv.join(' ')
        : request.kind === 'read'
          ? request.path
          : request.kind === 'env'
            ? request.name
            : '',
    ),
    ['/etc/hostname', 'BAD', 'rm -rf'],
  );
  assert.deepEqual([variablesRead, variablesChanged, commandsRun], [[], ['GOOD'], []]);
});

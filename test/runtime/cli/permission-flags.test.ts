import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { Command } from 'commander';
import { type PermissionFlags, permissionsOf, withPermissionFlags } from '../../../runtime/cli/permission-flags.ts';

/** What the words of a command line come to; the names that follow stay names. */
function parsed(...words: string[]): { readonly flags: PermissionFlags; readonly names: readonly string[] } {
  const command = withPermissionFlags(new Command('ci').argument('[names...]').exitOverride());
  command.configureOutput({ writeErr: () => undefined });
  command.parse(words, { from: 'user' });
  return { flags: command.opts(), names: command.args };
}

describe('the words of a command line', () => {
  const cases: readonly [words: readonly string[], flags: PermissionFlags, names?: readonly string[]][] = [
    [[], {}],
    [['--sandbox', 'web'], { sandbox: true }, ['web']],
    [['--allow-read', 'web'], { allowRead: true }, ['web']],
    [['--allow-read=a,b', 'web'], { allowRead: ['a', 'b'] }, ['web']],
    [['--allow-read=a', '--allow-read=b'], { allowRead: ['a', 'b'] }],
    [['--allow-read=a', '--allow-read'], { allowRead: true }],
    [['--allow-read', '--allow-read=a'], { allowRead: true }],
    [['--deny-env=A,B', '--allow-env'], { denyEnv: ['A', 'B'], allowEnv: true }],
    [['--allow-read=a,,b,c'], { allowRead: ['a,b', 'c'] }],
    [['--allow-net=a:1', '--deny-run'], { allowNet: ['a:1'], denyRun: true }],
  ];
  for (const [words, flags, names = []] of cases) {
    test(words.join(' ') || 'none', () => assert.deepEqual(parsed(...words), { flags, names }));
  }
  for (const wrong of ['--allow-read=', '--allow-read=a,', '--deny-run=,a', '--allow-write', '--deny-readx=1']) {
    test(`${wrong} is wrong usage`, () => assert.throws(() => parsed(wrong), { name: 'CommanderError' }));
  }
});

describe('the permissions that flags give', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-flags-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'bin'));
  mkdirSync(path.join(folder, 'src'));
  writeFileSync(path.join(folder, 'bin/tool'), '');
  chmodSync(path.join(folder, 'bin/tool'), 0o755);
  symlinkSync('src', path.join(folder, 'link'));
  const permissions = (flags: PermissionFlags) => permissionsOf(flags, { cwd: folder, path: `/none:${folder}/bin` });
  const free = { allow: 'all', deny: [] };
  const closed = { allow: [], deny: [] };
  const sandbox = { read: closed, run: closed, env: closed, net: closed };
  const open = { read: free, run: free, env: free, net: free };

  test('without flags there is nothing to say', () => assert.equal(permissions({}), undefined));
  test('--sandbox allows nothing', () => assert.deepEqual(permissions({ sandbox: true }), sandbox));
  test('who allows something allows only that', () => {
    assert.deepEqual(permissions({ allowEnv: ['A'] }), { ...sandbox, env: { allow: ['A'], deny: [] } });
    assert.deepEqual(permissions({ allowRun: true }), { ...sandbox, run: free });
  });
  test('who only denies leaves the rest as it is', () => {
    assert.deepEqual(permissions({ denyEnv: ['A'] }), { ...open, env: { allow: 'all', deny: ['A'] } });
    assert.deepEqual(permissions({ denyRun: true }), { ...open, run: { allow: 'all', deny: 'all' } });
  });
  test('paths are made absolute, and known without links too', () => {
    const read = permissions({ allowRead: ['.', 'link', 'none/x'], denyRead: ['/'] })?.read;
    assert.deepEqual(read, {
      allow: [
        { path: folder, real: folder },
        { path: `${folder}/link`, real: `${folder}/src` },
        { path: `${folder}/none/x`, real: `${folder}/none/x` },
      ],
      deny: [{ path: '/', real: '/' }],
    });
  });
  test('programs are looked for', () => {
    const run = permissions({ allowRun: ['tool', 'bin/tool', './bin/tool', 'none', 'src'] })?.run;
    const file = `${folder}/bin/tool`;
    assert.deepEqual(run?.allow, [
      { name: 'tool', file },
      { name: 'bin/tool', file },
      { name: './bin/tool', file },
      { name: 'none', file: undefined },
      { name: 'src', file: undefined },
    ]);
  });
});

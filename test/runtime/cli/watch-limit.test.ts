import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pollUntil } from '../../support/poll.ts';
import { MAIN, makeProject, startProgram } from '../../support/program.ts';

/** Runs a command in a user namespace in which so few files may be watched. */
const limited = (limit: number, name: string) => [
  'unshare',
  '-Ur',
  'sh',
  '-c',
  `echo ${limit} >/proc/sys/user/${name} && exec "$0" "$@"`,
];

function skip(): string | false {
  if (process.platform !== 'linux') return 'the limit is that of Linux';
  const [command = '', ...words] = limited(20, 'max_inotify_watches');
  return spawnSync(command, [...words, 'true']).status === 0 ? false : 'needs to make user namespaces';
}

for (const [name, limit, advice] of [
  ['max_inotify_watches', 20, /max_user_watches/],
  ['max_inotify_instances', 0, /max_user_instances/],
] as const) {
  test(`where the system allows ${name} of ${limit}, its remedy is told and files are watched all the same`, {
    skip: skip(),
  }, async (t) => {
    const files = Array.from({ length: 100 }, (_, index) => `src/d${index % 10}/f${index}`);
    const cwd = makeProject(t, {
      ...Object.fromEntries(files.map((file) => [file, ''])),
      'Tiltfile.js': "local_resource('a', 'cat src/d9/f99; echo ran', { deps: ['src'] });",
    });
    const program = startProgram(t, ['up'], { cwd, command: [...limited(limit, name), process.execPath, MAIN] });
    await program.waitFor(/Cannot watch [^\n]*Raise it with: sudo sysctl/);
    assert.match(program.output(), advice);
    await program.waitFor(/a │ ran/);
    await program.waitFor(/looked at every 0\.5 s/);
    // Only after the first look a change is one.
    let writes = 0;
    await pollUntil(() => {
      writeFileSync(path.join(cwd, 'src/d9/f99'), `changed ${writes++}\n`);
      return program.output().includes('1 File Changed: [src/d9/f99]');
    });
    await program.waitFor(/a │ changed/);
    mkdirSync(path.join(cwd, 'src/new'));
    writeFileSync(path.join(cwd, 'src/new/file'), '');
    await program.waitFor(/Changed: \[[^\n]*src\/new\/file/);
    // Once for each folder: that of the Tiltfile, and src.
    assert.ok((program.output().match(/Raise it with/g)?.length ?? 0) <= 2);
  });
}

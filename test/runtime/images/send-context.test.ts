import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, stat, symlink, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ignoreMatcher } from '../../../stdlib/model/ignore-pattern.ts';
import { EngineProxy } from '../../support/engine-proxy.ts';
import { skipWithout } from '../../support/testbed.ts';
import { builtImage, imageRig } from './rig.ts';

const BUSYBOX = { skip: skipWithout('docker', 'busybox') };

/** What a build prints of the folder `/c` into which it copied its context. */
const LIST = 'RUN cd /c && find . | sort | sed "s/^/found /"';

function found(text: string): readonly string[] {
  return [...text.matchAll(/→ found \.\/(.*)/g)].map(([, name = '']) => name);
}

test('a Dockerfile that is not part of its context is in no image', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('file', rig.fresh);
  const run = await rig.build(`FROM busybox\nCOPY . /c\n${LIST}\n`);
  builtImage(run);
  assert.deepEqual(found(run.text), ['file']);
});

test('a Dockerfile in its context is copied as it lies there, and .dockerignore too', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const text = `FROM busybox\nCOPY . /c\nRUN sed "s/^/found .\\//" /c/Dockerfile\n${LIST}\n`;
  await rig.write('Dockerfile', `# not the text that is built ${rig.fresh}\n`);
  await rig.write('.dockerignore', 'secret\n');
  await rig.write('secret', '');
  // What is ignored has been decided from that file before; `secret` is sent here, because this build says so.
  const run = await rig.build(text, { build: { dockerfilePath: path.join(rig.context, 'Dockerfile') } });
  builtImage(run);
  assert.deepEqual(found(run.text), [
    `# not the text that is built ${rig.fresh}`,
    '.dockerignore',
    'Dockerfile',
    'secret',
  ]);
});

test('what a rule leaves out is left out, and only what is copied is asked for', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  for (const name of ['src/a', 'src/b.tmp', 'other/c']) await rig.write(name, rig.fresh);
  const contextIgnores = [{ basePath: rig.context, patterns: ['**/*.tmp'], source: '' }];
  assert.ok(ignoreMatcher(contextIgnores).ignores(path.join(rig.context, 'src/b.tmp')));
  const run = await rig.build(`FROM busybox\nCOPY src /c\n${LIST}\n`, { build: { contextIgnores } });
  builtImage(run);
  assert.deepEqual(found(run.text), ['a']);
});

test('a change is seen, also of a file whose size and time stay the same', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  const time = new Date('1985-10-26T08:15:00Z');
  const file = path.join(rig.context, 'file');
  const dockerfile = 'FROM busybox\nCOPY file /\nRUN echo "it says $(cat /file)"\n';
  const said: string[] = [];
  for (const word of ['one', 'two', 'six']) {
    const before = await stat(file).catch(() => undefined);
    do {
      await rig.write('file', `${word} ${rig.fresh}`);
      await utimes(file, time, time);
    } while ((await stat(file)).ctimeMs === before?.ctimeMs);
    const run = await rig.build(dockerfile);
    builtImage(run);
    said.push(/→ it says (\w+)/.exec(run.text)?.[1] ?? '');
  }
  assert.deepEqual(said, ['one', 'two', 'six']);
});

test('files that go from a context are gone from the image', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  for (const name of ['keep', 'folder/gone']) await rig.write(name, rig.fresh);
  const dockerfile = `FROM busybox\nCOPY . /c\n${LIST}\n`;
  assert.deepEqual(found((await rig.build(dockerfile)).text), ['folder', 'folder/gone', 'keep']);
  await rm(path.join(rig.context, 'folder'), { recursive: true });
  assert.deepEqual(found((await rig.build(dockerfile)).text), ['keep']);
});

test('large files, many files and odd names arrive whole', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('large', `${rig.fresh}${'0123456789abcdef'.repeat(200_000)}`);
  for (let n = 0; n < 300; n += 1) await rig.write(`many/${n}`, `${n}`);
  await rig.write('ünï cödé, "quoted"\u{1f600}', rig.fresh);
  await symlink('many/7', path.join(rig.context, 'link'));
  const run = await rig.build(
    'FROM busybox\nCOPY . /c\nRUN cd /c && echo "$(wc -c <large) $(ls many | wc -l) $(cat ün*) $(cat link)"\n',
  );
  builtImage(run);
  assert.match(run.text, new RegExp(`→ 3200012 300 ${rig.fresh} 7$`, 'm'));
});

test('names beyond ASCII may be asked for', BUSYBOX, async (t) => {
  const rig = await imageRig(t);
  await rig.write('grüße/a b', rig.fresh);
  const run = await rig.build(`FROM busybox\nCOPY grüße /c\n${LIST}\n`);
  builtImage(run);
  assert.deepEqual(found(run.text), ['a b']);
});

test(
  'a file that goes away while the context is sent is no failure: what is there then is built',
  BUSYBOX,
  async (t) => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    const folder = await mkdtemp(path.join(os.tmpdir(), 'engine-proxy-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    let builds = 0;
    // BuildKit asks for files after the build was asked for.
    const proxy = await EngineProxy.start(t, folder, (line) => {
      if (!line.includes('/build?')) return undefined;
      builds += 1;
      const name = names[builds];
      if (name !== undefined) rmSync(path.join(rig.context, name));
      if (builds === 2) names.splice(2);
      return undefined;
    });
    const rig = await imageRig(t, proxy.environment);
    for (const name of names) await rig.write(name, `${name} ${rig.fresh}`);
    const run = await rig.build(`FROM busybox\nCOPY . /c\n${LIST}\n`);
    builtImage(run);
    assert.equal(builds, 3);
    assert.deepEqual(found(run.text), ['five', 'four', 'one']);
    assert.match(run.text, /Building again, because a file went away meanwhile: ENOENT: .*two/);
  },
);

import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { createResultCache } from '../../../../runtime/local/cache/result-cache.ts';
import type { LocalResource } from '../../../../stdlib/model/resource.ts';
import { local, shell } from '../../../support/graph.ts';
import { makeProject } from '../../../support/program.ts';

interface Rig {
  readonly folder: string;
  readonly cacheFolder: string;
  readonly said: string[];
  at(name: string): string;
  resource(more?: Partial<LocalResource>): LocalResource;
  /** Looks up, and where nothing is found runs `write` and keeps what it left. Answers whether it was found. */
  run(resource?: LocalResource, write?: () => void): Promise<boolean>;
}

function rigIn(folder: string, cacheFolder: string, environment: Record<string, string> = {}): Rig {
  const said: string[] = [];
  const at = (name: string) => path.join(folder, name);
  const resource = (more: Partial<LocalResource> = {}) =>
    local('make', {
      update: shell('make', folder),
      position: { file: at('Tiltfile'), line: 1, column: 1 },
      cache: { inputs: [at('src')], outputs: [at('out')], env: ['MODE'] },
      ...more,
    });
  const output = { write: (text: string) => void said.push(text.trim()) };
  return {
    folder,
    cacheFolder,
    said,
    at,
    resource,
    async run(
      one = resource(),
      write = () => {
        mkdirSync(at('out/deep'), { recursive: true });
        writeFileSync(at('out/a'), `made of ${readFileSync(at('src/a'), 'utf8')}`);
        writeFileSync(at('out/deep/run'), 'x');
        chmodSync(at('out/deep/run'), 0o755);
        rmSync(at('out/link'), { force: true });
        symlinkSync('a', at('out/link'));
      },
    ) {
      const found = await createResultCache({ folder: cacheFolder, environment }).lookUp(one, output);
      if (found.isHit) return true;
      write();
      await found.keep();
      return false;
    },
  };
}

function rig(t: TestContext, environment: Record<string, string> = {}): Rig {
  return rigIn(makeProject(t, { 'src/a': '1', 'src/b.md': '1' }), makeProject(t, {}), environment);
}

const entries = ({ cacheFolder }: Rig) => readdirSync(path.join(cacheFolder, 'v1'));

test('what a command left is put back while its inputs are the same, whole and as it was', async (t) => {
  const one = rig(t);
  assert.equal(await one.run(), false);
  rmSync(one.at('out'), { recursive: true });
  assert.equal(await one.run(), true);
  assert.equal(readFileSync(one.at('out/a'), 'utf8'), 'made of 1');
  assert.equal(readFileSync(one.at('out/link'), 'utf8'), 'made of 1');
  assert.equal(statSync(one.at('out/deep/run')).mode & 0o111, 0o111);
  writeFileSync(one.at('out/left-over'), '');
  assert.equal(await one.run(), true);
  assert.deepEqual(readdirSync(one.at('out')).sort(), ['a', 'deep', 'link']);
  assert.deepEqual(readdirSync(one.folder).sort(), ['out', 'src']);
});

test('another content, mode, command, variable or name of an input is another result; an ignored file is none', async (t) => {
  const one = rig(t);
  const resource = one.resource({ ignores: [{ basePath: one.folder, patterns: ['**/*.md'], source: '' }] });
  assert.equal(await one.run(resource), false);
  writeFileSync(one.at('src/b.md'), 'other');
  assert.equal(await one.run(resource), true);
  writeFileSync(one.at('src/a'), '2');
  assert.equal(await one.run(resource), false);
  assert.equal(readFileSync(one.at('out/a'), 'utf8'), 'made of 2');
  chmodSync(one.at('src/a'), 0o755);
  assert.equal(await one.run(resource), false);
  assert.equal(await one.run({ ...resource, update: shell('make all', one.folder) }), false);
  writeFileSync(one.at('src/new'), '');
  assert.equal(await one.run(resource), false);
  rmSync(one.at('src/new'));
  assert.equal(await one.run(resource), true);
  assert.equal(await rigIn(one.folder, one.cacheFolder, { MODE: 'x', OTHER: 'y' }).run(resource), false);
  assert.equal(await rigIn(one.folder, one.cacheFolder, { OTHER: 'z' }).run(resource), true);
});

test('another checkout of the same project finds it', async (t) => {
  const one = rig(t);
  await one.run();
  const copy = makeProject(t, {});
  cpSync(one.at('src'), path.join(copy, 'src'), { recursive: true });
  const other = rigIn(copy, one.cacheFolder);
  assert.equal(await other.run(), true);
  assert.equal(readFileSync(other.at('out/a'), 'utf8'), 'made of 1');
});

test('a damaged entry is noticed, leaves the outputs alone, and is made anew', async (t) => {
  const damages: readonly ((entry: string) => void)[] = [
    (entry) => writeFileSync(path.join(entry, '0'), 'MADE of 1'),
    (entry) => rmSync(path.join(entry, '1')),
    (entry) => writeFileSync(path.join(entry, 'manifest.json'), '{"files": ['),
    (entry) => {
      const file = path.join(entry, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"path":"a"', '"path":"../../escaped"'));
    },
  ];
  for (const damage of damages) {
    const one = rig(t);
    await one.run();
    writeFileSync(one.at('out/mine'), 'mine');
    const [name = ''] = entries(one);
    damage(path.join(one.cacheFolder, 'v1', name));
    assert.equal(await one.run(), false);
    assert.match(one.said[0] ?? '', /damaged/);
    assert.equal(existsSync(one.at('out/mine')), true);
    assert.equal(existsSync(path.join(one.folder, 'escaped')), false);
    assert.equal(await one.run(), true);
  }
});

test('nothing is kept when inputs change meanwhile, or an output is missing', async (t) => {
  const one = rig(t);
  await one.run(undefined, () => {
    mkdirSync(one.at('out'));
    writeFileSync(one.at('src/a'), 'changed');
  });
  assert.match(one.said.at(-1) ?? '', /inputs changed while it ran/);
  rmSync(one.at('out'), { recursive: true });
  await one.run(undefined, () => {});
  assert.match(one.said.at(-1) ?? '', /"\S*out" is one of the outputs, and is not there/);
  assert.equal(await one.run(), false);
});

test('runs at the same time do not disturb each other', async (t) => {
  const one = rig(t);
  await Promise.all([1, 2, 3, 4].map(() => one.run()));
  assert.equal(entries(one).length, 1);
  const found = await Promise.all(
    [1, 2, 3, 4].map((number) => {
      const copy = makeProject(t, { 'src/a': '1', 'src/b.md': '1' });
      return rigIn(copy, one.cacheFolder, number > 4 ? { MODE: 'x' } : {}).run();
    }),
  );
  assert.deepEqual(found, [true, true, true, true]);
});

test('a command without outputs is not run again either; entries of last month go', async (t) => {
  const one = rig(t);
  const resource = one.resource({ cache: { inputs: [one.at('src')], outputs: [], env: [] } });
  await one.run(resource, () => {});
  assert.equal(await one.run(resource), true);
  const [name = ''] = entries(one);
  const old = new Date(Date.now() - 40 * 24 * 3_600_000);
  utimesSync(path.join(one.cacheFolder, 'v1', name), old, old);
  writeFileSync(one.at('src/a'), '3');
  await one.run(resource, () => {});
  assert.equal(entries(one).includes(name), false);
});

test('a cache that cannot be written costs nothing but a warning', async (t) => {
  const one = rig(t);
  writeFileSync(path.join(one.cacheFolder, 'v1'), 'no folder');
  assert.equal(await one.run(), false);
  assert.match(one.said.at(-1) ?? '', /The cache is of no use here: /);
  assert.equal(readFileSync(one.at('out/a'), 'utf8'), 'made of 1');
});

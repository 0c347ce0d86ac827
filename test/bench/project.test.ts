import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { chooseMeasures, MEASURES } from '../../bench/measures.ts';
import { deployments, echoes, hello, writeProject } from '../../bench/project.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bench-project-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const sample = path.resolve(import.meta.dirname, '..', '..', 'samples', 'hello');

for (const language of ['javascript', 'starlark'] as const) {
  test(`hello is written in ${language} with its own ports everywhere`, () => {
    const project = path.join(folder, `hello-${language}`);
    const tiltfile = writeProject(hello(sample, [1111, 2222]), language, project);
    assert.equal(path.basename(tiltfile), language === 'starlark' ? 'Tiltfile' : 'Tiltfile.ts');
    const files = readdirSync(project).sort();
    assert.deepEqual(files, [path.basename(tiltfile), 'build.mjs', 'check.mjs', 'greeting.txt', 'server.mjs'].sort());
    const text = files.map((name) => readFileSync(path.join(project, name), 'utf8')).join('\n');
    assert.match(text, /1111/);
    assert.match(text, /2222/);
    assert.doesNotMatch(text, /1847\d/);
  });
}

test('both languages of hello name the same resources, commands and files', () => {
  const { javascript, starlark } = hello(sample, [1, 2]);
  const names = (text: string): string[] => [...text.matchAll(/'([^']*)'/g)].map(([, name]) => name ?? '').sort();
  const link = /localhost/;
  const words = (text: string) => names(text).filter((name) => !link.test(name));
  assert.deepEqual(words(starlark), words(javascript));
});

test('a project is written anew, without what an earlier run left', () => {
  const project = path.join(folder, 'anew');
  writeProject(echoes(1), 'starlark', project);
  writeProject(echoes(2), 'javascript', project);
  assert.deepEqual(readdirSync(project), ['Tiltfile.js']);
});

test('generated Tiltfiles define as many resources as asked for', () => {
  const seen: string[] = [];
  new Function('local_resource', echoes(3).javascript)((name: string, cmd: string) => seen.push(`${name}: ${cmd}`));
  assert.deepEqual(seen, ['r0: echo 0', 'r1: echo 1', 'r2: echo 2']);

  let yaml = '';
  new Function('blob', 'k8s_yaml', deployments(3).javascript)(
    (text: string) => text,
    (text: string) => {
      yaml = text;
    },
  );
  assert.deepEqual(
    [...yaml.matchAll(/^metadata:\n {2}name: (.*)$/gm)].map(([, name]) => name),
    ['d0', 'd1', 'd2'],
  );
  assert.equal(yaml.split('\n---\n').length, 3);
});

test('measures are chosen by the beginning of their names', () => {
  const chosen = chooseMeasures(['ci-1', 'up']);
  assert.ok(!('unknown' in chosen));
  assert.deepEqual(
    chosen.map(({ name }) => name),
    ['ci-100-echo', 'up-first-output', 'up-first-command', 'up-30-idle'],
  );
  const all = chooseMeasures([]);
  assert.ok(!('unknown' in all));
  const named = MEASURES.filter((measure) => !all.includes(measure)).map(({ name }) => name);
  assert.deepEqual(
    named,
    [
      'images-1-cold',
      'images-1-again',
      'images-10-cold',
      'images-10-again',
      'images-10-over-wait',
      'cluster-30-deployments',
      'cluster-unchanged',
    ],
    'those need a cluster',
  );
  const cluster = chooseMeasures(['cluster']);
  assert.ok(!('unknown' in cluster));
  assert.equal(cluster.length, 2);
  assert.deepEqual(chooseMeasures(['ci', 'nothing']), { unknown: 'nothing' });
});

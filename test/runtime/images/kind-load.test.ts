import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadIntoKind } from '../../../runtime/images/kind-load.ts';

const LOAD = { image: 'example/web:tilt-1', clusterName: 'dev' };

/** A folder with a `kind` that does what the test says. */
async function fakeKind(t: TestContext, script: string): Promise<{ readonly folder: string; readonly PATH: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kind-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  if (script !== '') await writeFile(path.join(folder, 'kind'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { folder, PATH: script === '' ? folder : `${folder}:/usr/bin:/bin` };
}

async function load(PATH: string, signal = new AbortController().signal, onText = (_text: string): void => {}) {
  let text = '';
  const output = {
    write(more: string) {
      text += more;
      onText(text);
    },
  };
  return { result: await loadIntoKind(LOAD, { PATH }, output, signal), text };
}

test('kind is asked to load the image, and what it says is shown', async (t) => {
  const { folder, PATH } = await fakeKind(
    t,
    'echo "$@" >"$(dirname "$0")/args"; echo "Image: loading..." >&2; printf done',
  );
  const { result, text } = await load(PATH);
  assert.deepEqual(result, { ok: true, value: undefined });
  assert.equal(await readFile(path.join(folder, 'args'), 'utf8'), 'load docker-image example/web:tilt-1 --name dev\n');
  assert.equal(text.split('\n').sort().join('\n'), '\n     Image: loading...\n     Loading image to KIND\n     done');
});

test('half a line on one stream does not become part of a line on the other', async (t) => {
  const { folder, PATH } = await fakeKind(
    t,
    'printf "half of "; echo warning >&2; while [ ! -e "$(dirname "$0")/go-on" ]; do sleep 0.02; done; echo "a line"',
  );
  const { text } = await load(PATH, undefined, (shown) => {
    if (shown.includes('warning')) writeFileSync(path.join(folder, 'go-on'), '');
  });
  assert.equal(text, '     Loading image to KIND\n     warning\n     half of a line\n');
});

test('a kind that fails', async (t) => {
  const { PATH } = await fakeKind(t, 'echo "ERROR: no nodes found for cluster \\"dev\\"" >&2; exit 1');
  const { result } = await load(PATH);
  assert.ok(!result.ok);
  assert.equal(result.failure.kind, 'image-push');
  assert.equal(
    result.failure.message,
    'Cannot load "example/web:tilt-1" into the kind cluster "dev": kind ended with exit code 1',
  );
  assert.deepEqual(result.failure.details, ['ERROR: no nodes found for cluster "dev"']);
});

test('no kind at all', async (t) => {
  const { PATH } = await fakeKind(t, '');
  const { result } = await load(PATH);
  assert.ok(!result.ok);
  assert.match(result.failure.message, /"kind" is not in PATH\. Install kind/);
});

test('loading is stopped', async (t) => {
  const { PATH } = await fakeKind(t, 'echo begun; exec sleep 60');
  const stop = new AbortController();
  const { result } = await load(PATH, stop.signal, (text) => text.includes('begun') && stop.abort());
  assert.ok(!result.ok);
  assert.equal(result.failure.kind, 'cancelled');
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { portedName } from '../../../stdlib/port/port.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { tsc } from '../../types/checkers.ts';
import { FIXTURES, fixtureNames, portFile } from './fixtures.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const runner = tiltfileRunner();
after(() => runner.dispose());

test('there are ports of ten Tiltfiles', () => assert.ok(fixtureNames.length >= 10));

for (const name of fixtureNames) {
  suite(name, () => {
    const main = path.join(FIXTURES, name, 'Tiltfile');

    test('is ported to what is kept, nothing unfaithful', () => {
      const result = portFile(main, { isTypescript: true, withLoads: true });
      assert.ok(result.ok);
      for (const { path: file, text, notes } of result.files) {
        const kept = portedName(file, true);
        assert.equal(text, readFileSync(kept, 'utf8'), `${kept}: see update-fixtures.ts`);
        assert.deepEqual(notes, []);
      }
    });

    test('declares and prints the same', async () => {
      const result = portFile(main, { isTypescript: false, withLoads: false });
      assert.ok(result.ok);
      const ported = result.files[0]?.text ?? '';
      const files = Object.fromEntries(
        readdirSync(path.join(FIXTURES, name), { recursive: true, encoding: 'utf8' })
          .filter((file) => /(^|\/)Tiltfile$|\.(star|bzl)$/.test(file))
          .map((file) => [file, readFileSync(path.join(FIXTURES, name, file), 'utf8')]),
      );
      const extra = {
        'k8s/web.yaml': workload('web'),
        'k8s/api.yaml': workload('api'),
        'web/Dockerfile': 'FROM scratch',
        'api/Dockerfile.dev': 'FROM scratch',
      };
      const before = await runner.run({ ...files, ...extra });
      const after_ = await runner.run({ ...files, ...extra, 'Tiltfile.js': ported });
      assert.ok(before.outcome.ok, before.outcome.ok ? '' : before.outcome.failure.message);
      assert.ok(after_.outcome.ok, after_.outcome.ok ? '' : `${after_.outcome.failure.message}\n${ported}`);
      assert.equal(withoutFolders(after_.printed), withoutFolders(before.printed));
      assert.deepEqual(
        comparable(after_.outcome.result, after_.folder),
        comparable(before.outcome.result, before.folder),
      );
    });
  });
}

test('TypeScript finds nothing wrong with the ports', (t) => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-ports-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const config = {
    extends: path.join(root, 'test/types/fixtures/tsconfig.json'),
    include: [path.join(FIXTURES, '**/*.ts'), path.join(root, 'stdlib/*.d.ts')],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { errors, output } = tsc(['-p', '.'], folder);
  assert.deepEqual(errors, [], output);
});

/** What a run declared, whatever its folder and its files are called. */
function comparable(result: unknown, folder: string): unknown {
  const text = JSON.stringify(result, (key, value: unknown) =>
    key === 'position' || key === 'configFiles' ? undefined : value,
  );
  return JSON.parse(text.replaceAll(folder, '$DIR').replaceAll('/Tiltfile.js', '/Tiltfile'));
}

function withoutFolders(printed: string): string {
  return printed.replace(/Tiltfile\.js/g, 'Tiltfile').replace(/tiltfile-\w+/g, '$DIR');
}

function workload(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: ${name}, image: shop/${name}}]}
`;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helmVersion, withoutTests } from '../../../stdlib/kubernetes/helm-output.ts';

test('versions of helm', () => {
  const versions: readonly (readonly [string, string | undefined])[] = [
    ['v3.0.2+g19e47ee', '3.0'],
    ['v3.14.0+g3fc9f4b\n', '3.1 or later'],
    ['3.2.1', '3.1 or later'],
    ['v4.1.4+g05fa379\n', '3.1 or later'],
    ['WARNING: Kubernetes configuration file is group-readable.\nv3.3.3+g55e3ca0\n', '3.1 or later'],
    ['Client: v2.16.1+gbbdfe5e', undefined],
    ['v5.0.0', undefined],
  ];
  for (const [output, version] of versions) assert.equal(helmVersion(output), version, output);
});

test('what comes from a tests folder goes', () => {
  const part = (file: string) => `# Source: web/${file}\nkind: A\n`;
  const kept = [part('templates/a.yaml'), part('templates/tests.yaml'), 'kind: B # Source: x/tests/y\n'];
  const all = [
    '',
    kept[0],
    part('templates/tests/smoke.yaml'),
    kept[1],
    part('charts/sub/templates/tests/x.yaml'),
    kept[2],
  ];
  assert.equal(withoutTests(all.join('---\n')), ['', ...kept].join('---\n'));
});

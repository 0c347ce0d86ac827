import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { builtins } from '../../../stdlib/builtins/all.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { tsc } from '../../types/checkers.ts';

const project = path.join(import.meta.dirname, 'fixtures/project');
const root = path.resolve(import.meta.dirname, '../../..');

/** Examples that end with an error, which is what they show. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  fail: /certs\/dev\.pem is missing/,
};
/** Examples whose builtins warn on purpose. */
const WARNED: Readonly<Record<string, RegExp>> = {
  test: /test\(\) is deprecated/,
  experimental_telemetry_cmd: /does nothing in tilt-ts/,
  'v1alpha1.extension': /does not run: there is no repository/,
};
/** Commands that find out whether a program is there that the examples of some builtins run. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  local: ['git', '--version'],
  local_async: ['make', '--version'],
  helm: ['helm', 'version'],
  filter_yaml: ['helm', 'version'],
  kustomize: ['kubectl', 'kustomize', path.join(project, 'overlays/dev')],
  docker_compose: ['docker', 'compose', 'version'],
  dc_resource: ['docker', 'compose', 'version'],
};
/** An example shows how an image is built, and need not show what runs it. */
const UNUSED_IMAGE = /^(No deployment instructions were found|Image not used in any)/;

/** Why an example cannot run here, or `false`. In CI nothing is skipped. */
function skip(name: string): string | false {
  const [program = '', ...args] = NEEDS[name] ?? [];
  if (program === '' || process.env.CI === 'true') return false;
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0 ? false : `${program} is not installed`;
}

/** The files that examples name, with a repository of one commit around them. */
function projectFiles(): Record<string, string> {
  const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  const files: Record<string, string> = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/refs/heads/main': `${commit}\n`,
    '.git/objects/info/packs': '',
  };
  for (const entry of readdirSync(project, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(project, file)] = readFileSync(file, 'utf8');
  }
  return files;
}

test('every builtin has an example that uses it', () => {
  for (const { name, example = '' } of builtins) {
    const uses = new RegExp(`(^|[^\\w.])${name.replaceAll('.', '\\.')}\\(`);
    assert.match(example, uses, `${name} has no example: give its schema one`);
  }
});

describe('examples run', () => {
  const runner = tiltfileRunner();
  after(() => runner.dispose());
  const files = projectFiles();
  for (const { name, example } of builtins) {
    if (example === undefined) continue;
    test(name, { skip: skip(name) }, async () => {
      const { outcome, printed } = await runner.run({ ...files, 'Tiltfile.js': example });
      const refused = REFUSED[name];
      if (refused !== undefined) {
        assert.ok(!outcome.ok, 'it shows an error and has none');
        assert.match(outcome.failure.message, refused);
        return;
      }
      assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.failure.message}\n${outcome.failure.codeFrame}\n${printed}`);
      const warnings = outcome.result.warnings.filter((warning) => !UNUSED_IMAGE.test(warning)).join('\n');
      assert.match(warnings, WARNED[name] ?? /^$/);
    });
  }
});

test('editors accept every example', (t) => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-examples-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const { name, example = '' } of builtins) writeFileSync(path.join(folder, `${name}.ts`), `${example}\n`);
  const config = {
    extends: path.join(root, 'test/types/fixtures/tsconfig.json'),
    include: ['*.ts', path.join(root, 'stdlib/*.d.ts')],
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { errors, output } = tsc(['-p', '.'], folder);
  assert.deepEqual(errors, [], output);
});

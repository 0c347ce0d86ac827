import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { MAIN, makeProject } from '../../../support/program.ts';

const hasBash = spawnSync('bash', ['-c', 'complete -p || true; type compgen'], { stdio: 'ignore' }).status === 0;

test('bash completes commands and flags', {
  skip: hasBash || process.env.CI !== undefined ? false : 'there is no bash that completes',
}, (t) => {
  const bin = path.join(makeProject(t, {}), 'bin');
  mkdirSync(bin);
  symlinkSync(MAIN, path.join(bin, 'tilt-ts'));
  const complete = (...words: string[]): string[] => {
    const script = `
      source <(tilt-ts completion bash)
      COMP_WORDS=(tilt-ts ${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=${words.length}
      _tilt_ts_complete
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const run = spawnSync('bash', ['-c', script], { encoding: 'utf8', env });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.split('\n').filter(Boolean);
  };
  assert.deepEqual(complete('tri'), ['trigger']);
  assert.ok(complete('').includes('ci'));
  assert.deepEqual(complete('ci', '--timeo'), ['--timeout']);
});

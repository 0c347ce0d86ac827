import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../../interpreter/builtin.ts';
import { createTiltLibrary } from '../../../stdlib/library.ts';
import { fakeBroker, fakeWorld } from '../../support/fake-call.ts';

const ORDER = /runs before the code of its file/;

/** Why an extension of the default repository, which cannot be fetched, is not loaded by `file`. */
function refusal(file: string): string {
  const world = fakeWorld();
  world.answer = () => ({
    ok: true,
    value: { exitCode: 128, signal: null, stdout: Buffer.alloc(0), stderr: Buffer.from('fatal: no network\n') },
  });
  const { library } = createTiltLibrary({
    mainFile: file,
    args: [],
    subcommand: 'up',
    cwd: '/project',
    enabledNames: [],
    kubeEnvironment: { kubeconfig: undefined, home: '/nowhere' },
    extensions: { cacheFolder: '/nowhere/cache' },
  });
  try {
    library.locateModule?.('ext://widget', { broker: fakeBroker(world), position: { file, line: 1, column: 1 } });
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error('the extension was loaded');
}

test('who imports an extension that is registered later is told that imports run first', () => {
  assert.match(refusal('/project/Tiltfile.js'), ORDER);
});

test('a load of Starlark runs where it stands, and no such thing is said of it', () => {
  const message = refusal('/project/Tiltfile');
  assert.match(message, /loading extension repo default/);
  assert.doesNotMatch(message, ORDER);
});

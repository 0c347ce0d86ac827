import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { completionOf } from '../../../../runtime/cli/completion/candidates.ts';

function program(): Command {
  const top = new Command('tilt-ts').option('-v, --version');
  top.command('ci [names...]').summary('once').option('--timeout <duration>').option('--quiet');
  top.command('get <type> [names...]').option('-o, --output <form>');
  top.command('trigger <resource>');
  top.command('dump').command('engine');
  return top;
}
const words = (...typed: string[]) => completionOf(program(), typed).candidates.map(({ word }) => word);
const asks = (...typed: string[]) => {
  const { asks: what, type } = completionOf(program(), typed);
  return [what, type];
};

test('commands, and their commands', () => {
  assert.deepEqual(words(''), ['ci', 'get', 'trigger', 'dump']);
  assert.deepEqual(words('g'), ['get']);
  assert.deepEqual(words('dump', ''), ['engine']);
  assert.deepEqual(words('dump', 'engine', ''), []);
});

test('flags of the command', () => {
  assert.deepEqual(words('ci', '--'), ['--timeout', '--quiet']);
  assert.deepEqual(words('ci', 'web', '--q'), ['--quiet']);
  assert.deepEqual(words('--'), ['--version']);
});

test('nothing in the place of a value, and behind the two dashes', () => {
  assert.deepEqual(words('ci', '--timeout', ''), []);
  assert.deepEqual(words('ci', '--', '--'), []);
  assert.deepEqual(asks('get', '-o', ''), [undefined, undefined]);
});

test('what only a running program knows', () => {
  assert.deepEqual(asks('trigger', ''), ['resources', undefined]);
  assert.deepEqual(asks('get', ''), ['object-types', undefined]);
  assert.deepEqual(asks('get', '-o', 'json', 'cmds', ''), ['objects', 'cmds']);
  assert.deepEqual(asks('get', '--output=json', 'cmds', ''), ['objects', 'cmds']);
});

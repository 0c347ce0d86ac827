import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { ScriptValue } from '../../../interpreter/value.ts';
import { fakeWorld } from '../../support/fake-call.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';
import { library } from '../../support/tilt-builtins.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

const THREE =
  "for (const name of ['a', 'b', 'c']) local_resource(name, 'true', { resource_deps: name === 'b' ? ['a'] : [] });\n";

test('settings come from the file beside the Tiltfile and from the command line, and the file is watched', () => {
  const world = fakeWorld({ '/project/tilt_config.json': '{"env": "dev", "only": ["a"]}' });
  const run = library({ world, names: ['b'], args: ['--debug', '--env', 'prod'] });
  run('config.define_string', 'env', { usage: 'where to' });
  run('config.define_string_list', 'only', true);
  run('config.define_bool', { name: 'debug' });
  run('config.define_object', 'limits');
  assert.deepEqual(run('config.parse'), { env: 'prod', only: ['b'], debug: true });
  assert.deepEqual(world.recorded, ['/project/tilt_config.json']);
});

test('without a file it is watched all the same, and a second call answers the same', () => {
  const world = fakeWorld();
  const run = library({ world, args: ['--env=x'] });
  run('config.define_string', 'env');
  assert.deepEqual(run('config.parse'), { env: 'x' });
  assert.deepEqual(run('config.parse'), { env: 'x' });
  assert.deepEqual([...new Set(world.recorded)], ['/project/tilt_config.json']);
});

test('help is printed', () => {
  const world = fakeWorld();
  const run = library({ world, args: ['--help'] });
  run('config.define_string', 'env', { usage: 'where to' });
  assert.throws(() => run('config.parse'), /^Refusal: invalid Tiltfile config args: pflag: help requested\nUsage:\n/);
  assert.deepEqual(world.printed, [{ text: 'Usage of :\n      --env string   where to\n\n', level: 'info' }]);
});

const wrong: readonly (readonly [string, readonly (readonly [string, ...ScriptValue[]])[], string])[] = [
  ['no name', [['config.define_string']], 'config.define_string: missing argument for name'],
  ['an empty name', [['config.define_bool', '']], "'name' is required"],
  [
    'a name of another type',
    [['config.define_bool', 1]],
    'config.define_bool: for parameter name: got int, want string',
  ],
  [
    'args of another type',
    [['config.define_bool', 'a', { args: 'yes' }]],
    'config.define_bool: for parameter "args": got string, want bool',
  ],
  [
    'twice the same',
    [
      ['config.define_bool', 'a'],
      ['config.define_string', 'a'],
    ],
    'a defined multiple times',
  ],
  [
    'two that take words',
    [
      ['config.define_bool', 'a', true],
      ['config.define_object', 'b', true],
    ],
    'both b and a are defined as positional args',
  ],
  [
    'after parse',
    [['config.parse'], ['config.define_object', 'b']],
    'config.define_object cannot be called after config.parse is called',
  ],
  ['parse with parameters', [['config.parse', 'x']], 'config.parse: got 1 arguments, want at most 0'],
  [
    'resources that are no list',
    [['config.set_enabled_resources', 'api']],
    'config.set_enabled_resources: for parameter resources: got string, want starlark.Sequence',
  ],
  [
    'resources with a number',
    [['config.set_enabled_resources', ['api', 1]]],
    "resources must be a list of string: '1' is a starlark.Int, not a string",
  ],
  [
    'clear with parameters',
    [['config.clear_enabled_resources', []]],
    'config.clear_enabled_resources: got 1 arguments, want at most 0',
  ],
];

describe('wrong calls', () => {
  for (const [title, calls, message] of wrong) {
    test(title, () => {
      const run = library();
      const [last, ...before] = [...calls].reverse();
      for (const [name, ...args] of before.reverse()) run(name, ...args);
      assert.throws(() => run(...(last as [string, ...ScriptValue[]])), { name: 'Refusal', message });
    });
  }
});

describe('what runs', () => {
  const cases: readonly (readonly [string, string, readonly string[], readonly string[], readonly string[]])[] = [
    ['everything', THREE, [], [], ['a', 'b', 'c']],
    ['names before --', THREE, ['c'], [], ['c']],
    ['names after --, with what they depend on', THREE, [], ['b'], ['a', 'b']],
    ['both', THREE, ['c'], ['a'], ['a', 'c']],
    ['what the Tiltfile chooses', `${THREE}config.set_enabled_resources(['b']);`, ['c'], [], ['a', 'b']],
    [
      'the last choice',
      `config.set_enabled_resources(['a']);config.set_enabled_resources(['c']);${THREE}`,
      [],
      [],
      ['c'],
    ],
    [
      'an empty choice is none',
      `${THREE}config.set_enabled_resources(['a']);config.set_enabled_resources([]);`,
      ['c'],
      [],
      ['c'],
    ],
    ['nothing', `${THREE}config.clear_enabled_resources();`, ['c'], [], []],
    [
      'a choice after nothing',
      `config.clear_enabled_resources();config.set_enabled_resources(['c']);${THREE}`,
      [],
      [],
      ['c'],
    ],
    [
      'words that are read as settings are no names',
      `config.define_string_list('which', { args: true });config.parse();${THREE}`,
      ['x'],
      ['y'],
      ['a', 'b', 'c'],
    ],
    ['exit keeps the choice', `local_resource('a', 'true');config.set_enabled_resources(['a']);exit();`, [], [], ['a']],
  ];
  for (const [title, script, enabledNames, args, enabled] of cases) {
    test(title, async () => {
      const { outcome } = await runner.run({ 'Tiltfile.js': script }, { enabledNames, args });
      assert.ok(outcome.ok, JSON.stringify(outcome));
      assert.deepEqual(outcome.result.graph.enabled, enabled);
    });
  }

  test('a chosen resource that is not there', async () => {
    const { outcome } = await runner.run({ 'Tiltfile.js': `${THREE}config.set_enabled_resources(['b', 'x']);` });
    assert.ok(!outcome.ok);
    assert.equal(
      outcome.failure.message,
      'You specified some resources that could not be found: "x"\nIs this a typo? Existing resources in Tiltfile: "a", "c"',
    );
  });
});

test('another file reads the settings of its own folder, but not those of a second one', async () => {
  const files = {
    'lib/settings.js': "config.define_string('team');export const settings = config.parse();",
    'lib/tilt_config.json': '{"team": "blue"}',
    'tilt_config.json': '{"team": "red"}',
  };
  const one = await runner.run({
    ...files,
    'Tiltfile.js': "import { settings } from './lib/settings.js';\nprint(settings.team, Object.keys(settings));",
  });
  assert.ok(one.outcome.ok, JSON.stringify(one.outcome));
  assert.equal(one.printed, 'blue ["team"]\n');
  const two = await runner.run({ ...files, 'Tiltfile.js': "import './lib/settings.js';\nconfig.parse();" });
  assert.ok(!two.outcome.ok);
  assert.equal(
    two.outcome.failure.message.replaceAll(two.folder, '$DIR'),
    'config.parse can only be called from one Tiltfile working directory per run. It was called from $DIR/lib and $DIR',
  );
});

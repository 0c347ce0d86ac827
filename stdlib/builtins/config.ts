import path from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { parseConfig } from '../config/parse-config.ts';
import type { SettingKind } from '../config/setting.ts';
import { type Builtin, builtin } from '../schema/builtin.ts';
import { sequence, stringsOf } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { bool, string } from '../schema/scalar-types.ts';
import { tiltfileWords } from '../session.ts';
import { systemReason } from './effect-errors.ts';

const FILE_NAME = 'tilt_config.json';

function define(name: string, kind: SettingKind, doc: string, example: string): Builtin {
  return builtin({
    name: `config.${name}`,
    doc,
    parameters: {
      name: required(
        string,
        'Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.',
      ),
      args: withDefault(
        bool,
        false,
        'Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.',
      ),
      usage: withDefault(string, '', 'What it is for, shown when flags are wrong.'),
    },
    returns: 'void',
    example,
    run({ name: setting, args, usage }, call, { declarations: { config } }) {
      if (setting === '') throw new Refusal("'name' is required");
      if (config.parsedIn !== undefined)
        throw new Refusal(`${call.name} cannot be called after config.parse is called`);
      if (config.settings.has(setting)) throw new Refusal(`${setting} defined multiple times`);
      if (args) {
        if (config.positional !== undefined) {
          throw new Refusal(`both ${setting} and ${config.positional} are defined as positional args`);
        }
        config.positional = setting;
      }
      config.settings.set(setting, { kind, usage });
      return undefined;
    },
  });
}

const defineString = define(
  'define_string',
  'string',
  'Defines a setting that is a text: `--name value`.',
  "config.define_string('env', { usage: 'where to deploy' });\nconst { env = 'dev' } = config.parse();",
);

const defineStringList = define(
  'define_string_list',
  'list[string]',
  'Defines a setting that is a list of texts: `--name one --name two`.',
  "config.define_string_list('to-run', { args: true, usage: 'what to run' });\n" +
    "const chosen = config.parse()['to-run'] ?? [];",
);

const defineBool = define(
  'define_bool',
  'bool',
  'Defines a setting that is true or false: `--name`, or `--name=false`.',
  "config.define_bool('debug');\nif (config.parse().debug) print('debugging');",
);

const defineObject = define(
  'define_object',
  'object',
  'Defines a setting that is any JSON value: `--name \'{"a": 1}\'`.',
  "config.define_object('limits');\nconst { limits = { cpu: 1 } } = config.parse();",
);

const parse = builtin({
  name: 'config.parse',
  doc:
    'Reads the settings that were defined: from tilt_config.json beside the Tiltfile, which need not exist and reloads the Tiltfile when ' +
    'it changes, and from the command line (`tilt-ts up -- --env dev`), which counts more. The answer has the settings that are given, and ' +
    'no others.',
  parameters: {},
  returns: 'T',
  // What the settings are only the Tiltfile knows.
  signature: 'function parse<T extends object = Record<string, any>>(): T;',
  example:
    "config.define_string('env');\nconfig.define_bool('debug');\nconst { env = 'dev', debug = false } = config.parse();",
  run(_args, call, session) {
    const { config } = session.declarations;
    const folder = executingFolder(call);
    if (config.parsedIn !== undefined && config.parsedIn !== folder) {
      throw new Refusal(
        `${call.name} can only be called from one Tiltfile working directory per run. It was called from ${config.parsedIn} and ${folder}`,
      );
    }
    config.parsedIn = folder;
    const parsed = parseConfig(config, configFile(call, path.join(folder, FILE_NAME)), tiltfileWords(session.options));
    if (parsed.ok) return parsed.values;
    if (parsed.output !== '') call.broker.print(`${parsed.output}\n`, 'info');
    throw new Refusal(parsed.message);
  },
});

function configFile(call: Call, file: string): { readonly path: string; readonly bytes: Uint8Array } | undefined {
  call.broker.watch(file);
  const read = call.broker.peekFile(file);
  if (read.ok) return { path: file, bytes: read.value };
  switch (read.error.code) {
    case 'ENOENT':
      return undefined;
    case 'EISDIR':
      return { path: file, bytes: new Uint8Array() };
    default: {
      const reason = systemReason(read.error.code);
      throw new Refusal(reason === undefined ? read.error.message : `error opening ${file}: open ${file}: ${reason}`);
    }
  }
}

const setEnabledResources = builtin({
  name: 'config.set_enabled_resources',
  doc: 'Chooses the resources that run, with what they depend on, whatever the command line says. The last call counts; an empty list leaves the choice to the command line.',
  parameters: { resources: required(sequence, 'Their names. They need not be declared yet.') },
  returns: 'void',
  example:
    "local_resource('api', 'make api');\nlocal_resource('web', 'make web');\nconfig.set_enabled_resources(['api', 'web']);",
  run({ resources }, _call, { declarations: { config } }) {
    config.enabled = namesOf(resources);
    return undefined;
  },
});

function namesOf(members: Parameters<typeof stringsOf>[0]): readonly string[] | undefined {
  try {
    const names = stringsOf(members);
    return names.length === 0 ? undefined : names;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`resources must be a list of string: ${error.message}`);
  }
}

const clearEnabledResources = builtin({
  name: 'config.clear_enabled_resources',
  doc: 'Lets no resource run. What is enabled by a later `config.set_enabled_resources` does.',
  parameters: {},
  returns: 'void',
  example:
    "config.clear_enabled_resources();\nif (k8s_context() === 'kind-dev') config.set_enabled_resources(['api']);",
  run(_args, _call, { declarations: { config } }) {
    config.enabled = 'none';
    return undefined;
  },
});

/** In the order of the reference. */
export const configBuiltins = [
  defineString,
  defineStringList,
  defineBool,
  defineObject,
  parse,
  setEnabledResources,
  clearEnabledResources,
];

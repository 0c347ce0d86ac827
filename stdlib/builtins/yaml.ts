import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { plainDataOf } from '../encoding/from-script.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';
import { writeYaml } from '../encoding/yaml-write.ts';
import { builtin } from '../schema/builtin.ts';
import { list } from '../schema/collection-types.ts';
import { optional, required } from '../schema/parameter.ts';
import { absolutePath } from '../schema/path-types.ts';
import { anyOptional, anyValue, string, text } from '../schema/scalar-types.ts';
import { makeBlob } from './blob.ts';
import { readText, readTextIfThere } from './read-text.ts';

const file = required(string, 'The file.');

export const readYaml = builtin({
  name: 'read_yaml',
  doc: 'Reads a YAML file with one document. When the file changes, the Tiltfile is loaded again.',
  parameters: {
    paths: file,
    default: optional(anyOptional, 'What to answer when the file does not exist. Without it that is an error.'),
  },
  typeParameters: '<T = any>',
  returns: 'T',
  example:
    "const values = read_yaml('values.yaml', { default: { replicas: 1 } });\nprint('replicas:', values.replicas);",
  run: ({ paths, default: fallback }, call) =>
    onlyDocument(readStream(call, paths, fallback === undefined ? undefined : [fallback])),
});

export const readYamlStream = builtin({
  name: 'read_yaml_stream',
  doc: 'Reads a YAML file with any number of documents. When the file changes, the Tiltfile is loaded again.',
  parameters: {
    paths: file,
    default: optional(list, 'What to answer when the file does not exist. Without it that is an error.'),
  },
  typeParameters: '<T = any>',
  returns: 'T[]',
  example: "const objects = read_yaml_stream('k8s/web.yaml');\nprint(objects.map(({ kind }) => kind));",
  run: ({ paths, default: fallback }, call) => [...readStream(call, paths, fallback)],
});

export const decodeYaml = builtin({
  name: 'decode_yaml',
  doc: 'Reads a text with one YAML document. Whole numbers that JavaScript cannot hold exactly become bigints.',
  parameters: { yaml: required(text, 'The text.') },
  typeParameters: '<T = any>',
  returns: 'T',
  example: "const { registry } = decode_yaml('registry: localhost:5000');\nprint(registry);",
  run: ({ yaml }) => onlyDocument(decode(yaml, '')),
});

export const decodeYamlStream = builtin({
  name: 'decode_yaml_stream',
  doc: 'Reads a text with any number of YAML documents; empty ones are left out.',
  parameters: { yaml: required(text, 'The text.') },
  typeParameters: '<T = any>',
  returns: 'T[]',
  example:
    "const objects = decode_yaml_stream(local('cat k8s/web.yaml', { quiet: true }));\nk8s_yaml(objects.filter(({ kind }) => kind !== 'Ingress'));",
  run: ({ yaml }) => [...decode(yaml, '')],
});

export const encodeYaml = builtin({
  name: 'encode_yaml',
  doc: 'Writes a value as YAML, with sorted keys.',
  parameters: { obj: required(anyValue('unknown'), 'The value.') },
  returns: 'Blob',
  example:
    "const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'app' }, data: { STAGE: 'dev' } };\nk8s_yaml(encode_yaml(config));",
  run: ({ obj }) => makeBlob(writeYaml(plainDataOf(obj)), 'encode_yaml'),
});

export const encodeYamlStream = builtin({
  name: 'encode_yaml_stream',
  doc: 'Writes each value of a list as a YAML document.',
  parameters: { objs: required(list, 'The values.') },
  returns: 'Blob',
  example:
    "const namespaces = ['shop', 'mail'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));\nk8s_yaml(encode_yaml_stream(namespaces));",
  run: ({ objs }) => makeBlob(objs.map((value) => writeYaml(plainDataOf(value))).join('---\n'), 'encode_yaml_stream'),
});

function readStream(call: Call, path: string, fallback: readonly ScriptValue[] | undefined): readonly ScriptValue[] {
  const absolute = absolutePath(call, path);
  const found = fallback === undefined ? readText(call, absolute) : readTextIfThere(call, absolute);
  return found === undefined ? (fallback ?? []) : decode(found, path);
}

function decode(yaml: string, source: string): readonly ScriptValue[] {
  const parsed = parseYamlStream(yaml, source);
  if (!parsed.ok) throw new Refusal(parsed.message);
  return parsed.documents;
}

function onlyDocument(documents: readonly ScriptValue[]): ScriptValue {
  if (documents.length > 1) {
    throw new Refusal(
      'expected a yaml document but found a yaml stream (documents separated by `---`). use decode_yaml_stream instead to decode a yaml stream',
    );
  }
  return documents[0] ?? null;
}

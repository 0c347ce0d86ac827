import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { ScriptFloat, type ScriptValue } from '../../interpreter/value.ts';
import { plainDataOf } from '../encoding/from-script.ts';
import { parseJson } from '../encoding/json-parse.ts';
import { writeJson } from '../encoding/json-write.ts';
import type { PlainData } from '../encoding/plain-data.ts';
import { builtin } from '../schema/builtin.ts';
import { optional, required } from '../schema/parameter.ts';
import { localPath } from '../schema/path-types.ts';
import { anyOptional, anyValue, text } from '../schema/scalar-types.ts';
import { readText, readTextIfThere } from './read-text.ts';

export const readJson = builtin({
  name: 'read_json',
  doc: 'Reads a JSON file. When the file changes, the Tiltfile is loaded again.',
  parameters: {
    paths: required(localPath, 'The file.'),
    default: optional(anyOptional, 'What to answer when the file does not exist. Without it that is an error.'),
  },
  typeParameters: '<T = any>',
  returns: 'T',
  example: "const { version } = read_json('package.json');\nprint('version', version);",
  run({ paths, default: fallback }, call) {
    const found = fallback === undefined ? readText(call, paths) : readTextIfThere(call, paths);
    return found === undefined ? fallback : decode(found, paths, call);
  },
});

export const decodeJson = builtin({
  name: 'decode_json',
  doc: 'Reads a text with one JSON value. Whole numbers that JavaScript cannot hold exactly become bigints.',
  parameters: { json: required(text, 'The text.') },
  typeParameters: '<T = any>',
  returns: 'T',
  example:
    "const ports = decode_json(read_file('ports.json'));\nfor (const [name, port] of Object.entries(ports)) print(name, port);",
  run: ({ json }, call) => decode(json, '', call),
});

export const encodeJson = builtin({
  name: 'encode_json',
  doc: 'Writes a value as JSON, with sorted keys and indented by two blanks.',
  parameters: { obj: required(anyValue('unknown'), 'The value.') },
  returns: 'string',
  example: "local_resource('api', 'make', { env: { SETTINGS: encode_json({ stage: 'dev' }) } });",
  run: ({ obj }) => writeJson(plainDataOf(obj)),
});

/** Starlark tells floats from ints, JavaScript does not. */
const asFloat = (value: number) => new ScriptFloat(value) as unknown as PlainData;

function decode(json: string, source: string, call: Call): ScriptValue {
  // Some editors begin a file with a byte order mark; JSON itself knows none.
  const parsed = parseJson(json.replace(/^\uFEFF/, ''), call.keywords === undefined ? undefined : asFloat);
  if (parsed.ok) return parsed.value;
  throw new Refusal(`error parsing JSON${source === '' ? '' : ` from ${source}`}: ${parsed.message}`);
}

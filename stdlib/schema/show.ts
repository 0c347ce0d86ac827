import type { ScriptObject, ScriptValue } from '../../interpreter/value.ts';
import { Foreign, MixedDict, ScriptFloat, ScriptFunction, sequenceKind, Tagged } from '../../interpreter/value.ts';
import { formatFloat } from './go-number.ts';
import { isRecordTag } from './tag.ts';

/** A value as Tilt's `print` shows it: strings bare on the outside. */
export function display(value: ScriptValue): string {
  return typeof value === 'string' ? value : show(value);
}

/** A value as Tilt shows it inside of another and in messages: strings quoted. */
export function show(value: ScriptValue): string {
  switch (typeof value) {
    case 'undefined':
      return 'None';
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return showNumber(value);
    case 'string':
      return quote(value);
    case 'object':
      return showObject(value);
  }
}

function showObject(value: Exclude<ScriptValue, undefined | boolean | bigint | number | string>): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return showSequence(sequenceKind(value), value.map(show));
  if (value instanceof ScriptFloat) return showFloat(value.value);
  if (value instanceof MixedDict) {
    return `{${value.entries.map(([key, item]) => `${show(key)}: ${show(item)}`).join(', ')}}`;
  }
  if (value instanceof Tagged) return showTagged(value);
  if (value instanceof ScriptFunction) return `<function ${value.name || 'lambda'}>`;
  if (value instanceof Foreign) return `<${value.kind}>`;
  return showEntries(value, ': ', quote, '{', '}');
}

function showSequence(kind: string, items: readonly string[]): string {
  const inside = items.join(', ');
  if (kind === 'tuple') return items.length === 1 ? `(${inside},)` : `(${inside})`;
  return kind === 'set' ? `set([${inside}])` : `[${inside}]`;
}

/** A whole number that is a float. */
function showFloat(value: number): string {
  const text = formatFloat(value, 64);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function showEntries(
  entries: Readonly<ScriptObject>,
  between: string,
  key: (name: string) => string,
  open: string,
  close: string,
): string {
  const parts = Object.entries(entries).map(([name, value]) => `${key(name)}${between}${show(value)}`);
  return open + parts.join(', ') + close;
}

function showTagged(value: Tagged): string {
  const { fields } = value;
  switch (value.tag) {
    case 'Blob':
      return String(fields.text ?? '');
    case 'TriggerMode':
      return String(fields.name ?? '');
    case 'PortForward':
      return `port_forward(local_port=${show(fields.local_port)}, container_port=${show(fields.container_port)}, name=${show(fields.name)})`;
    case 'git.Repo':
      return `[git.Repo] '${fields.folder}'`;
    case 'Struct':
      return showEntries(sorted(fields), ' = ', (name) => name, 'struct(', ')');
    case 'Link':
      return showEntries(sorted(fields), ' = ', (name) => name, 'link(', ')');
    case 'K8sObjectID':
      return `${fields.name}:${fields.kind}:${fields.namespace}:${fields.group}`.toLowerCase();
    default:
      if (isRecordTag(value.tag)) return showEntries(fields, ': ', quote, '{', '}');
      // Values that say themselves how they are shown: live-update steps, builds.
      if (typeof fields.description === 'string') return fields.description;
      return showEntries(sorted(fields), ' = ', (name) => name, `${value.tag}(`, ')');
  }
}

function sorted(fields: Readonly<ScriptObject>): ScriptObject {
  const names = Object.keys(fields).sort();
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** Whole numbers in full, others as Go's %g writes them. */
export function showNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return '+inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  if (Number.isInteger(value)) return BigInt(value).toString();
  return formatFloat(value, 64);
}

/** A string in double quotes with Go's escapes. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be escaped
  return `"${text.replace(/[\\"\u0000-\u001f\u007f\u0080-\u009f\u00ad\u200b-\u200f\u2028-\u202e\ufeff]/g, escapeCharacter)}"`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

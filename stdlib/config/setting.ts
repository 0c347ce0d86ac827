import { parseWholeJson } from '../encoding/json-parse.ts';
import type { PlainData } from '../encoding/plain-data.ts';
import { quote, show } from '../schema/show.ts';

/** What a setting takes, under the name that usage texts show. */
export type SettingKind = 'string' | 'list[string]' | 'bool' | 'object';

/** A setting that a Tiltfile defines for itself. */
export interface Setting {
  readonly kind: SettingKind;
  /** What it is for; empty when not given. */
  readonly usage: string;
}

export type SettingRead =
  | { readonly ok: true; readonly value: PlainData }
  | { readonly ok: false; readonly message: string };

/** What a setting is that stands in tilt_config.json as `null`. */
const EMPTY: Readonly<Record<SettingKind, PlainData>> = { string: '', 'list[string]': [], bool: false, object: null };

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, false] as const),
]);

/** The value after one more word of the command line; `before` is what earlier words made it. */
export function readWord(kind: SettingKind, before: PlainData | undefined, word: string): SettingRead {
  if (kind === 'list[string]') return read([...(Array.isArray(before) ? before : []), word]);
  if (before !== undefined) {
    const last = kind === 'object' ? show(before) : word;
    return refused(`${kind} settings can only be specified once. multiple values found (last value: ${last})`);
  }
  if (kind === 'string') return read(word);
  if (kind === 'object') {
    const parsed = parseWholeJson(word);
    return parsed.ok ? parsed : refused(`decoding JSON, got ${quote(word)}: ${parsed.message}`);
  }
  const value = BOOLEANS.get(word);
  return value === undefined ? refused(`strconv.ParseBool: parsing ${quote(word)}: invalid syntax`) : read(value);
}

/** The value as tilt_config.json has it. */
export function readFileValue(kind: SettingKind, value: PlainData): SettingRead {
  if (value === null) return read(EMPTY[kind]);
  switch (kind) {
    case 'object':
      return read(value);
    case 'string':
      return typeof value === 'string' ? read(value) : refused(`expected string, found ${jsonType(value)}`);
    case 'bool':
      return typeof value === 'boolean' ? read(value) : refused(`expected bool, found ${jsonType(value)}`);
    case 'list[string]': {
      if (!Array.isArray(value)) return refused('expected array');
      const wrong = value.find((member) => typeof member !== 'string');
      return wrong === undefined ? read(value) : refused(`expected string, got ${jsonType(wrong)}`);
    }
  }
}

function read(value: PlainData): SettingRead {
  return { ok: true, value };
}

function refused(message: string): SettingRead {
  return { ok: false, message };
}

/** The type of a JSON value in the words of Tilt's messages. */
function jsonType(value: PlainData): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'object':
      return 'map[string]interface {}';
    default:
      return 'float64';
  }
}

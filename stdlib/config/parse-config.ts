import type { PlainData, PlainObject } from '../encoding/plain-data.ts';
import { setKey } from '../encoding/plain-data.ts';
import { quote } from '../schema/show.ts';
import { readConfigJson } from './config-json.ts';
import type { ConfigDeclarations } from './declared-config.ts';
import { flagUsage } from './flag-usage.ts';
import { parseFlags } from './flags.ts';
import { readFileValue, readWord } from './setting.ts';

const USAGE_WIDTH = 80;

export type ParsedConfig =
  | { readonly ok: true; readonly values: PlainObject }
  | {
      readonly ok: false;
      readonly message: string;
      /** What to write to the log besides. */
      readonly output: string;
    };

/**
 * The settings that are given: in the file first, then by the words of the command line, which replace what the file says.
 * A setting that is given nowhere has no value.
 */
export function parseConfig(
  config: ConfigDeclarations,
  file: { readonly path: string; readonly bytes: Uint8Array } | undefined,
  words: readonly string[],
): ParsedConfig {
  const fromFile = file === undefined ? { ok: true as const, values: new Map() } : fileValues(config, file);
  if (!fromFile.ok) return { ...fromFile, output: '' };
  const fromWords = wordValues(config, words);
  if (!fromWords.ok) return { ...fromWords, message: `invalid Tiltfile config args: ${fromWords.message}` };
  const values: PlainObject = {};
  for (const name of config.settings.keys()) {
    const value = fromWords.values.get(name) ?? fromFile.values.get(name);
    if (value !== undefined) setKey(values, name, value);
  }
  return { ok: true, values };
}

type Values<Failed> = { readonly ok: true; readonly values: ReadonlyMap<string, PlainData> } | Failed;

function fileValues(
  { settings }: ConfigDeclarations,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): Values<{ readonly ok: false; readonly message: string }> {
  const parsed = readConfigJson(bytes);
  if (!parsed.ok) return { ok: false, message: `error parsing json from ${path}: ${parsed.message}` };
  const values = new Map<string, PlainData>();
  for (const [name, given] of Object.entries(parsed.settings)) {
    const setting = settings.get(name);
    if (setting === undefined) return { ok: false, message: `${path} specified unknown setting name '${name}'` };
    const read = readFileValue(setting.kind, given);
    if (!read.ok) {
      return { ok: false, message: `${path} specified invalid value for setting ${name}: ${read.message}` };
    }
    values.set(name, read.value);
  }
  return { ok: true, values };
}

function wordValues(
  { settings, positional }: ConfigDeclarations,
  words: readonly string[],
): Values<{ readonly ok: false; readonly message: string; readonly output: string }> {
  const flags = new Map([...settings].filter(([name]) => name !== positional));
  const parsed = parseFlags(flags, words);
  if (!parsed.ok) {
    const usage = flagUsage(flags, USAGE_WIDTH);
    const message = parsed.message + (usage === '' ? '' : `\nUsage:\n${usage}`);
    return { ok: false, message, output: parsed.isHelp ? `Usage of :\n${flagUsage(flags, 0)}` : '' };
  }
  const values = new Map(parsed.values);
  const setting = positional === undefined ? undefined : settings.get(positional);
  if (positional === undefined || setting === undefined) {
    if (parsed.rest.length === 0) return { ok: true, values };
    const message =
      `positional CLI args (${quote(parsed.rest.join(' '))}) were specified, but none were expected.\n` +
      'See https://docs.tilt.dev/tiltfile_config.html#positional-arguments for examples.';
    return { ok: false, message, output: '' };
  }
  for (const word of parsed.rest) {
    const read = readWord(setting.kind, values.get(positional), word);
    if (!read.ok) {
      return { ok: false, message: `invalid positional args (${positional}): ${read.message}`, output: '' };
    }
    values.set(positional, read.value);
  }
  return { ok: true, values };
}

import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { Command } from '../model/command.ts';
import { asSequence, stringsOf } from './collection-types.ts';
import { executingFolder } from './executing-file.ts';
import { internalTypeName } from './kind.ts';
import { pathOf } from './path-types.ts';
import { checkedByBuiltin } from './scalar-types.ts';
import { quote } from './show.ts';

/** A shell's line, or a list of a program and its arguments that no shell sees. */
export const command = checkedByBuiltin('string | readonly string[]');

/** A folder, which the builtin resolves. */
export const commandFolder = checkedByBuiltin('string | null');

const onWindows = process.platform === 'win32';

export interface CommandParts {
  readonly command: ScriptValue;
  /** Taken instead on Windows. */
  readonly windowsCommand: ScriptValue;
  readonly dir: ScriptValue;
  readonly env: Readonly<Record<string, string>>;
}

/** The command that the parts of a call come to; `undefined` where they come to none. */
export function commandOf(parts: CommandParts, call: Call): Command | undefined {
  const forWindows = onWindows && parts.windowsCommand !== undefined;
  const dir = folderOf(parts.dir, call);
  const env = environmentPairs(parts.env);
  const argv = argvOf(forWindows ? parts.windowsCommand : parts.command);
  return argv.length === 0 ? undefined : { argv, dir, env };
}

function folderOf(value: ScriptValue, call: Call): string {
  if (value === null || value === undefined) return executingFolder(call);
  try {
    return pathOf(value, call);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`a command directory must be empty or a string: ${error.message}`);
  }
}

/** `NAME=value`, sorted by name so that the order of writing changes nothing. */
function environmentPairs(env: Readonly<Record<string, string>>): readonly string[] {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (name === '') throw new Refusal(`environment has empty key for value ${quote(value)}`);
    pairs.push(`${name}=${value}`);
  }
  return pairs.sort();
}

function argvOf(value: ScriptValue): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return shellArgv(value);
  const members = asSequence(value);
  if (members === undefined) {
    throw new Refusal(`a command must be a string or list of strings. found ${internalTypeName(value)}`);
  }
  try {
    return stringsOf(members);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`a command must be a string or a list of strings: ${error.message}`);
  }
}

/** A line for the system's shell; blank space around it goes. */
export function shellArgv(line: string): readonly string[] {
  if (line === '') return [];
  return onWindows ? ['cmd', '/S', '/C', line.trim()] : ['sh', '-c', line.trim()];
}

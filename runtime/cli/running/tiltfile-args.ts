import { editText } from '../../clients/process/editor.ts';
import { ExitCode } from '../exit-code.ts';
import { findKind } from '../objects/asked-objects.ts';
import { withObjects } from '../objects/object-api.ts';
import { CommandProblem, type ServerFlags, serverHost, serverPort } from './session-address.ts';

export interface ArgsFlags extends ServerFlags {
  readonly clear?: boolean | undefined;
}

const MAIN_TILTFILE = '(Tiltfile)';

/** Gives the running program other arguments for its Tiltfile. Answers the exit code. */
export function tiltfileArgs(given: readonly string[], flags: ArgsFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    if (flags.clear === true && given.length > 0)
      throw new CommandProblem('--clear cannot be given with other arguments');
    const kind = findKind(await api.kinds(), 'tiltfiles');
    const tiltfile = await api.get(kind, MAIN_TILTFILE);
    const spec = (tiltfile.spec ?? {}) as { readonly args?: readonly string[] };
    const before = spec.args ?? [];
    const args = flags.clear === true ? [] : given.length > 0 ? given : await edited(before);
    if (JSON.stringify(args) === JSON.stringify(before)) {
      process.stderr.write('Tilt is already running with those args -- no action taken\n');
      return ExitCode.ok;
    }
    await api.replace(kind, MAIN_TILTFILE, { ...tiltfile, spec: { ...spec, args } });
    const where = `${serverHost(flags)}:${serverPort(flags)}`;
    process.stderr.write(`Changed config args for Tilt running at ${where} to [${args.join(' ')}]\n`);
    return ExitCode.ok;
  });
}

async function edited(before: readonly string[]): Promise<readonly string[]> {
  const text = `# edit args for the running Tilt here\n${before.map(quoted).join(' ')}\n`;
  const result = await editText(text, 'tiltfile-args');
  if (!result.ok) throw new CommandProblem(result.message);
  const lines = result.text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length > 1) throw new CommandProblem('Cannot read the arguments: they stand in one line');
  const words = splitWords(lines[0] ?? '');
  if (words === undefined) throw new CommandProblem('Cannot read the arguments: a quote is not closed');
  return words;
}

/** A word as a shell would read it again. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words as a shell splits them, with quotes and backslashes; `undefined` when a quote is open. */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quote === "'" || quote === '"') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(line.charAt(at + 1))) word += line.charAt(++at);
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (char === '\\') word = (word ?? '') + line.charAt(++at);
    else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

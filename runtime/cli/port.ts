import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KNOWN_NAMES } from '../../stdlib/port/known-names.ts';
import { type PortedFile, type PortProblem, port, portedName } from '../../stdlib/port/port.ts';
import type { Loader } from '../load/loader.ts';
import { ExitCode } from './exit-code.ts';

export interface PortOptions {
  readonly file: string | undefined;
  /** The words after `--`, for `check`. */
  readonly tiltfileArgs: readonly string[];
  readonly out?: string | undefined;
  readonly stdout?: boolean | undefined;
  readonly js?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly check?: boolean | undefined;
}

/** `port`: a Starlark Tiltfile as TypeScript or JavaScript. */
export async function portTiltfile(options: PortOptions, loader: Loader | undefined): Promise<number> {
  if (options.stdout && options.check) {
    say(
      'Error: --check runs the port, and with --stdout there is no file to run. Give --out FILE in place of --stdout.',
    );
    return ExitCode.usage;
  }
  const main = path.resolve(options.file ?? 'Tiltfile');
  if (!existsSync(main)) {
    say(
      `Error: Cannot read ${JSON.stringify(options.file ?? 'Tiltfile')}: no such file. Give the path of a Starlark Tiltfile.`,
    );
    return ExitCode.usage;
  }
  const isTypescript = !options.js && !options.stdout && !/\.m?js$/.test(options.out ?? '');
  const result = port({
    main,
    known: KNOWN_NAMES,
    isTypescript,
    withLoads: !options.stdout,
    read: (file) => (existsSync(file) ? readFileSync(file) : undefined),
    locate: (from, specifier) => (specifier.includes('://') ? undefined : path.resolve(path.dirname(from), specifier)),
  });
  if (!result.ok) {
    for (const problem of result.problems) say(problemText(problem));
    if (options.stdout) process.stdout.write(result.text);
    return ExitCode.tiltfileFailed;
  }
  if (options.stdout) process.stdout.write(result.files.map(({ text }) => text).join(''));
  else if (options.check && !options.force && existsSync(outputOf(main, main, options, isTypescript))) {
    say(`${shortPath(outputOf(main, main, options, isTypescript))} is there already, and compared as it is.`);
  } else {
    const code = writeAll(result.files, main, options, isTypescript);
    if (code !== ExitCode.ok) return code;
  }
  summarize(result.files, options);
  if (options.check && loader) {
    const { checkPort } = await import('./port-check.ts');
    return checkPort(main, outputOf(main, main, options, isTypescript), options.tiltfileArgs, loader);
  }
  return ExitCode.ok;
}

function writeAll(files: readonly PortedFile[], main: string, options: PortOptions, isTypescript: boolean): number {
  const targets = files.map((file) => ({ file, target: outputOf(file.path, main, options, isTypescript) }));
  const taken = targets.filter(({ target }) => existsSync(target));
  if (taken.length > 0 && !options.force) {
    for (const { target } of taken)
      say(`Error: ${shortPath(target)} is there already. Give another file with --out, or replace it with --force.`);
    return ExitCode.usage;
  }
  for (const { file, target } of targets) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.text);
    say(`${shortPath(file.path)} → ${shortPath(target)}`);
  }
  return ExitCode.ok;
}

function outputOf(file: string, main: string, options: PortOptions, isTypescript: boolean): string {
  if (file === main && options.out !== undefined) return path.resolve(options.out);
  return portedName(file, isTypescript);
}

function summarize(files: readonly PortedFile[], options: PortOptions): void {
  const notes = files.flatMap((file) => file.notes.map((note) => ({ file, note })));
  for (const { file, note } of notes) say(`${shortPath(file.path)}:${note.line}:${note.column}: ${note.message}`);
  if (notes.length > 0)
    say(
      `${notes.length} ${notes.length === 1 ? 'place is' : 'places are'} not quite the same in JavaScript, and marked with "// port:".`,
    );
  else if (!options.stdout) say('Everything could be said in JavaScript.');
}

function problemText({ path: file, line, column, message }: PortProblem): string {
  return `Error: ${shortPath(file)}:${line}:${column}: ${message}`;
}

function shortPath(file: string): string {
  return path.relative(process.cwd(), file) || file;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TILTFILE_NAMES } from '../../stdlib/model/tiltfile-names.ts';
import { referenceLine, tsconfigText } from '../scaffold/editor-config.ts';
import { lookAround } from '../scaffold/look-around.ts';
import { tiltfileText } from '../scaffold/tiltfile-text.ts';
import { ExitCode } from './exit-code.ts';
import { typesPath } from './types-path.ts';
import { VERSION } from './version.ts';

export interface InitOptions {
  /** The folder of the project; by default the one where the program runs. */
  readonly folder?: string | undefined;
  readonly js?: boolean | undefined;
  /** Write over a Tiltfile that is there. */
  readonly force?: boolean | undefined;
  /** Only renew the types. */
  readonly types?: boolean | undefined;
}

/** The folder for types in a project that does not have them as a package. */
const TYPES_FOLDER = '.tilt';
const TYPE_FILES = ['tilt.d.ts', 'sandbox.d.ts'] as const;

/** Writes a Tiltfile and what editors need for it, and tells what it wrote. Answers the exit code. */
export function init({ folder: given = '.', js, force, types: onlyTypes }: InitOptions): number {
  const folder = path.resolve(given);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const show = (name: string): string => path.relative(process.cwd(), path.join(folder, name)) || '.';
  const tiltfile = js ? 'Tiltfile.js' : 'Tiltfile.ts';
  const types = isDependency(folder) ? 'package' : 'copied';
  try {
    if (onlyTypes) {
      if (types === 'package')
        say('The types come with the package "tilt-ts", which this project depends on: nothing to write.');
      else say(copiedTypes(folder, show));
      return ExitCode.ok;
    }
    const others = TILTFILE_NAMES.filter((name) => existsSync(path.join(folder, name)));
    if (others.length > 0 && !force) {
      const names = others.map((name) => `"${show(name)}"`).join(', ');
      process.stderr.write(
        `Error: There is a Tiltfile already: ${names}. Write over it or beside it with --force, or only the types with --types.\n`,
      );
      return ExitCode.usage;
    }
    mkdirSync(folder, { recursive: true });
    const declarations = readFileSync(typesPath('tilt.d.ts'), 'utf8');
    const text = tiltfileText(lookAround(folder), {
      language: js ? 'js' : 'ts',
      reference: referenceLine(types),
      has: (builtin) => declarations.includes(`declare const ${builtin}:`),
    });
    writeFileSync(path.join(folder, tiltfile), text);
    say(`Wrote ${show(tiltfile)}`);
    const passedOver = TILTFILE_NAMES.slice(TILTFILE_NAMES.indexOf(tiltfile) + 1).filter((name) =>
      others.includes(name),
    );
    if (passedOver.length > 0) say(`  It is used from now on instead of ${passedOver.join(', ')}.`);
    const first = others.find((name) => TILTFILE_NAMES.indexOf(name) < TILTFILE_NAMES.indexOf(tiltfile));
    if (first !== undefined) say(`  ${first} is used before it: choose with -f ${tiltfile}, or delete ${first}.`);
    if (types === 'copied') say(copiedTypes(folder, show));
    say(editorConfig(folder, tiltfile, types, show));
    say(
      'Next: "tilt-ts plan" shows what it comes to, "tilt-ts ci" brings it up once, "tilt-ts up" keeps it up to date.',
    );
    return ExitCode.ok;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    process.stderr.write(`Error: Cannot write to "${folder}": ${message}\n`);
    return ExitCode.usage;
  }
}

/** Writes the types into the project; answers what to tell. */
function copiedTypes(folder: string, show: (name: string) => string): string {
  mkdirSync(path.join(folder, TYPES_FOLDER), { recursive: true });
  const head = `// Written by tilt-ts ${VERSION}; "tilt-ts init --types" renews it.\n`;
  for (const name of TYPE_FILES) {
    writeFileSync(path.join(folder, TYPES_FOLDER, name), head + readFileSync(typesPath(name), 'utf8'));
  }
  const names = TYPE_FILES.map((name) => show(path.join(TYPES_FOLDER, name)));
  return `Wrote ${names.join(' and ')}: the builtins' types; "tilt-ts init --types" renews them`;
}

/** Settings of a project belong to its owner: where there are some, they stay. The Tiltfile itself leads editors to the types. */
function editorConfig(
  folder: string,
  tiltfile: string,
  types: 'package' | 'copied',
  show: (name: string) => string,
): string {
  const there = ['tsconfig.json', 'jsconfig.json', 'deno.json', 'deno.jsonc'].find((name) =>
    existsSync(path.join(folder, name)),
  );
  if (there !== undefined) {
    return `Left ${show(there)} as it is: the first line of ${tiltfile} leads editors, tsc and deno check to the types`;
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), tsconfigText(tiltfile, types));
  return `Wrote ${show('tsconfig.json')}: for editors and tsc`;
}

/** Whether the project, or one that it is a part of, depends on this program, and its types are installed. */
function isDependency(folder: string): boolean {
  for (let here = folder; ; here = path.dirname(here)) {
    if (dependsOnTilt(path.join(here, 'package.json'))) {
      return existsSync(path.join(here, 'node_modules/tilt-ts/stdlib/tilt.d.ts'));
    }
    if (here === path.dirname(here)) return false;
  }
}

function dependsOnTilt(file: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      object | undefined
    >;
    return 'tilt-ts' in { ...dependencies, ...devDependencies };
  } catch {
    return false;
  }
}

#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { bootLoader } from '../load/loader.ts';
import { readsTiltfile, splitArguments } from './arguments.ts';

quickenSandbox();

// The sandbox boots in a thread of its own while this one reads the command line.
const line = splitArguments(process.argv.slice(2));
const loader = readsTiltfile(line.own) ? bootLoader() : undefined;

const { runProgram } = await import('./program.ts');
const code = await runProgram(line, loader);
// What was started is stopped by now. A connection that some client keeps open must not keep the program alive.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
process.exit(code);

/**
 * V8 would optimise the sandbox's interpreter in the background, for half a second of a processor, and the program's end would wait for
 * it. Tiltfiles are over before that pays: they run on what V8 compiles at once.
 */
function quickenSandbox(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--wasm-lazy-validation']) {
    try {
      setFlagsFromString(flag);
    } catch {
      // Another engine, or one that does not know the flag.
    }
  }
}

#!/usr/bin/env node
import { bootLoader } from '../load/loader.ts';
import { readsTiltfile, splitArguments } from './arguments.ts';
import { ExitCode } from './exit-code.ts';
import { guardStandardStreams } from './standard-streams.ts';

// The sandbox boots in a thread of its own while this one reads the command line.
const line = splitArguments(process.argv.slice(2));
const loader = readsTiltfile(line.own) ? bootLoader() : undefined;
const lost = guardStandardStreams();
void main();

async function main(): Promise<never> {
  const { runProgram } = await import('./program.ts');
  const code = await runProgram(line, loader);
  // What was started is stopped by now. A connection that some client keeps open must not keep the program alive.
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
  );
  const problem = lost();
  if (problem !== undefined) process.stderr.write(`Error: ${problem}\n`);
  process.exit(problem !== undefined && code === ExitCode.ok ? ExitCode.resourceFailed : code);
}

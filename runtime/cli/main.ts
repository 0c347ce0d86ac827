#!/usr/bin/env node
import { bootLoader } from '../load/loader.ts';
import { readsTiltfile, splitArguments } from './arguments.ts';

// The sandbox boots in a thread of its own while this one reads the command line.
const line = splitArguments(process.argv.slice(2));
const loader = readsTiltfile(line.own) ? bootLoader() : undefined;

const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(line, loader);

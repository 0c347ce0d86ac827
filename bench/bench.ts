import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { HELP, type Options, parseOptions } from './arguments.ts';
import { checkForHangs, describeHangCheck } from './hang-check.ts';
import type { Outcome, Workplace } from './measure.ts';
import { chooseMeasures, MEASURES } from './measures.ts';
import { commandLine } from './program.ts';
import { failures, type Result, report } from './report.ts';
import { takeRounds } from './rounds.ts';
import { killRunning } from './run.ts';
import { formatMemory, formatMilliseconds } from './table.ts';
import { makeWorkplace } from './workplace.ts';

// Measures this program, and others beside it, on projects that it writes into a temporary folder. docs/bench.md explains the output.

const root = path.resolve(import.meta.dirname, '..');

function machine(): string {
  const [processor] = cpus();
  const version = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  return `tilt-ts ${version}, node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, load ${load}`;
}

function describeOutcome(outcome: Outcome): string {
  if (outcome.kind === 'failed') return `failed: ${outcome.reason}`;
  const { milliseconds, peakBytes } = outcome.sample;
  return [...milliseconds.map(formatMilliseconds), ...(peakBytes === undefined ? [] : [formatMemory(peakBytes)])].join(
    ', ',
  );
}

async function measureAll(options: Options, place: Workplace): Promise<number> {
  const measures = chooseMeasures(options.only);
  if ('unknown' in measures) {
    const names = MEASURES.map(({ name }) => name).join(', ');
    console.error(`--only ${JSON.stringify(measures.unknown)} fits no measure; there are ${names}`);
    return 2;
  }
  const results: Result[] = [];
  for (const measure of measures) {
    console.error(`${measure.name}: ${measure.title}`);
    const taken = await takeRounds(measure, options.programs, options.rounds, place, ({ name }, outcome) =>
      console.error(`  ${name}: ${describeOutcome(outcome)}`),
    );
    results.push(...taken);
  }
  const facts = machine();
  console.log(`\n${facts}\n\n${report(measures, options.programs, results)}\n`);
  for (const line of failures(results)) console.log(line);
  if (options.json !== undefined) {
    writeFileSync(
      options.json,
      `${JSON.stringify({ machine: facts, rounds: options.rounds, results }, undefined, 2)}\n`,
    );
  }
  return results.some((result) => result.program === 'ours' && result.failures.length > 0) ? 1 : 0;
}

async function checkAll(runs: number, options: Options, place: Workplace): Promise<number> {
  let hung = false;
  for (const program of options.programs) {
    console.error(`${program.name}: ${commandLine(program, ['ci']).join(' ')}, ${runs} times`);
    const check = await checkForHangs(program, runs, place, (done) => {
      if (done % 50 === 0) console.error(`  ${done} done`);
    });
    console.log(describeHangCheck(check));
    hung ||= program.name === 'ours' && (check.hung.length > 0 || check.failed.size > 0);
  }
  return hung ? 1 : 0;
}

async function main(): Promise<number> {
  const request = parseOptions(process.argv.slice(2), [process.execPath, path.join(root, 'dist', 'main.js')]);
  if (request.kind === 'help') {
    console.log(HELP);
    return 0;
  }
  if (request.kind === 'usage') {
    console.error(`${request.message}\n\n${HELP}`);
    return 2;
  }
  const { options } = request;
  const place = makeWorkplace(path.join(root, 'samples', 'hello'));
  const clean = (): void => rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      killRunning();
      clean();
      process.exit(130);
    });
  }
  try {
    return options.hangCheck === undefined
      ? await measureAll(options, place)
      : await checkAll(options.hangCheck, options, place);
  } finally {
    clean();
  }
}

process.exitCode = await main();

import path from 'node:path';
import { failed, type Measure, type Outcome, startOf } from './measure.ts';
import { commandLine } from './program.ts';
import { type Project, writeProject } from './project.ts';
import { type End, Run } from './run.ts';

const LIMIT_MS = 180_000;

/** From start to exit of a command that ends by itself with success. */
export function commandMeasure(
  name: string,
  words: readonly string[],
  project: (sample: string) => Project | Promise<Project>,
): Measure {
  return {
    name,
    title: `\`${words.join(' ')}\`, start to exit`,
    async take(program, place): Promise<Outcome> {
      const tiltfile = writeProject(await project(place.sample), program.language, path.join(place.folder, 'project'));
      const run = new Run(startOf(program, place, commandLine(program, [...words, '-f', tiltfile])), LIMIT_MS);
      const end = await run.end;
      if (end.kind !== 'exited' || end.code !== 0) return failed(describeEnd(end), run.output);
      return { kind: 'measured', sample: { milliseconds: [end.wall], peakBytes: end.peakBytes } };
    },
  };
}

export function describeEnd(end: End): string {
  switch (end.kind) {
    case 'exited':
      return end.signal === null ? `exited with code ${end.code}` : `ended by ${end.signal}`;
    case 'not started':
      return `could not be started: ${end.message}`;
    case 'over time':
      return `did not end within ${end.afterMs / 1000} s`;
  }
}

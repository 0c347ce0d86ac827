import { type Failure, failure } from '../state/failure.ts';
import type { FailedStep } from './build-log.ts';
import { type DockerfileInstruction, dockerfileInstructions } from './dockerfile-instructions.ts';

/** What was being built, for messages. */
export interface BuildSubject {
  readonly ref: string;
  /** As the user wrote it. */
  readonly dockerfile: string;
  /** A short name for it: `Dockerfile`, or `the Dockerfile's text`. */
  readonly dockerfileName: string;
}

const FRAME_LINES = 2;

/** The failure for words of the engine and the step that broke. */
export function buildFailure(subject: BuildSubject, engineWords: string, step: FailedStep | undefined): Failure {
  const words = cleanEngineWords(engineWords);
  const parseLine = Number(/(?:parse error (?:on )?line |Dockerfile:)(\d+)/i.exec(words)?.[1] ?? 0);
  const full = fullDisk(words, step);
  if (full !== undefined) {
    return failure('image-build', `Cannot build image "${subject.ref}": ${full}`, [words]);
  }
  const base = /^(?:\[internal\] load metadata for|resolve image config for) (.+)$/.exec(step?.name ?? '')?.[1];
  if (base !== undefined) {
    const why = fetchProblem(cleanEngineWords(step?.error || words), base);
    return failure(
      'image-build',
      `Cannot build image "${subject.ref}": the base image "${base}" cannot be fetched: ${why}`,
    );
  }
  if (step === undefined || step.name.startsWith('[internal]')) {
    const place = parseLine > 0 ? ` (${subject.dockerfileName}:${parseLine})` : '';
    const details = parseLine > 0 ? codeFrame(subject.dockerfile, parseLine, parseLine) : [];
    return failure('image-build', `Cannot build image "${subject.ref}": ${words}${place}`, details);
  }
  const instruction = findInstruction(subject.dockerfile, step.name);
  const place = instruction ? ` (${subject.dockerfileName}:${instruction.firstLine})` : '';
  const exitCode = /exit code: (\d+)/.exec(step.error)?.[1];
  const what =
    exitCode === undefined ? `: ${cleanEngineWords(step.error || words)}` : ` ended with exit code ${exitCode}`;
  const name = step.name.replace(/\s+/g, ' ');
  return failure('image-build', `Cannot build image "${subject.ref}": step ${name}${what}${place}`, [
    ...step.lastLines,
    ...(instruction ? codeFrame(subject.dockerfile, instruction.firstLine, instruction.lastLine) : []),
  ]);
}

/** What is said when the engine's disk is full. A command that failed is quoted in the error, so its words do not count. */
function fullDisk(words: string, step: FailedStep | undefined): string | undefined {
  if (!/no space left on device$/im.test(words) || /exit code: \d+/.test(words)) return undefined;
  const where =
    step === undefined || step.name.startsWith('[internal]') ? '' : ` in step ${step.name.replace(/\s+/g, ' ')}`;
  return `the disk of the Docker engine is full${where}. Look what takes the room with "docker system df", and make some with "docker builder prune" or "docker image prune"`;
}

function fetchProblem(words: string, image: string): string {
  const bare = words.replace(/^failed to do request: \w+ "[^"]*": /, '').replace(`${image}: `, '');
  if (/pull access denied|authorization failed|unauthorized|401|403/.test(bare)) {
    const [first = ''] = image.split('/');
    return `${bare}. Check its name, or log in with: docker login${first === 'docker.io' ? '' : ` ${first}`}`;
  }
  return bare === 'not found' ? 'its registry does not have it' : bare;
}

const NOISE: readonly (readonly [RegExp, string])[] = [
  [/^failed to solve( with frontend [\w.]+)?: /, ''],
  [/^(rpc error: code = \w+ desc = |failed to (create|build) LLB( definition)?: |failed to read dockerfile: )+/, ''],
  [/^(.*: )?failed to compute cache key: /, ''],
  [/^failed to calculate checksum of ref \S+: /, ''],
  [/^"([^"]+)" not found: not found$/, '"$1" not found in the build context'],
  [/^"([^"]+)": not found$/, '"$1" not found in the build context'],
  [
    /^failed to walk \S+: lstat (?:\/\S*?buildkit-[^/]*)?(\/?\S*): no such file or directory$/,
    '"$1" not found in the build context',
  ],
];

/** BuildKit's words without its inner layers. */
export function cleanEngineWords(words: string): string {
  return NOISE.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), words.trim());
}

/** Finds the instruction that BuildKit calls `[stage 2/3] RUN make`. */
export function findInstruction(dockerfile: string, stepName: string): DockerfileInstruction | undefined {
  const match = /^\[(?:(.*?) +)?(\d+)\/\d+\] (.*)$/s.exec(stepName);
  if (!match) return undefined;
  const [, stage = '', number = '', text = ''] = match;
  const stages = stagesOf(dockerfile);
  const numbered = /^(?:\S+ )?stage-(\d+)$/.exec(stage)?.[1];
  const named = stages.filter(({ name }) => name !== '' && stage.toLowerCase().split(' ').includes(name));
  const candidates =
    numbered !== undefined ? stages.slice(Number(numbered), Number(numbered) + 1) : named.length > 0 ? named : stages;
  const same = candidates
    .flatMap(({ instructions }) => instructions)
    .find((instruction) => normalized(dockerfile.slice(instruction.start, instruction.end)) === normalized(text));
  if (same) return same;
  // Variables are put in by BuildKit, so the text can differ; then the number says which one it is.
  const counted = candidates[0]?.instructions.filter(({ keyword }) => COUNTED.has(keyword)) ?? [];
  const found = counted[Number(number) - 1];
  return found && text.startsWith(found.keyword) ? found : undefined;
}

const COUNTED: ReadonlySet<string> = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

interface Stage {
  readonly name: string;
  readonly instructions: DockerfileInstruction[];
}

function stagesOf(dockerfile: string): readonly Stage[] {
  const stages: Stage[] = [];
  for (const instruction of dockerfileInstructions(dockerfile)) {
    const text = dockerfile.slice(instruction.start, instruction.end);
    if (instruction.keyword === 'FROM') {
      const name = /\sAS\s+(\S+)$/i.exec(text)?.[1] ?? '';
      // Nothing is done for `scratch`, so BuildKit counts on from the next instruction.
      const isScratch = /^FROM\s+(?:--\S+\s+)*scratch(?:\s|$)/i.test(text);
      stages.push({ name: name.toLowerCase(), instructions: isScratch ? [] : [instruction] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

function normalized(text: string): string {
  return text
    .replace(/[\\`][ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The lines of a file around some of them, these marked with `>`. */
export function codeFrame(text: string, firstLine: number, lastLine: number): readonly string[] {
  const lines = text.replace(/\r?\n$/, '').split('\n');
  const from = Math.max(1, firstLine - FRAME_LINES);
  const to = Math.min(lines.length, lastLine + FRAME_LINES);
  const width = String(to).length;
  return lines.slice(from - 1, to).map((line, index) => {
    const number = from + index;
    const mark = number >= firstLine && number <= lastLine ? '>' : ' ';
    return `${mark} ${String(number).padStart(width)} | ${line.replace(/\r$/, '')}`.trimEnd();
  });
}

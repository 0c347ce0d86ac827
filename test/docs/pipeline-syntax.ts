import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import circleci from '@circleci/circleci-config-parser';

// What is wrong with a file of a pipeline system: by its own schema where a package brings that, else by what its documents say of what
// a recipe uses.

type Map = Readonly<Record<string, unknown>>;

/** What GitLab's schema, which a program brings along, finds wrong with a .gitlab-ci.yml. It asks for Node 22. */
export function gitlabProblems(node: string, text: string): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-test-gitlab-'));
  try {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(path.join(folder, '.gitlab-ci.yml'), text);
    const program = import.meta.resolve('gitlab-ci-local/dist/index.js');
    const ran = spawnSync(node, [fileURLToPath(program), '--list'], { cwd: folder, encoding: 'utf8' });
    return ran.status === 0 ? [] : [ran.stdout + ran.stderr];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What CircleCI's parser, with its schemas, finds wrong with a .circleci/config.yml. */
export function circleProblems(text: string): readonly string[] {
  try {
    circleci.parseConfig(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** What is wrong with a pipeline.yml of Buildkite. */
export function buildkiteProblems(file: Map, text: string): readonly string[] {
  const steps = Array.isArray(file.steps) ? (file.steps as readonly unknown[]) : [];
  return [
    ...unknownKeys(file, 'env steps agents notify priority image secrets'),
    ...want(steps.length > 0, 'steps: a list'),
    ...steps.flatMap((step) => (isMap(step) ? buildkiteStep(step) : ['a step is no map'])),
    // What has one dollar is put in when the pipeline is uploaded, not when a step runs.
    ...[...text.matchAll(/(?<!\$)\$(?!\$)\w*/g)].map(([word]) => `${word} is read at the upload`),
  ];
}

function buildkiteStep(step: Map): readonly string[] {
  return [
    ...unknownKeys(
      step,
      'label key command commands timeout_in_minutes artifact_paths agents env plugins retry depends_on concurrency concurrency_group soft_fail',
    ),
    ...want((strings(step.commands) ?? []).length > 0, 'commands: a list of texts'),
    ...want(Number.isInteger(step.timeout_in_minutes), 'timeout_in_minutes: a number'),
    ...want(strings(step.artifact_paths) !== undefined, 'artifact_paths: globs'),
    ...want(/^[\w:-]+$/.test(String(step.key)), 'key: letters, digits, and _ - :'),
  ];
}

/** Sections of a declarative Jenkinsfile, and where each may stand; what stands in `steps` and `sh` is free. */
const JENKINS: Readonly<Record<string, readonly string[]>> = {
  '': ['pipeline'],
  pipeline: ['agent', 'options', 'environment', 'stages', 'post', 'triggers', 'parameters', 'tools'],
  agent: [],
  options: [],
  environment: [],
  stages: ['stage'],
  stage: ['agent', 'environment', 'options', 'steps', 'post', 'when'],
  steps: [],
  post: ['always', 'success', 'failure', 'unsuccessful', 'aborted', 'cleanup'],
  always: [],
};

/** What is wrong with a declarative Jenkinsfile: sections that do not close, stand in the wrong place, or are missing. */
export function jenkinsProblems(text: string): readonly string[] {
  // Texts and comments may hold braces.
  const plain = text.replaceAll(/'''[\s\S]*?'''|"""[\s\S]*?"""|'[^'\n]*'|"[^"\n]*"|\/\/.*/g, "''");
  const problems: string[] = [];
  const open = [''];
  const seen = new Set<string>();
  for (const [, name, brace] of plain.matchAll(/(?:([a-z]+)\s*(?:\('*\))?\s*)?([{}])/g)) {
    const place = open.at(-1) ?? '';
    if (brace === '}') {
      if (open.length === 1) problems.push('a brace closes nothing');
      else open.pop();
      continue;
    }
    if (name === undefined || !(JENKINS[place] ?? []).includes(name)) problems.push(`"${name}" in "${place}"`);
    seen.add(name ?? '');
    open.push(name ?? '');
  }
  if (open.length > 1) problems.push(`"${open.at(-1)}" is not closed`);
  const missing = ['pipeline', 'agent', 'stages', 'stage', 'steps'].filter((name) => !seen.has(name));
  return [...problems, ...missing.map((name) => `no ${name}`)];
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function unknownKeys(map: Map, known: string): readonly string[] {
  const words = known.split(' ');
  return Object.keys(map).flatMap((key) => (words.includes(key) ? [] : [`${key} is not known`]));
}

function want(holds: boolean, what: string): readonly string[] {
  return holds ? [] : [what];
}

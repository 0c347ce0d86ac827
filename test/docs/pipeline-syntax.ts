// What the systems document about their files, as far as a recipe may use it. GitHub's own parser checks GitHub's.

type Map = Readonly<Record<string, unknown>>;

/** What is wrong with a .gitlab-ci.yml. */
export function gitlabProblems(file: Map): readonly string[] {
  const { stages, ...jobs } = file;
  const problems: string[] = [];
  const known = strings(stages) ?? [];
  if (known.length === 0) problems.push('stages: a list of names');
  for (const [name, job] of Object.entries(jobs)) {
    if (!isMap(job)) problems.push(`${name}: not a job`);
    else problems.push(...gitlabJob(job, known).map((problem) => `${name}: ${problem}`));
  }
  return problems;
}

function gitlabJob(job: Map, stages: readonly string[]): readonly string[] {
  return [
    ...unknownKeys(
      job,
      'stage image services variables timeout before_script script after_script artifacts retry rules tags',
    ),
    ...want(stages.includes(String(job.stage)), 'stage: one of stages'),
    ...want(typeof job.image === 'string', 'image: a name'),
    ...want(strings(job.services) !== undefined, 'services: names of images'),
    // Other values than strings and numbers are refused.
    ...want(
      isMap(job.variables) && Object.values(job.variables).every((value) => typeof value === 'string'),
      'variables: texts',
    ),
    ...want(/^\d+ minutes$/.test(String(job.timeout)), 'timeout: such as 30 minutes'),
    ...['before_script', 'script'].flatMap((key) => want((strings(job[key]) ?? []).length > 0, `${key}: commands`)),
    ...gitlabArtifacts(job.artifacts),
  ];
}

function gitlabArtifacts(artifacts: unknown): readonly string[] {
  if (!isMap(artifacts)) return ['artifacts: a map'];
  return [
    ...unknownKeys(artifacts, 'name when paths exclude expire_in expose_as untracked reports'),
    ...want(['on_success', 'on_failure', 'always'].includes(String(artifacts.when)), 'artifacts.when'),
    ...want(strings(artifacts.paths) !== undefined, 'artifacts.paths: paths'),
    ...want(isMap(artifacts.reports) && typeof artifacts.reports.junit === 'string', 'artifacts.reports.junit: a path'),
  ];
}

/** What is wrong with a .circleci/config.yml. */
export function circleProblems(file: Map): readonly string[] {
  const problems = [...unknownKeys(file, 'version jobs workflows orbs commands executors parameters setup')];
  problems.push(...want(file.version === 2.1, 'version: 2.1'));
  if (!isMap(file.jobs) || !isMap(file.workflows)) return [...problems, 'jobs and workflows: maps'];
  for (const [name, job] of Object.entries(file.jobs)) {
    if (!isMap(job)) problems.push(`${name}: not a job`);
    else problems.push(...circleJob(job).map((problem) => `${name}: ${problem}`));
  }
  for (const workflow of Object.values(file.workflows)) {
    const jobs = isMap(workflow) ? (strings(workflow.jobs) ?? []) : [];
    problems.push(
      ...want(jobs.length > 0 && jobs.every((job) => job in (file.jobs as Map)), 'workflow: jobs of this file'),
    );
  }
  return problems;
}

function circleJob(job: Map): readonly string[] {
  const executors = ['docker', 'machine', 'macos', 'executor'].filter((key) => key in job);
  return [
    ...unknownKeys(
      job,
      'docker machine macos executor resource_class environment steps working_directory parallelism shell',
    ),
    ...want(executors.length === 1, 'exactly one executor'),
    ...want(isMap(job.machine) && typeof job.machine.image === 'string', 'machine.image: a name'),
    ...want(Array.isArray(job.steps) && job.steps.length > 0, 'steps: a list'),
    ...(job.steps as readonly unknown[]).flatMap(circleStep),
  ];
}

function circleStep(step: unknown): readonly string[] {
  if (step === 'checkout') return [];
  const [[kind, body] = []] = isMap(step) ? Object.entries(step) : [];
  if (kind === undefined || !isMap(body)) return [`a step is ${JSON.stringify(step)}`];
  if (kind === 'run') {
    return [
      ...unknownKeys(body, 'name command shell environment background working_directory no_output_timeout when'),
      ...want(typeof body.command === 'string', 'run.command: a text'),
    ];
  }
  if (kind === 'store_test_results') return unknownKeys(body, 'path');
  return kind === 'store_artifacts' ? unknownKeys(body, 'path destination') : [`no step is called ${kind}`];
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

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { load } from 'js-yaml';
import { makeKindProject } from '../support/kind-project.ts';
import { type PipelineMachine, pipelineMachine, type ShellPart } from '../support/pipeline-machine.ts';
import { skipWithout } from '../support/testbed.ts';
import { buildkiteProblems, circleProblems, gitlabProblems, jenkinsProblems } from './pipeline-syntax.ts';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const skip = skipWithout('docker', 'busybox', 'cluster');

const textOf = (name: string): string => readFileSync(path.join(DOCS, 'ci', name), 'utf8');
const yamlOf = <T>(name: string): T => load(textOf(name)) as T;

async function githubProblems(text: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content: text }, new NoOperationTraceWriter());
  const found = context.errors.getErrors().map(({ message }) => message);
  if (found.length > 0 || value === undefined) return found;
  const { errors } = await convertWorkflowTemplate(context, value);
  return (errors ?? []).map(({ Message }) => Message);
}

const [node22] = [process.execPath, ...(process.env.TILT_TS_TEST_NODES?.split(':') ?? [])].filter((node) => {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)/.exec(version)?.[1]) >= 22;
});

test("GitLab's recipe is what GitLab's schema allows, and a mistake in it is found", {
  skip: node22 === undefined && "Node 22 is not there, which reads GitLab's schema",
}, () => {
  if (node22 === undefined) return;
  const text = textOf('gitlab-ci.yml');
  assert.deepEqual(gitlabProblems(node22, text), []);
  for (const [from, to] of [
    ['before_script', 'beforescript'],
    ['when: always', 'when: allways'],
  ] as const) {
    assert.ok(text.includes(from));
    assert.match(gitlabProblems(node22, text.replace(from, to)).join(), /schema/i);
  }
});

test('each recipe is in the form that its system documents', async () => {
  assert.deepEqual(await githubProblems(textOf('github-actions.yml')), []);
  assert.deepEqual(circleProblems(textOf('circleci.yml')), []);
  assert.deepEqual(buildkiteProblems(yamlOf('buildkite.yml'), textOf('buildkite.yml')), []);
  assert.deepEqual(jenkinsProblems(textOf('Jenkinsfile')), []);
});

test('a mistake in a recipe is found', async () => {
  const changed = (name: string, from: string, to: string): string => {
    assert.ok(textOf(name).includes(from), `${name} has no ${from}`);
    return textOf(name).replace(from, to);
  };
  assert.notDeepEqual(await githubProblems(changed('github-actions.yml', 'runs-on', 'run-on')), []);
  assert.notDeepEqual(await githubProblems(changed('github-actions.yml', 'always()', 'allways()')), []);
  assert.notDeepEqual(circleProblems(changed('circleci.yml', '- run:', '- ran:')), []);
  assert.notDeepEqual(circleProblems(changed('circleci.yml', 'machine:', 'machines:')), []);
  const buildkite = changed('buildkite.yml', '"$$KIND"', '"$KIND"');
  assert.notDeepEqual(buildkiteProblems(load(buildkite) as Record<string, unknown>, buildkite), []);
  assert.notDeepEqual(jenkinsProblems(changed('Jenkinsfile', 'stages {', 'stage {')), []);
  assert.notDeepEqual(jenkinsProblems(`${textOf('Jenkinsfile')}}`), []);
});

test('no recipe needs a secret, and docs/ci.md has all of them', () => {
  const guide = readFileSync(path.join(DOCS, 'ci.md'), 'utf8');
  const names = readdirSync(path.join(DOCS, 'ci'));
  assert.equal(names.length, 5);
  for (const name of names) {
    assert.doesNotMatch(textOf(name), /secret|password|token|credential|docker login/i, name);
    assert.ok(guide.includes(`](ci/${name})`), `docs/ci.md does not link ${name}`);
  }
  assert.ok(guide.includes(textOf('github-actions.yml')), 'what docs/ci.md shows is not docs/ci/github-actions.yml');
});

/** Runs the parts of a recipe one after the other, as its system does, in a project that has what most have. */
async function follow(
  parts: readonly ShellPart[],
  cwd: string,
  machine: PipelineMachine,
): Promise<{ readonly code: number; readonly output: string }> {
  assert.ok(parts.length > 0, 'the recipe has no command');
  let output = '';
  for (const part of parts) {
    const ran = await machine.run(part, cwd);
    output += ran.output;
    if (ran.code !== 0) return { code: ran.code, output };
  }
  return { code: 0, output };
}

function assertWorked(
  ran: { readonly code: number; readonly output: string },
  cwd: string,
  machine: PipelineMachine,
): void {
  assert.equal(ran.code, 0, ran.output);
  assert.match(ran.output, /Made the cluster kind:tilt-ts-/);
  assert.match(ran.output, /hello from a cluster/);
  for (const report of ['out/run.html', 'out/logs']) assert.ok(existsSync(path.join(cwd, report)), report);
  assert.deepEqual(machine.clusters(), []);
}

interface GithubFile {
  readonly jobs: { readonly servers: { readonly steps: readonly { readonly run?: string }[] } };
}

function githubParts(): readonly ShellPart[] {
  const { steps } = yamlOf<GithubFile>('github-actions.yml').jobs.servers;
  return steps.flatMap(({ run }) => (run === undefined ? [] : [{ shell: ['bash', '-e', '-c'], script: run }]));
}

test('GitHub Actions: the recipe works; annotations and the summary tell a failure', { skip }, async (t) => {
  const summary = path.join(makeKindProject(t).cwd, 'summary.md');
  const env = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const machine = pipelineMachine(t, { env, hasKind: true });
  const good = makeKindProject(t);
  assertWorked(await follow(githubParts(), good.cwd, machine), good.cwd, machine);
  assert.match(readFileSync(path.join(good.cwd, 'out/junit.xml'), 'utf8'), /<testsuite /);

  const bad = makeKindProject(t, "local_resource('bad', 'exit 3');");
  const again = githubParts().filter(({ script }) => script.includes('tilt-ts ci'));
  const failed = await follow(again, bad.cwd, machine);
  assert.equal(failed.code, 1, failed.output);
  assert.match(failed.output, /^::error title=bad failed,file=Tiltfile\.js,/m);
  assert.match(readFileSync(summary, 'utf8'), /bad/);
  assert.match(readFileSync(path.join(bad.cwd, 'out/junit.xml'), 'utf8'), /<failure/);
  assert.deepEqual(machine.clusters(), []);
});

test('GitLab: the recipe works, with the sections of its log', { skip }, async (t) => {
  const { servers } = yamlOf<{
    servers: {
      before_script: string[];
      script: string[];
      variables: Record<string, string>;
      artifacts: { reports: { junit: string } };
    };
  }>('gitlab-ci.yml');
  // The service that runs Docker is this machine's.
  const variables = Object.entries(servers.variables).filter(([name]) => !name.startsWith('DOCKER_'));
  const env = { CI: 'true', GITLAB_CI: 'true', ...Object.fromEntries(variables) };
  const machine = pipelineMachine(t, { env });
  const { cwd } = makeKindProject(t);
  const script = [...servers.before_script, ...servers.script].join('\n');
  const ran = await follow([{ shell: ['sh', '-e', '-c'], script }], cwd, machine);
  assertWorked(ran, cwd, machine);
  assert.match(ran.output, /section_start:/);
  assert.ok(existsSync(path.join(cwd, servers.artifacts.reports.junit)));
});

test('CircleCI: the recipe works', { skip }, async (t) => {
  type Step = string | { run?: { command: string }; store_test_results?: { path: string } };
  const { servers } = yamlOf<{ jobs: { servers: { steps: Step[]; environment: Record<string, string> } } }>(
    'circleci.yml',
  ).jobs;
  const machine = pipelineMachine(t, { env: { CI: 'true', CIRCLECI: 'true', ...servers.environment } });
  const { cwd } = makeKindProject(t);
  const steps = servers.steps.flatMap((step) => (typeof step === 'string' ? [] : [step]));
  const parts = steps.flatMap(({ run }): ShellPart[] =>
    run === undefined ? [] : [{ shell: ['bash', '-eo', 'pipefail', '-c'], script: run.command }],
  );
  assertWorked(await follow(parts, cwd, machine), cwd, machine);
  const results = steps.flatMap(({ store_test_results }) => store_test_results?.path ?? []);
  // Each folder in it is a suite of its own there.
  assert.deepEqual(
    results.map((folder) => readdirSync(path.join(cwd, folder))),
    [['junit.xml']],
  );
});

test('Buildkite: the recipe works', { skip }, async (t) => {
  const { env, steps } = yamlOf<{ env: Record<string, string>; steps: { commands: string[] }[] }>('buildkite.yml');
  const machine = pipelineMachine(t, { env: { CI: 'true', BUILDKITE: 'true', ...env } });
  const { cwd } = makeKindProject(t);
  const parts = steps.map(({ commands }): ShellPart => {
    // As it comes from the upload.
    return { shell: ['bash', '-e', '-c'], script: commands.join('\n').replaceAll('$$', '$') };
  });
  assertWorked(await follow(parts, cwd, machine), cwd, machine);
  assert.ok(existsSync(path.join(cwd, 'out/junit.xml')));
});

test('Jenkins: the recipe works', { skip }, async (t) => {
  const text = textOf('Jenkinsfile');
  const [, kind = ''] = /KIND = '(.*)'/.exec(text) ?? [];
  const machine = pipelineMachine(t, { env: { CI: 'true', JENKINS_URL: 'http://jenkins.example/', KIND: kind } });
  const { cwd } = makeKindProject(t);
  const parts = [...text.matchAll(/sh '''([\s\S]*?)'''/g)].map(([, script = '']): ShellPart => {
    // Groovy goes on after a backslash at the end of a line.
    return { shell: ['sh', '-xe', '-c'], script: script.replaceAll('\\\n', '') };
  });
  assertWorked(await follow(parts, cwd, machine), cwd, machine);
  assert.ok(existsSync(path.join(cwd, 'out/junit.xml')));
});

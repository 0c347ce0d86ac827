import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { pollUntil } from './poll.ts';
import { makeProject, runProgram } from './program.ts';

/** Where `pushImage` pushes busybox to. */
export const PUSHED_IMAGE = '127.0.0.1:5000/tilt-ts-test/busybox:latest';

export interface Project {
  readonly cwd: string;
  readonly namespace: string;
}
export type Fields = Readonly<Record<string, unknown>>;

export async function kubectl(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('kubectl', args)).stdout;
}

/** A project with objects for a namespace of its own, which is deleted with the test. */
export async function makeClusterProject(
  t: TestContext,
  objects: readonly Fields[],
  more = '',
  files: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const namespace = `tilt-ts-ci-${randomUUID().slice(0, 8)}`;
  await kubectl('create', 'namespace', namespace);
  t.after(() => kubectl('delete', 'namespace', namespace, '--wait=false'));
  const cwd = makeProject(t, {
    'objects.yaml': objects.map((object) => JSON.stringify(object)).join('\n---\n'),
    'Tiltfile.js': `k8s_yaml('objects.yaml');\n${more}`,
    ...files,
  });
  return { cwd, namespace };
}

export const ci = (t: TestContext, { cwd, namespace }: Project, env: Readonly<Record<string, string>> = {}) =>
  runProgram(t, ['ci', '--namespace', namespace], { cwd, env });

/** Takes down what `ci` left in the cluster; fails unless all of it goes. Kubelets take their time for the last moments of a pod. */
export async function down(t: TestContext, { cwd, namespace }: Project): Promise<void> {
  const run = await runProgram(t, ['down', '--namespace', namespace], { cwd });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  const isOver = async (): Promise<boolean> => {
    const kinds = 'services,deployments,statefulsets,jobs';
    if ((await kubectl('get', kinds, '-n', namespace, '-o', 'name')) !== '') return false;
    const list = await kubectl('get', 'pods', '-n', namespace, '-o', 'json');
    const pods = (JSON.parse(list) as { items: readonly { metadata: { deletionTimestamp?: string } }[] }).items;
    return pods.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
  };
  await pollUntil(isOver, 30_000, 'a namespace without anything that stays');
}

export function podSpec(script: string, container: Fields = {}, pod: Fields = {}): Fields {
  const main = { name: 'main', image: PUSHED_IMAGE, command: ['sh', '-c', script], ...container };
  return { terminationGracePeriodSeconds: 1, containers: [main], ...pod };
}

export function deployment(name: string, spec: Fields, more: Fields = {}): Fields {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec }, ...more },
  };
}

export function job(name: string, spec: Fields, backoffLimit: number): Fields {
  const template = { spec: { restartPolicy: 'Never', ...spec } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit, template } };
}

export const configMap = (name: string): Fields => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { a: 'b' },
});
export const SERVE = 'while true; do sleep 1; done';

/** Puts the image that `podSpec` names where the cluster finds it. */
export function pushImage(): void {
  execFileSync('docker', ['tag', 'busybox', PUSHED_IMAGE]);
  execFileSync('docker', ['push', '-q', PUSHED_IMAGE]);
}

/** The definition of a namespaced kind "Toy" that takes any fields, in a group of its own: clusters have one of each name. */
export function toyDefinition(group: string) {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `toys.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'toys', singular: 'toy', kind: 'Toy' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeEnd } from './command-measure.ts';
import { failed, type Measure, type Outcome, startOf, type Workplace } from './measure.ts';
import { commandLine, type Program } from './program.ts';
import { type Project, writeProject } from './project.ts';
import { Run } from './run.ts';

const LIMIT_MS = 180_000;

/** `ci` on the cluster of the person who measures, in a namespace that is made for it; only when it is asked for by its name. */
export function clusterMeasure(name: string, title: string, warmUps: number, project: () => Project): Measure {
  return {
    name,
    title,
    onlyOnRequest: true,
    take: (program, place) =>
      inNamespace(program, place, project(), async ({ ci }) => {
        for (let run = 0; run < warmUps; run += 1) {
          const warm = await ci();
          if (warm.kind === 'failed') return warm;
        }
        return await ci();
      }),
  };
}

/** How much longer a second `ci` takes, nothing having changed, than `kubectl wait` on the Deployments that it leaves, right before it. */
export function overKubectlWait(name: string, title: string, project: () => Project): Measure {
  return {
    name,
    title,
    onlyOnRequest: true,
    take: (program, place) =>
      inNamespace(program, place, project(), async ({ ci, kubectl }) => {
        const first = await ci();
        if (first.kind === 'failed') return first;
        const start = performance.now();
        await kubectl('wait', '--for=condition=Available', 'deployments', '--all', '--timeout=60s');
        const waited = performance.now() - start;
        const second = await ci();
        if (second.kind === 'failed') return second;
        const { milliseconds, peakBytes } = second.sample;
        return { kind: 'measured', sample: { milliseconds: milliseconds.map((value) => value - waited), peakBytes } };
      }),
  };
}

interface Namespace {
  /** One run of the program's `ci` in the namespace. */
  ci(): Promise<Outcome>;
  kubectl(...words: readonly string[]): Promise<unknown>;
}

async function inNamespace(
  program: Program,
  place: Workplace,
  project: Project,
  take: (namespace: Namespace) => Promise<Outcome>,
): Promise<Outcome> {
  const namespace = `tilt-ts-bench-${randomUUID().slice(0, 8)}`;
  const kubeconfig = process.env.KUBECONFIG || path.join(homedir(), '.kube', 'config');
  const own = { ...place, environment: { ...place.environment, KUBECONFIG: kubeconfig } };
  const kubectl = (...words: readonly string[]) => promisify(execFile)('kubectl', words, { env: own.environment });
  try {
    await kubectl('create', 'namespace', namespace);
  } catch (error) {
    return failed(`no cluster: ${error instanceof Error ? error.message.trim() : String(error)}`);
  }
  try {
    const tiltfile = writeProject(project, program.language, path.join(place.folder, 'project'));
    const words = ['ci', '-f', tiltfile, '--namespace', namespace];
    return await take({
      ci: () => once(program, own, words),
      kubectl: (...words) => kubectl('--namespace', namespace, ...words),
    });
  } finally {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  }
}

async function once(program: Program, place: Workplace, words: readonly string[]): Promise<Outcome> {
  const run = new Run(startOf(program, place, commandLine(program, words)), LIMIT_MS);
  const end = await run.end;
  if (end.kind !== 'exited' || end.code !== 0) return failed(describeEnd(end), run.output);
  return { kind: 'measured', sample: { milliseconds: [end.wall], peakBytes: end.peakBytes } };
}

/** `count` Deployments without pods: what is measured ends when they are applied. */
export function appliedDeployments(count: number): Project {
  const manifest = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 0
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: busybox, command: [sleep, '1000000'] }] }
`;
  const names = Array.from({ length: count }, (_, index) => `d${index}`);
  const list = names.map((name) => `'${name}'`).join(', ');
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `k8s_yaml('all.yaml');\nfor (const name of [${list}]) k8s_resource(name, { pod_readiness: 'ignore' });\n`,
    starlark: `k8s_yaml('all.yaml')\nfor name in [${list}]:\n  k8s_resource(name, pod_readiness='ignore')\n`,
    texts: new Map([['all.yaml', names.map(manifest).join('---\n')]]),
  };
}

/** One image and the Deployment that runs it. */
export function imageAndDeployment(): Project {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: main
          image: tilt-ts-bench/web
          command: [sleep, '1000000']
          readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 }
`;
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: "docker_build('tilt-ts-bench/web', 'web');\nk8s_yaml('web.yaml');\n",
    starlark: "docker_build('tilt-ts-bench/web', 'web')\nk8s_yaml('web.yaml')\n",
    texts: new Map([
      ['web.yaml', manifest],
      ['web/Dockerfile', 'FROM busybox\nCOPY page /page\n'],
      ['web/page', 'hello\n'],
    ]),
  };
}

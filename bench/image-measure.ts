import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { describeEnd } from './command-measure.ts';
import { failed, type Measure, type Outcome, startOf } from './measure.ts';
import { commandLine } from './program.ts';
import { type Project, writeProject } from './project.ts';
import { Run } from './run.ts';

const LIMIT_MS = 300_000;

/**
 * From start to exit of `ci` on images that are built, pushed and run, each by a Deployment of its own: the first time, or once more
 * with nothing changed. Needs Docker and the cluster of the current context.
 */
export function imageMeasure(count: number, when: 'cold' | 'again'): Measure {
  const images = `${count} image${count === 1 ? '' : 's'}`;
  return {
    name: `images-${count}-${when}`,
    title: `\`ci\` of ${images} and what runs them, start to exit, ${when === 'cold' ? 'the first time' : 'nothing changed'}`,
    needsCluster: true,
    async take(program, place): Promise<Outcome> {
      const id = `bench-${randomBytes(4).toString('hex')}`;
      const kubeconfig = process.env.KUBECONFIG || path.join(homedir(), '.kube', 'config');
      const environment = { ...process.env, KUBECONFIG: kubeconfig };
      const kubectl = (...args: readonly string[]): void => {
        execFileSync('kubectl', args, { env: environment, stdio: 'ignore' });
      };
      kubectl('create', 'namespace', id);
      try {
        const folder = path.join(place.folder, 'project');
        const tiltfile = writeProject(builtImages(count, id), program.language, folder);
        const words = commandLine(program, ['ci', '-f', tiltfile]);
        const cluster = { ...place, environment: { ...place.environment, KUBECONFIG: kubeconfig } };
        for (let left = when === 'cold' ? 1 : 2; ; left -= 1) {
          const run = new Run(startOf(program, cluster, words), LIMIT_MS);
          const end = await run.end;
          if (end.kind !== 'exited' || end.code !== 0) return failed(describeEnd(end), run.output);
          if (left === 1) return { kind: 'measured', sample: { milliseconds: [end.wall], peakBytes: end.peakBytes } };
        }
      } finally {
        kubectl('delete', 'namespace', id, '--wait=false');
        removeImages(id);
      }
    },
  };
}

/** `count` images under names that begin with `id`, with a step that no cache knows, in the namespace `id`. */
function builtImages(count: number, id: string): Project {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: dN, namespace: ${id}}
spec:
  selector: {matchLabels: {app: dN}}
  template:
    metadata: {labels: {app: dN}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: web
          image: ${id}/dN
          command: [httpd, -f, -p, "8000", -h, /www]
          readinessProbe: {periodSeconds: 1, httpGet: {path: /index.html, port: 8000}}
`;
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `const one = \`${manifest}\`;
for (let n = 0; n < ${count}; n += 1) {
  docker_build(\`${id}/d\${n}\`, \`services/d\${n}\`);
  k8s_yaml(blob(one.replaceAll('dN', \`d\${n}\`)));
}
`,
    starlark: `one = '''${manifest}'''
for n in range(${count}):
  docker_build('${id}/d%d' % n, 'services/d%d' % n)
  k8s_yaml(blob(one.replace('dN', 'd%d' % n)))
`,
    texts: new Map(
      Array.from({ length: count }, (_, n) => [
        [`services/d${n}/Dockerfile`, `FROM busybox\nRUN sleep 1; echo ${id} ${n} >/built\nCOPY index.html /www/\n`],
        [`services/d${n}/index.html`, `hello ${id}\n`],
      ]).flat() as [string, string][],
    ),
  };
}

function removeImages(id: string): void {
  const format = '{{.Repository}}:{{.Tag}}';
  const listed = execFileSync('docker', ['image', 'ls', '--format', format], { encoding: 'utf8' });
  const tags = listed.split('\n').filter((tag) => tag.includes(id));
  if (tags.length > 0) execFileSync('docker', ['image', 'rm', '--force', ...tags], { stdio: 'ignore' });
}

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { clusterMeasure, overKubectlWait } from './cluster-measure.ts';
import type { Measure } from './measure.ts';
import type { Project } from './project.ts';

/**
 * From start to exit of `ci` on images that are built, pushed and run, each by a Deployment of its own: the first time, or once more
 * with nothing changed.
 */
export function imageMeasure(count: number, when: 'cold' | 'again'): Measure {
  const images = `${count} image${count === 1 ? '' : 's'}`;
  const title = `\`ci\`, start to exit: ${images} and what runs them, ${when === 'cold' ? 'the first time' : 'once more'}`;
  return withImages(count, (project) =>
    clusterMeasure(`images-${count}-${when}`, title, when === 'cold' ? 0 : 1, project),
  );
}

/** How much longer a second `ci` on `count` images and what runs them takes than `kubectl wait` on all of them. */
export function imagesOverWait(count: number): Measure {
  const title = `a second \`ci\` on ${count} images and what runs them, start to exit, less \`kubectl wait\` on all of them`;
  return withImages(count, (project) => overKubectlWait(`images-${count}-over-wait`, title, project));
}

/** The measure of a project whose images go with it. */
function withImages(count: number, make: (project: () => Project) => Measure): Measure {
  let id = '';
  const measure = make(() => {
    id = `tilt-ts-bench-${randomBytes(4).toString('hex')}`;
    return builtImages(count, id);
  });
  return {
    ...measure,
    async take(program, place) {
      try {
        return await measure.take(program, place);
      } finally {
        removeImages(id);
      }
    },
  };
}

/** `count` images under names that begin with `id`, with a step that no cache knows. */
function builtImages(count: number, id: string): Project {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: dN}
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

/** Removes the images of which `id` is a part of the name. */
export function removeImages(id: string): void {
  if (id === '') return;
  const format = '{{.Repository}}:{{.Tag}}';
  const listed = execFileSync('docker', ['image', 'ls', '--format', format], { encoding: 'utf8' });
  const tags = listed.split('\n').filter((tag) => tag.includes(id));
  if (tags.length > 0) execFileSync('docker', ['image', 'rm', '--force', ...tags], { stdio: 'ignore' });
}

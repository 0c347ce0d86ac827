import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { deployment, SERVE } from './cluster-project.ts';
import { makeProject } from './program.ts';

/** A project whose image has to be built, pushed and run in the cluster at hand. Its image goes with the test. */
export function makeKindProject(t: TestContext, more = ''): { readonly cwd: string; readonly image: string } {
  const image = `tilt-ts-test/kind-${randomUUID().slice(0, 8)}`;
  t.after(() => {
    const names = execFileSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' });
    const built = names.split('\n').filter((name) => name.includes(image.replace('/', '_')) || name.includes(image));
    if (built.length > 0) execFileSync('docker', ['rmi', ...built], { stdio: 'ignore' });
  });
  const main = { name: 'main', image, command: ['sh', '-c', `cat /words; ${SERVE}`] };
  const cwd = makeProject(t, {
    Dockerfile: 'FROM busybox\nCOPY words /words\n',
    words: 'hello from a cluster\n',
    'objects.yaml': JSON.stringify(deployment('web', { terminationGracePeriodSeconds: 1, containers: [main] })),
    'Tiltfile.js': `docker_build('${image}', '.', { only: ['words'] });
k8s_yaml('objects.yaml');
local_resource('check', 'kubectl get deployments -A -o name', { resource_deps: ['web'] });
${more}`,
  });
  return { cwd, image };
}

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import {
  ci,
  deployment,
  down,
  kubectl,
  makeClusterProject,
  podSpec,
  pushImage,
  SERVE,
} from '../../support/cluster-project.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';

describe('builds and deploys by commands', {
  skip: skipWithout('docker', 'cluster', 'busybox'),
  concurrency: 3,
}, () => {
  before(pushImage);

  test('an image by custom_build, on another one, runs in the cluster', async (t) => {
    const id = randomUUID();
    const [base, web] = [`tilt-ts-test-${id}/base`, `tilt-ts-test-${id}/web`];
    const objects = [deployment('web', podSpec('cat /made; sleep 1000', { image: web }))];
    const project = await makeClusterProject(
      t,
      objects,
      `docker_build('${base}', '.', { dockerfile_contents: 'FROM busybox\\nRUN echo by base ${id} > /made' });
       custom_build('${web}', 'sh build.sh', ['build.sh'], { image_deps: ['${base}'] });`,
      {
        'build.sh':
          'printf "FROM $TILT_IMAGE_0\\nRUN echo and by build >> /made" | docker build -q -t $EXPECTED_REF -\n',
      },
    );
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, new RegExp(`Building Custom Build: \\[${web}\\]`));
    assert.match(run.stdout, new RegExp(`web │ by base ${id}\\n[\\s\\S]*web │ and by build`));
    const images = await kubectl('get', 'pods', '-n', project.namespace, '-o', 'jsonpath={..image}');
    assert.match(images, /_web:tilt-[0-9a-f]{16}/);
    await down(t, project);
  });

  test('k8s_custom_deploy deploys, is followed, and down takes it away', async (t) => {
    const spec = podSpec(`echo it is me; ${SERVE}`);
    const project = await makeClusterProject(
      t,
      [],
      `k8s_custom_deploy('web', 'kubectl apply -o yaml -f mine.yaml', 'kubectl delete --ignore-not-found -f mine.yaml', ['mine.yaml']);`,
      { 'mine.yaml': JSON.stringify(deployment('mine', spec)) },
    );
    const run = await ci(t, project);
    assert.equal(run.code, 0, run.stderr + run.stdout);
    assert.match(run.stdout, /web │ {6}Objects applied to cluster:\n.*→ mine:deployment/);
    assert.match(run.stdout, /web │ it is me/);
    assert.match(await kubectl('get', 'deployments', '-n', project.namespace, '-o', 'name'), /mine/);
    await down(t, project);
  });

  test('a deploy command that fails ends ci with 1 and what it printed', async (t) => {
    const project = await makeClusterProject(
      t,
      [],
      `k8s_custom_deploy('web', 'echo no chart >&2; exit 4', 'true', []);`,
    );
    const run = await ci(t, project);
    assert.equal(run.code, 1, run.stderr + run.stdout);
    assert.match(run.stderr, /Cannot deploy "web": the apply command exited with status 4[\s\S]*no chart/);
  });

  test('up deploys again when its files change, and takes it away when it leaves the Tiltfile', async (t) => {
    const project = await makeClusterProject(t, [], '', {
      'mine.yaml': JSON.stringify(deployment('mine', podSpec(`echo first version; ${SERVE}`))),
      'src/a': '',
      'Tiltfile.js': `k8s_custom_deploy('web', 'kubectl apply -o yaml -f mine.yaml', 'echo taken away', ['mine.yaml', 'src'], {
         live_update: [sync('src', '/app')], container_selector: 'main',
       });`,
    });
    const tiltfile = path.join(project.cwd, 'Tiltfile.js');
    const program = startProgram(t, ['up', '--namespace', project.namespace], { cwd: project.cwd });
    await program.waitFor(/first version/, 60_000);
    const changed = JSON.stringify(deployment('mine', podSpec(`echo second version; ${SERVE}`)));
    writeFileSync(path.join(project.cwd, 'mine.yaml'), changed);
    await program.waitFor(/1 File Changed: \[mine\.yaml\][\s\S]*second version/, 60_000);
    writeFileSync(tiltfile, "local_resource('other', 'echo other is here');");
    await program.waitFor(/Taking away what "web" deployed\n[\s\S]*taken away/, 30_000);
    program.signal('SIGINT');
    assert.equal(await program.exit, 130, program.output());
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { composeProject } from '../../support/compose-project.ts';
import { startProgram } from '../../support/program.ts';
import { skipWithout } from '../../support/testbed.ts';
import { LiveProject, web } from './live-project.ts';

const skip = skipWithout('docker', 'cluster', 'busybox');
/** What the process prints at its start, with the file that it serves. */
const SERVER =
  'echo started with $(cat /www/index.html) $*; trap "echo told to end; exit 0" TERM; while true; do sleep 0.1; done';

describe('restart_process', { skip, concurrency: 2 }, () => {
  test('starts the process anew after each live update; the pod and its container stay', async (t) => {
    const project = await LiveProject.create(
      t,
      `docker_build('$IMAGE', '.', {
        live_update: [sync('www', '/www'), run('echo prepared')],
        restart_process: { entrypoint: ['sh', '/www/server.sh', 'argument'], trigger: ['www/index.html'] },
      });`,
      { 'www/server.sh': SERVER },
      (image) => [web(image, { command: ['never-run'] })],
    );
    const program = await project.up();
    const [pod] = await project.pods();
    await program.waitFor(/started with one argument/);
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/prepared[\s\S]*updated!/);
    await program.waitFor(/told to end[\s\S]*started with two argument/);
    writeFileSync(project.file('www/other'), 'x');
    await program.waitFor(/(?:updated![\s\S]*){2}/);
    writeFileSync(project.file('www/index.html'), 'three');
    await program.waitFor(/started with three argument/);
    assert.equal(program.output().match(/started with/g)?.length, 3, program.output());
    assert.deepEqual(await project.pods(), [pod]);
    assert.doesNotMatch(program.output(), /container restart/);
  });

  test('a process that ends ends the container, or waits for the next live update', async (t) => {
    const project = await LiveProject.create(
      t,
      `docker_build('$IMAGE', '.', {
        live_update: [sync('www', '/www')],
        restart_process: { entrypoint: 'sh /www/server.sh', exit_policy: 'continue' },
      });`,
      { 'www/server.sh': 'echo broken; exit 3' },
    );
    const program = await project.up();
    await program.waitFor(/broken\n[\s\S]*The process ended with exit code 3; the next live update starts it again\./);
    writeFileSync(project.file('www/server.sh'), SERVER);
    await program.waitFor(/started with one/);
    assert.doesNotMatch(program.output(), /container restart/);
  });

  test('works in Compose, whatever user the image has', { skip: skipWithout('compose') }, async (t) => {
    const project = composeProject(t, {
      'Tiltfile.js': `docker_build('$NAME/web', 'web', {
          live_update: [sync('web/www', '/www')],
          restart_process: { entrypoint: ['sh', '/www/server.sh'] },
        });
        docker_compose('compose.yml', { project_name: '$NAME' });`,
      'web/Dockerfile':
        'FROM busybox\nRUN chmod 1777 /tmp || mkdir -m 1777 /tmp\nCOPY www /www\nUSER 1234\nCMD ["never-run"]\n',
      'web/www/server.sh': SERVER,
      'web/www/index.html': 'one',
      'compose.yml': 'services:\n  web: {image: $NAME/web}\n',
    });
    const program = startProgram(t, ['up'], { cwd: project.folder });
    await program.waitFor(/started with one/);
    writeFileSync(path.join(project.folder, 'web/www/index.html'), 'two');
    await program.waitFor(/told to end[\s\S]*started with two/);
    assert.deepEqual(project.containers(), ['web-1 running']);
  });

  test('an extension that wraps an image in another one works as it does in Tilt', async (t) => {
    const helper = `tilt-ts-live/restart-helper-${randomUUID().slice(0, 8)}`;
    t.after(() => execFileSync('docker', ['rmi', '-f', helper], { stdio: 'ignore' }));
    const script =
      '#!/bin/sh\nfile=$1; shift\n"$@" & pid=$!\nlast=$(cat $file)\nwhile sleep 0.1; do now=$(cat $file); if [ "$now" != "$last" ]; then last=$now; kill $pid; wait $pid; "$@" & pid=$!; fi; done\n';
    const dockerfile = `FROM busybox\nRUN echo ${Buffer.from(script).toString('base64')} | base64 -d > /wrapper && chmod +x /wrapper\n`;
    execFileSync('docker', ['build', '-q', '-t', helper, '-'], {
      input: dockerfile,
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
    });
    const project = await LiveProject.create(
      t,
      '',
      {
        'www/server.sh': SERVER,
        'Tiltfile.js': '',
        Tiltfile: `
v1alpha1.extension_repo(name='own', url='file://' + os.path.join(os.getcwd(), 'extensions'))
v1alpha1.extension(name='restart_process', repo_name='own', repo_path='restart_process')
load('ext://restart_process', 'docker_build_with_restart')
k8s_yaml('objects.yaml')
docker_build_with_restart('$IMAGE', '.', entrypoint=['sh', '/www/server.sh'], only=['Dockerfile', 'www'], live_update=[sync('www', '/www')])
`,
        'extensions/restart_process/Tiltfile': `
def docker_build_with_restart(ref, context, entrypoint, live_update, trigger=[], **kwargs):
    base = ref + '-base'
    docker_build(base, context, **kwargs)
    wrapped = ['/wrapper', '/tmp/.restart-proc'] + entrypoint
    text = 'FROM ${helper} AS helper\\nFROM %s\\nRUN touch /tmp/.restart-proc && chmod 666 /tmp/.restart-proc\\nCOPY --from=helper /wrapper /\\nENTRYPOINT %s' % (base, wrapped)
    steps = live_update + [run('date +%s%N > /tmp/.restart-proc', trigger=trigger)]
    docker_build(ref, os.getcwd(), entrypoint=wrapped, dockerfile_contents=text, live_update=steps)
`,
      },
      (image) => [web(image)],
    );
    const program = await project.up(1, {}, ['-f', 'Tiltfile']);
    await program.waitFor(/started with one/);
    const [pod] = await project.pods();
    writeFileSync(project.file('www/index.html'), 'two');
    // The container may say so before its update is over.
    await Promise.all([program.waitFor(/updated!/), program.waitFor(/started with two/)]);
    assert.deepEqual(await project.pods(), [pod]);
    assert.equal(program.output().match(/— Building Dockerfile/g)?.length, 2, 'each image was built once');
  });
});

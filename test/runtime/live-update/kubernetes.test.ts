import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { kubectl, PUSHED_IMAGE, pushImage } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { skipWithout } from '../../support/testbed.ts';
import { LiveProject, web } from './live-project.ts';

const skip = skipWithout('docker', 'cluster', 'busybox');
const SYNC = "docker_build('$IMAGE', '.', { live_update: [sync('www', '/www')], ignore: ['*.ignored'] });";

describe('live updates in a cluster', { skip, concurrency: 2 }, () => {
  test('files are written, deleted, with modes and links, in one step; the pod stays', async (t) => {
    const project = await LiveProject.create(t, SYNC);
    const program = await project.up();
    const [pod = ''] = await project.pods();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(
      new RegExp(
        `1 File Changed: \\[www/index\\.html\\]\\n.*Will copy 1 file\\(s\\) to container: \\[${pod}/main\\]\\n` +
          `.*- '${project.file('www/index.html')}' --> '/www/index\\.html'\\n.*  → Container ${pod}/main updated!`,
      ),
    );
    assert.equal(await project.sh('cat /www/index.html'), 'two');

    mkdirSync(project.file('www/more'));
    writeFileSync(project.file('www/more/run.sh'), 'echo ran');
    chmodSync(project.file('www/more/run.sh'), 0o751);
    symlinkSync('more/run.sh', project.file('www/link'));
    rmSync(project.file('www/index.html'));
    await project.untilSh(
      '/www/link; stat -c %a /www/more/run.sh; readlink /www/link; ls /www',
      'ran\n751\nmore/run.sh\nlink\nmore',
    );
    await program.waitFor(
      /Will delete 1 file\(s\) from container: [\s\S]*- '\/www\/index\.html' \(matched local path: '/,
    );

    rmSync(project.file('www/more'), { recursive: true });
    await project.untilSh('ls /www/more 2>/dev/null; echo $?', '1');
    assert.deepEqual(await project.pods(), [pod]);
    assert.equal(program.output().match(/STEP 1\/3/g)?.length, 1, 'it was built once');
  });

  const PUSHED = PUSHED_IMAGE.replace(/:latest$/, '');
  const DEPLOY = "k8s_custom_deploy('web', 'kubectl apply -o yaml -f objects.yaml', 'true', ['www']";
  const elsewhere: readonly (readonly [string, string])[] = [
    [
      'of a custom_build that builds nothing',
      `k8s_yaml('objects.yaml');
       custom_build('${PUSHED}', ':', ['www'], { disable_push: true, skips_local_docker: true, live_update: [sync('www', '/www')] });`,
    ],
    ['that image_selector chooses', `${DEPLOY}, { image_selector: '${PUSHED}', live_update: [sync('www', '/www')] });`],
    [
      'that container_selector chooses',
      `${DEPLOY}, { container_selector: 'main', live_update: [sync('www', '/www')] });`,
    ],
  ];
  for (const [which, tiltfile] of elsewhere) {
    test(`a container ${which} gets its files, though nobody here builds it`, async (t) => {
      pushImage();
      const project = await LiveProject.create(t, '', { 'Tiltfile.js': tiltfile }, () => [web(PUSHED_IMAGE)]);
      const program = await project.up();
      const pods = await project.pods();
      writeFileSync(project.file('www/index.html'), 'two');
      await program.waitFor(/Will copy 1 file\(s\) to container: [\s\S]*updated!/, 30_000);
      assert.equal(await project.sh('cat /www/index.html'), 'two');
      assert.deepEqual(await project.pods(), pods);
    });
  }

  test('run steps run by their triggers; one that fails is told at once, and is made up for by the next change', async (t) => {
    const project = await LiveProject.create(
      t,
      `docker_build('$IMAGE', '.', { live_update: [
        sync('www', '/www'),
        run('echo installing; cat /www/exit; exit $(cat /www/exit)', { trigger: ['www/exit'] }),
        run('echo always >> /tmp/log'),
        run('echo quiet', { echo_off: true }),
      ] });`,
      { 'www/exit': '0' },
    );
    const program = await project.up();
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/\[CMD 1\/2\] sh -c echo always[\s\S]*│ quiet\n[\s\S]*updated!/);
    assert.doesNotMatch(program.output(), /installing\n|\[CMD 2\/2\]/);
    writeFileSync(project.file('www/exit'), '3');
    await program.waitFor(
      /ERROR: +→ Failed to update container web-\S+\/main: executing on container [0-9a-f]{10}: command ".*" failed with exit code: 3/,
    );
    const before = program.output().length;
    writeFileSync(project.file('www/exit'), '0');
    await program.waitFor(/failed with exit code: 3[\s\S]*│ installing\n[\s\S]*updated!/);
    assert.doesNotMatch(program.output().slice(before), /STEP/);
    assert.equal(await project.sh('cat /tmp/log'), 'always\nalways\n');
  });

  test('what no sync takes, and what fall_back_on names, is built; each says which it was', async (t) => {
    const project = await LiveProject.create(
      t,
      "docker_build('$IMAGE', '.', { live_update: [fall_back_on('www/config'), sync('www', '/www')], ignore: ['*.ignored'] });",
      { 'www/config': 'a', 'other.txt': 'a', Dockerfile: 'FROM busybox\nCOPY . /all\nCOPY www /www\n' },
    );
    const program = await project.up();
    writeFileSync(project.file('note.ignored'), 'x');
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/updated!/);
    const [pod = ''] = await project.pods();
    writeFileSync(project.file('other.txt'), 'b');
    await program.waitFor(
      /1 File Changed: \[other\.txt\]\n.*LiveUpdate "web:tilt-ts-live_web-\w+" UpdateStopped: Found file\(s\) not matching any sync \(files: \[other\.txt\]\)\n[\s\S]*DONE IN/,
    );
    await project.untilSh('cat /www/index.html', 'two');
    await pollUntil(async () => !(await project.pods()).includes(pod), 30_000, 'another pod');
    await project.untilReady(1);
    writeFileSync(project.file('www/config'), 'b');
    await program.waitFor(/UpdateStopped: File "www\/config" matches fall_back_on\n[\s\S]*DONE IN/);
    await project.untilSh('cat /www/config /www/index.html', 'btwo');
    assert.doesNotMatch(program.output(), /note\.ignored/);
  });

  test('every container of every pod gets the files; so do new pods and containers that start again', async (t) => {
    const project = await LiveProject.create(t, SYNC, {}, (image) => [
      web(
        image,
        {},
        { replicas: 2 },
        {
          containers: [
            { name: 'main', image, command: ['sh', '-c', 'trap "exit 1" TERM; while true; do sleep 0.2; done'] },
            { name: 'same', image, command: ['sh', '-c', 'trap exit TERM; while true; do sleep 1; done'] },
          ],
        },
      ),
    ]);
    const program = await project.up(2);
    writeFileSync(project.file('www/index.html'), 'two');
    await program.waitFor(/Will copy 1 file\(s\) to container\(s\): \[(?:web-\S+\/(?:main|same) ?){4}\]/);
    await program.waitFor(/(?:updated![\s\S]*){4}/);
    for (const pod of await project.pods()) {
      assert.equal(await project.sh('cat /www/index.html', pod, 'main'), 'two');
      assert.equal(await project.sh('cat /www/index.html', pod, 'same'), 'two');
    }
    const [first = ''] = await project.pods();
    await project.sh('kill 1', first);
    await program.waitFor(new RegExp(`1 Container Started: \\[${first}/main\\][\\s\\S]*updated!`));
    await project.untilSh('cat /www/index.html', 'two', first);

    await kubectl('scale', '-n', project.namespace, 'deployment/web', '--replicas=3');
    await program.waitFor(/2 Containers Started|(?:1 Container Started[\s\S]*){3}/);
    await project.untilReady(3);
    for (const pod of await project.pods()) await project.untilSh('cat /www/index.html', 'two', pod);
    assert.equal(program.output().match(/STEP 1\/3/g)?.length, 1, 'it was built once');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildFailure, cleanEngineWords, findInstruction } from '../../../runtime/images/build-failure.ts';

const subject = (dockerfile: string) => ({ ref: 'example/web', dockerfile, dockerfileName: 'Dockerfile' });

test('a RUN that fails: the step, its code, its line, its last words and the lines around', () => {
  const dockerfile = 'FROM busybox\nWORKDIR /x\nRUN make && \\\n  make test\nCMD x\n';
  const found = buildFailure(
    subject(dockerfile),
    'executor failed running [/bin/sh -c make &&   make test]: exit code: 2',
    { name: '[3/3] RUN make &&   make test', error: 'executor failed …: exit code: 2', lastLines: ['no rule'] },
  );
  assert.equal(
    found.message,
    'Cannot build image "example/web": step [3/3] RUN make && make test ended with exit code 2 (Dockerfile:3)',
  );
  assert.deepEqual(found.details, [
    'no rule',
    '  1 | FROM busybox',
    '  2 | WORKDIR /x',
    '> 3 | RUN make && \\',
    '> 4 |   make test',
    '  5 | CMD x',
  ]);
  assert.equal(found.kind, 'image-build');
});

test('a source that is missing', () => {
  const words = 'failed to compute cache key: "/missing" not found: not found';
  const step = { name: '[2/2] COPY missing /f', error: '"/missing" not found: not found', lastLines: [] };
  const { message } = buildFailure(subject('FROM busybox\nCOPY missing /f'), words, step);
  assert.equal(
    message,
    'Cannot build image "example/web": step [2/2] COPY missing /f: "/missing" not found in the build context (Dockerfile:2)',
  );
});

test('a Dockerfile that cannot be read', () => {
  const words =
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: FOO';
  const found = buildFailure(subject('FROM busybox\nFOO x\n'), words, undefined);
  assert.equal(
    found.message,
    'Cannot build image "example/web": dockerfile parse error line 2: unknown instruction: FOO (Dockerfile:2)',
  );
  assert.deepEqual(found.details, ['  1 | FROM busybox', '> 2 | FOO x']);
});

test('a base image that cannot be pulled', () => {
  const message = (error: string): string => {
    const words = `failed to solve with frontend dockerfile.v0: failed to create LLB definition: ${error}`;
    const step = { name: '[internal] load metadata for docker.io/a/b:1', error, lastLines: [] };
    return buildFailure(subject('FROM a/b:1'), words, step).message;
  };
  const head = 'Cannot build image "example/web": the base image "docker.io/a/b:1" cannot be fetched: ';
  assert.equal(message('docker.io/a/b:1: not found'), `${head}its registry does not have it`);
  assert.equal(
    message('failed to do request: Head "https://registry-1.docker.io/v2/a/b/manifests/1": dial tcp: no such host'),
    `${head}dial tcp: no such host`,
  );
  assert.equal(
    message('pull access denied, repository does not exist or may require authorization'),
    `${head}pull access denied, repository does not exist or may require authorization. Check its name, or log in with: docker login`,
  );
});

test('the inner layers of BuildKit are taken off its words', () => {
  const missing = '"/x" not found in the build context';
  for (const words of [
    'failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/x": not found',
    'failed to compute cache key: failed to walk /var/lib/docker/tmp/buildkit-mount123/x: lstat /var/lib/docker/tmp/buildkit-mount123/x: no such file or directory',
  ]) {
    assert.equal(cleanEngineWords(words), missing);
  }
  assert.equal(cleanEngineWords('rpc error: code = Unknown desc = no room'), 'no room');
});

test('steps of several stages are found by stage and text, or by number when variables were put in', () => {
  const dockerfile = [
    'FROM busybox AS build', // 1
    'RUN make', // 2
    'FROM scratch', // 3
    'COPY $DIR /a', // 4
    'COPY --from=build /b /b', // 5
    'FROM busybox', // 6
    'ENV A=1', // 7
    'RUN make', // 8
  ].join('\n');
  const line = (name: string): number | undefined => findInstruction(dockerfile, name)?.firstLine;
  assert.equal(line('[build 2/2] RUN make'), 2);
  assert.equal(line('[linux/amd64 build 2/2] RUN make'), 2);
  assert.equal(line('[stage-1 1/2] COPY src /a'), 4);
  assert.equal(line('[stage-1 2/2] COPY --from=build /b /b'), 5);
  assert.equal(line('[stage-2 2/2] RUN make'), 8);
  assert.equal(line('exporting to image'), undefined);
  assert.equal(line('[stage-9 2/2] RUN make'), undefined);
});

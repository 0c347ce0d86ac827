import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageDestination } from '../../../runtime/engine/ports.ts';
import { contentTag, imageNames, splitTag } from '../../../runtime/images/image-names.ts';
import { parseImageReference } from '../../../stdlib/model/image-reference.ts';

const ID = `sha256:0123456789abcdef${'f'.repeat(48)}`;

function names(ref: string, destination: ImageDestination) {
  const parsed = parseImageReference(ref);
  assert.ok(parsed.ok);
  return imageNames(parsed.value, ID, destination);
}

test('the tag is the beginning of the id', () => assert.equal(contentTag(ID), 'tilt-0123456789abcdef'));

test('an image keeps its name where the cluster runs what the engine has', () => {
  const expected = {
    localRef: 'example/web:tilt-0123456789abcdef',
    pushRef: undefined,
    clusterRef: 'example/web:tilt-0123456789abcdef',
  };
  assert.deepEqual(names('example/web', { kind: 'engine' }), expected);
  assert.deepEqual(names('docker.io/example/web:dev', { kind: 'kind-load', clusterName: 'kind' }), expected);
});

test('with a registry it is pushed under one name and run under another', () => {
  assert.deepEqual(
    names('gcr.io/example/web', {
      kind: 'registry',
      pushHost: '127.0.0.1:5000',
      clusterHost: 'registry:5000',
      singleName: '',
    }),
    {
      localRef: 'gcr.io/example/web:tilt-0123456789abcdef',
      pushRef: '127.0.0.1:5000/gcr.io_example_web:tilt-0123456789abcdef',
      clusterRef: 'registry:5000/gcr.io_example_web:tilt-0123456789abcdef',
    },
  );
});

test('one repository for all images has the name in the tag', () => {
  const found = names('example/web', {
    kind: 'registry',
    pushHost: 'x.example',
    clusterHost: 'x.example',
    singleName: 'all',
  });
  assert.match(found.pushRef ?? '', /^x\.example\/all:.*web.*-tilt-0123456789abcdef$/);
});

test('under its own name', () => {
  assert.equal(names('gcr.io/a/b', { kind: 'own-name' }).pushRef, 'gcr.io/a/b:tilt-0123456789abcdef');
});

test('a reference is split for the engine', () => {
  assert.deepEqual(splitTag('127.0.0.1:5000/a'), { repo: '127.0.0.1:5000/a', tag: 'latest' });
  assert.deepEqual(splitTag('a:1'), { repo: 'a', tag: '1' });
  assert.equal(splitTag('No Reference'), undefined);
});

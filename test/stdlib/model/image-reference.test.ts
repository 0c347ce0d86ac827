import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  escapeRepositoryName,
  familiarReference,
  fullReference,
  parseImageReference,
  repositoryInRegistry,
  tagInRegistry,
} from '../../../stdlib/model/image-reference.ts';

function parse(text: string) {
  const parsed = parseImageReference(text);
  assert.ok(parsed.ok, `${text} is refused`);
  return parsed.value;
}

const digest = `sha256:${'0a'.repeat(32)}`;

for (const [text, full, familiar] of [
  ['busybox', 'docker.io/library/busybox', 'busybox'],
  ['busybox:1.36', 'docker.io/library/busybox:1.36', 'busybox:1.36'],
  ['docker.io/library/busybox', 'docker.io/library/busybox', 'busybox'],
  ['index.docker.io/busybox', 'docker.io/library/busybox', 'busybox'],
  ['docker.io/library/a/b', 'docker.io/library/a/b', 'library/a/b'],
  ['example/web', 'docker.io/example/web', 'example/web'],
  ['localhost/web', 'localhost/web', 'localhost/web'],
  ['127.0.0.1:5000/web:x', '127.0.0.1:5000/web:x', '127.0.0.1:5000/web:x'],
  ['[::1]:5000/web', '[::1]:5000/web', '[::1]:5000/web'],
  ['Host/web', 'Host/web', 'Host/web'],
  [`web:1@${digest}`, `docker.io/library/web:1@${digest}`, `web:1@${digest}`],
] as const) {
  test(`the reference ${text} is ${full}`, () => {
    const reference = parse(text);
    assert.equal(fullReference(reference), full);
    assert.equal(familiarReference(reference), familiar);
  });
}

for (const [text, message] of [
  ['', 'invalid reference format'],
  ['a b', 'invalid reference format'],
  ['a:', 'invalid reference format'],
  ['a:b:c', 'invalid reference format'],
  ['web@sha256:12', 'invalid reference format'],
  ['$' + '{REGISTRY}/web', 'invalid reference format'],
  ['Nginx:latest', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
  ['Shop/Tool', 'invalid reference format: repository name (Tool) must be lowercase'],
  ['0a'.repeat(32), `invalid repository name (${'0a'.repeat(32)}), cannot specify 64-byte hexadecimal strings`],
] as const) {
  test(`the reference "${text}" is refused`, () => {
    assert.deepEqual(parseImageReference(text), { ok: false, message });
  });
}

test('a registry takes the whole familiar name as one part', () => {
  const registry = { host: '127.0.0.1:5000', singleName: '' };
  assert.equal(repositoryInRegistry(parse('example/web:1'), registry), '127.0.0.1:5000/example_web');
  assert.equal(repositoryInRegistry(parse('gcr.io/a/b'), registry), '127.0.0.1:5000/gcr.io_a_b');
  assert.equal(repositoryInRegistry(parse('127.0.0.1:5000/web'), registry), '127.0.0.1:5000/web');
  assert.equal(repositoryInRegistry(parse('example/web'), { host: '', singleName: '' }), 'example/web');
  assert.equal(escapeRepositoryName('a:1/b@c'), 'a_1_b_c');
});

test('images that share one repository are told apart by their tags', () => {
  const registry = { host: 'aws.test', singleName: 'dev/all' };
  assert.equal(repositoryInRegistry(parse('example/web'), registry), 'aws.test/dev/all');
  assert.equal(tagInRegistry(parse('example/web'), registry, 'tilt-1'), 'web-tilt-1');
  assert.equal(tagInRegistry(parse('example/web'), { host: 'aws.test', singleName: '' }, 'tilt-1'), 'tilt-1');
});

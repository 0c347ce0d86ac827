import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerfileImages, hasInstructions, replaceDockerfileImages } from '../../../stdlib/model/dockerfile-images.ts';

const lines = (...all: string[]) => all.join('\n');

for (const [what, text, args, images] of [
  ['a base', 'FROM busybox', {}, ['busybox']],
  ['small letters, a platform and a stage', 'from --platform=linux/amd64 a/b:1 as x', {}, ['a/b:1']],
  ['two stages and a copy', lines('FROM a AS x', 'FROM b', 'COPY --chown=1 --from=c /x /y'), {}, ['a', 'b', 'c']],
  ['copies without --from', lines('FROM a', 'COPY . /', 'COPY x --from=b'), {}, ['a']],
  [
    'mounts',
    lines(
      'FROM a',
      'RUN --mount=type=cache,target=/c --mount=type=bind,from=b:1,target=/b --network=none cat --mount=from=no',
      'RUN --mount=from=c \\',
      '  --mount=FROM=d,target=/d <<EOF',
      'EOF',
      'COPY --mount=from=no /x /y',
    ),
    {},
    ['a', 'b:1', 'c', 'd'],
  ],
  ['a default of ARG', lines('ARG V=1', 'FROM a:$' + '{V}'), {}, ['a:1']],
  ['a build argument', lines('ARG V=1', 'FROM a:$V'), { V: '2' }, ['a:2']],
  ['an ARG made of another', lines('ARG V=1', 'ARG BASE="a:$' + 'V"', 'FROM $BASE'), {}, ['a:1']],
  ['a fallback in place', 'FROM a:$' + '{V:-3}$' + '{W:+x}', { W: '' }, ['a:3']],
  ['a continued line', lines('FROM \\', '# why', '', '  a AS b'), {}, ['a']],
  ['another escape', lines('# escape=`', 'FROM `', 'a', 'RUN x\\', 'FROM b'), {}, ['a', 'b']],
  [
    'a here-document',
    lines('FROM a', 'RUN <<EOF cat', 'FROM no', 'EOF', 'COPY <<-"X" /f', 'FROM no', '\tX', 'FROM b'),
    {},
    ['a', 'b'],
  ],
  ['comments and carriage returns', 'FROM a\r\n# FROM no\r\nFROM b\r\n', {}, ['a', 'b']],
  ['an unknown variable', 'FROM $NO', {}, []],
  ['a FROM without image', 'FROM', {}, []],
] as const) {
  test(`the images of a Dockerfile with ${what}`, () => {
    assert.deepEqual(
      dockerfileImages(text, args).map((image) => image.reference),
      images,
    );
  });
}

test('a name that an earlier stage has means the stage', () => {
  const text = lines(
    'FROM --platform=linux/amd64 base AS base',
    'FROM base as Other',
    'COPY --from=later /x /y',
    'RUN --mount=from=other true',
    'FROM busybox AS later',
    'RUN --mount=from=later --mount=from=OTHER true',
  );
  assert.deepEqual(
    dockerfileImages(text, {}).map(({ reference, isStage }) => [reference, isStage]),
    [
      ['base', false],
      ['base', true],
      ['later', false],
      ['other', true],
      ['busybox', false],
      ['later', true],
      ['OTHER', true],
    ],
  );
});

test('images are replaced where they stand, and nothing else changes', () => {
  const text = lines(
    'ARG V=1',
    'FROM  base:$V AS x # no comment',
    'COPY --from=x /a /b',
    'COPY --from=tools:1 /a /b',
    '',
  );
  const replaced = replaceDockerfileImages(text, {}, ({ reference }) =>
    reference === 'x' ? undefined : `registry/${reference}`,
  );
  assert.equal(
    replaced,
    lines(
      'ARG V=1',
      'FROM  registry/base:1 AS x # no comment',
      'COPY --from=x /a /b',
      'COPY --from=registry/tools:1 /a /b',
      '',
    ),
  );
  assert.equal(
    replaceDockerfileImages(text, {}, () => undefined),
    text,
  );
});

test('a Dockerfile of comments has no instructions', () => {
  assert.equal(hasInstructions('# only\n\n'), false);
  assert.equal(hasInstructions(''), false);
  assert.equal(hasInstructions('#x\nFROM a'), true);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceBases } from '../../../runtime/images/dockerfile-bases.ts';
import { dockerfileInstructions, escapeCharacter } from '../../../runtime/images/dockerfile-instructions.ts';

const BASE = { ref: 'example/base', localRef: 'example/base:tilt-0123456789abcdef' };
const NEW = BASE.localRef;
const replaced = (dockerfile: string, args: Record<string, string> = {}, bases = [BASE]): string =>
  replaceBases(dockerfile, args, bases);

const CASES: Readonly<Record<string, readonly [dockerfile: string, expected: string, args?: Record<string, string>]>> =
  {
    'a plain FROM': ['FROM example/base\n', `FROM ${NEW}\n`],
    'any tag, a digest, the long form of the name': [
      `FROM example/base:1.0\nFROM docker.io/example/base@sha256:${'0'.repeat(64)}`,
      `FROM ${NEW}\nFROM ${NEW}`,
    ],
    'flags and a stage name stay': [
      'from --platform=$BUILDPLATFORM   example/base:1 AS build # no comment\nRUN x',
      `from --platform=$BUILDPLATFORM   ${NEW} AS build # no comment\nRUN x`,
    ],
    'other images stay': [
      'FROM busybox\nFROM example/base2\nFROM gcr.io/example/base',
      'FROM busybox\nFROM example/base2\nFROM gcr.io/example/base',
    ],
    'the default of an argument': ['ARG BASE=example/base\nFROM ${BASE}\n', `ARG BASE=example/base\nFROM ${NEW}\n`],
    'parts of the name from arguments': [
      'ARG ORG=example\nARG REPO=${ORG}/base\nFROM $REPO:${TAG:-latest}\n',
      `ARG ORG=example\nARG REPO=\${ORG}/base\nFROM ${NEW}\n`,
    ],
    'a build argument wins over the default': [
      'ARG BASE=busybox\nFROM $BASE',
      `ARG BASE=busybox\nFROM ${NEW}`,
      { BASE: 'example/base:2' },
    ],
    'COPY --from an image': [
      'FROM busybox\nCOPY --chown=1 --from=example/base:1 /a /b\n',
      `FROM busybox\nCOPY --chown=1 --from=${NEW} /a /b\n`,
    ],
    'RUN --mount from an image': [
      'FROM busybox\nRUN --mount=type=bind,from=example/base:1,target=/b --mount=from=example/base \\\n  x --mount=from=example/base\n',
      `FROM busybox\nRUN --mount=type=bind,from=${NEW},target=/b --mount=from=${NEW} \\\n  x --mount=from=example/base\n`,
    ],
    'comments and heredocs are no instructions': [
      '# FROM example/base\nFROM busybox\nRUN <<EOF\nFROM example/base\nEOF\n',
      '# FROM example/base\nFROM busybox\nRUN <<EOF\nFROM example/base\nEOF\n',
    ],
    'continued lines with a comment in between': [
      'FROM \\\n  # why\n  --platform=linux/amd64 \\\n  example/base\nRUN a \\\n  FROM example/base\n',
      `FROM \\\n  # why\n  --platform=linux/amd64 \\\n  ${NEW}\nRUN a \\\n  FROM example/base\n`,
    ],
    'another escape character and Windows line ends': [
      '# escape=`\r\nFROM `\r\n  example/base\r\nRUN dir c:\\\r\n',
      `# escape=\`\r\nFROM \`\r\n  ${NEW}\r\nRUN dir c:\\\r\n`,
    ],
    'a syntax directive': [
      '# syntax=docker/dockerfile:1\nFROM example/base',
      `# syntax=docker/dockerfile:1\nFROM ${NEW}`,
    ],
  };

for (const [name, [dockerfile, expected, args]] of Object.entries(CASES)) {
  test(`bases are replaced: ${name}`, () => assert.equal(replaced(dockerfile, args), expected));
}

test('the name of a stage is no image, except in the FROM that makes it', () => {
  const base = { ref: 'base', localRef: 'base:tilt-1' };
  assert.equal(
    replaced('FROM base AS base\nFROM busybox\nCOPY --from=base /a /b\nFROM base\n', {}, [base]),
    'FROM base:tilt-1 AS base\nFROM busybox\nCOPY --from=base /a /b\nFROM base\n',
  );
});

test('with several tags of one repository the same tag is taken', () => {
  const bases = ['a', 'b'].map((tag) => ({ ref: `example/base:${tag}`, localRef: `example/base:tilt-${tag}` }));
  assert.equal(
    replaced('FROM example/base:b\nFROM example/base:a', {}, bases),
    'FROM example/base:tilt-b\nFROM example/base:tilt-a',
  );
});

test('instructions know their lines', () => {
  const dockerfile = [
    '# syntax=docker/dockerfile:1', // 1
    '', // 2
    'FROM busybox', // 3
    'RUN a && \\', // 4
    '  # a comment', // 5
    '', // 6
    '  b', // 7
    'COPY <<-one <<"two" /x/', // 8
    'FROM here', // 9
    '\tone', // 10
    'two', // 11
    '  run c', // 12
  ].join('\n');
  assert.deepEqual(
    dockerfileInstructions(dockerfile).map(({ keyword, firstLine, lastLine }) => [keyword, firstLine, lastLine]),
    [
      ['FROM', 3, 3],
      ['RUN', 4, 7],
      ['COPY', 8, 11],
      ['RUN', 12, 12],
    ],
  );
  assert.deepEqual(dockerfileInstructions(''), []);
  assert.equal(dockerfileInstructions('RUN <<EOF\nnever ended')[0]?.lastLine, 2);
  assert.equal(dockerfileInstructions('FROM a \\')[0]?.lastLine, 1);
});

test('the escape character stands in a directive at the very top', () => {
  assert.equal(escapeCharacter('# syntax=x\n# Escape = `\nFROM a'), '`');
  assert.equal(escapeCharacter('# a comment\n# escape=`\nFROM a'), '\\');
});

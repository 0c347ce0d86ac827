import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoreMatcher } from '../../../stdlib/model/ignore-pattern.ts';

const matcher = (patterns: readonly string[]) => ignoreMatcher([{ basePath: '/ctx', patterns, source: '' }]);

// patterns, paths that they ignore, paths that they do not. From Docker's documentation and the tests of its matcher.
const CASES: readonly (readonly [patterns: readonly string[], ignored: readonly string[], kept: readonly string[]])[] =
  [
    [['*/temp*'], ['somedir/temporary.txt', 'somedir/temp', 'somedir/temp/deep'], ['temp', 'a/b/temp']],
    [['*/*/temp*'], ['somedir/subdir/temporary.txt'], ['somedir/temporary.txt']],
    [['temp?'], ['tempa', 'tempb', 'tempa/x'], ['temp', 'tempab', 'x/tempa']],
    [['**/*.go'], ['a.go', 'x/a.go', 'x/y/a.go'], ['a.gox', 'a']],
    [['*.md', '!README.md'], ['a.md'], ['README.md', 'x/a.md']],
    [['*.md', '!README*.md', 'README-secret.md'], ['a.md', 'README-secret.md'], ['README-x.md']],
    [['*.md', 'README-secret.md', '!README*.md'], ['a.md'], ['README-secret.md', 'README.md']],
    [['!README.md', '*.md'], ['README.md'], []],
    [['**'], ['a', 'a/b', '.hidden'], []],
    [['**/'], ['a', 'a/b'], []],
    [['**/file'], ['file', 'dir/file', 'dir/dir/file'], ['filex', 'dir/xfile']],
    [['**/**/file'], ['file', 'dir/dir/file'], []],
    [['**/dir2/*'], ['dir/dir2/file', 'dir2/file', 'dir/dir2/dir2/file'], ['dir/dir2', 'dir2']],
    [['dir/**'], ['dir/file', 'dir/dir2/file'], ['dir', 'other/dir/file']],
    [['**/dir/**'], ['a/dir/b', 'dir/b'], ['dirx/b']],
    [['a**/b'], ['ab', 'a/b', 'ax/y/b'], ['b', 'axb']],
    [['abc.def'], ['abc.def'], ['abcdef', 'abcZdef']],
    [['abc?def'], ['abcZdef'], ['abc/def', 'abcdef']],
    [['a[b-d]e'], ['abe', 'ace'], ['aae', 'aze']],
    [['a[^b-d]e'], ['aze'], ['abe']],
    [
      ['a\\*b', 'x\\[y'],
      ['a*b', 'x[y'],
      ['axb', 'xy'],
    ],
    [['a\\?b'], ['a?b'], ['axb']],
    [['[unclosed', 'a(b|c)+{2}$^'], ['a(b|c)+{2}$^'], ['[unclosed', 'ab']],
    [
      ['/foo/bar', 'foo/baz/'],
      ['foo/bar', 'foo/baz', 'foo/baz/x'],
      ['foo', 'bar'],
    ],
    [['./foo/../bar'], ['bar'], ['foo']],
    [['  spaced  ', '', '   '], ['spaced'], ['other']],
    [['node_modules'], ['node_modules', 'node_modules/a/b'], ['src/node_modules']],
    [
      ['dir', '!dir/keep'],
      ['dir', 'dir/x'],
      ['dir/keep', 'dir/keep/deep'],
    ],
    [['dir/*', '!dir/keep', 'dir/keep/secret'], ['dir/keep/secret'], ['dir', 'dir/keep/open']],
    [
      ['**', '!src', '!package.json'],
      ['README.md', 'lib/x'],
      ['src', 'src/a/b', 'package.json'],
    ],
    [['**', '!.'], [], ['a', 'a/b']],
    [['.'], [], ['a', 'a/b']],
    [['!'], [], ['a']],
    [
      ['**/*.md', '!**/keep.md'],
      ['a.md', 'x/y/a.md'],
      ['keep.md', 'x/y/keep.md'],
    ],
    [['ü*'], ['übung', 'ü'], ['ubung']],
    [['.*'], ['.git', '.git/config'], ['a.b']],
  ];

test('patterns decide as those of .dockerignore do', () => {
  for (const [patterns, ignored, kept] of CASES) {
    const { ignores } = matcher(patterns);
    for (const file of ignored)
      assert.equal(ignores(`/ctx/${file}`), true, `${JSON.stringify(patterns)} ignores ${file}`);
    for (const file of kept) assert.equal(ignores(`/ctx/${file}`), false, `${JSON.stringify(patterns)} keeps ${file}`);
  }
});

test('the folder itself and what is outside of it are never ignored by patterns', () => {
  const { ignores } = matcher(['**']);
  for (const file of ['/ctx', '/', '/ctx2/a', '/other']) assert.equal(ignores(file), false, file);
  assert.equal(ignores('/ctx/..a'), true);
});

test('a rule without patterns ignores its folder and all below', () => {
  const { ignores, prunes } = ignoreMatcher([{ basePath: '/ctx/.git', patterns: [], source: '' }]);
  for (const file of ['/ctx/.git', '/ctx/.git/config']) assert.deepEqual([ignores(file), prunes(file)], [true, true]);
  assert.equal(ignores('/ctx/.gitignore'), false);
});

test('what one rule ignores, no other one brings back', () => {
  const { ignores, prunes } = ignoreMatcher([
    { basePath: '/ctx', patterns: ['dir'], source: '' },
    { basePath: '/ctx', patterns: ['*', '!dir'], source: '' },
  ]);
  assert.equal(ignores('/ctx/dir/a'), true);
  assert.equal(prunes('/ctx/dir'), true);
});

test('a folder is left out unseen only when nothing below it can come back', () => {
  const cases: readonly (readonly [patterns: readonly string[], folder: string, prunes: boolean])[] = [
    [['node_modules'], 'node_modules', true],
    [['node_modules'], 'src', false],
    [['dir', '!dir/keep'], 'dir', false],
    [['dir', '!dir/keep'], 'dir/other', true],
    [['dir', '!dir/a/*/c'], 'dir/a', false],
    [['dir', '!dir/a/*/c'], 'dir/a/x', false],
    [['dir', '!dir/a/*/c'], 'dir/b', true],
    [['**', '!**/keep.md'], 'any/where', false],
    [['**', '!src/**/keep.md'], 'src/x', false],
    [['**', '!src/**/keep.md'], 'lib', true],
    [['**', '!src'], 'lib', true],
    [['**', '!s?c/x'], 'src', false],
  ];
  for (const [patterns, folder, expected] of cases) {
    assert.equal(matcher(patterns).prunes(`/ctx/${folder}`), expected, `${JSON.stringify(patterns)} prunes ${folder}`);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { File, Node } from '../../../../interpreter/starlark/syntax/ast.ts';
import { commentsOf } from '../../../../interpreter/starlark/syntax/comments.ts';
import { parse } from '../../../../interpreter/starlark/syntax/parse.ts';

/** Where each comment belongs, in their order: its text, the role, and the first line of what it belongs to. */
function places(text: string): readonly string[] {
  const parsed = parse(text);
  assert.ok(parsed.ok);
  const { file } = parsed;
  const found: { start: number; place: string }[] = [];
  for (const [node, comments] of commentsOf(file)) {
    for (const role of ['before', 'suffix', 'after', 'inside'] as const) {
      for (const comment of comments[role]) {
        found.push({ start: comment.start, place: `${comment.text} ${role} ${excerpt(node, text)}` });
      }
    }
  }
  assert.equal(found.length, file.comments.length, 'no comment is lost');
  return found.sort((a, b) => a.start - b.start).map(({ place }) => place);
}

function excerpt(node: Node | File, text: string): string {
  return node.kind === 'file' ? 'file' : (text.slice(node.start, node.end).split('\n')[0] ?? '');
}

test('lines of comments belong to what follows, and what stands behind something belongs to that', () => {
  const text = ['# one', '', 'x = 1  # two', '# three', '# four', 'y = 2', '# five'].join('\n');
  assert.deepEqual(places(text), [
    '# one before x = 1',
    '# two suffix x = 1',
    '# three before y = 2',
    '# four before y = 2',
    '# five after y = 2',
  ]);
  assert.deepEqual(places('# alone'), ['# alone inside file']);
});

test('in brackets', () => {
  const text = [
    'f(  # one',
    '    # two',
    '    a,  # three',
    '    b=[  # four',
    '        1,',
    '        # five',
    '    ],',
    '    # six',
    '    **{',
    '        # seven',
    '    }',
    ')  # eight',
  ].join('\n');
  assert.deepEqual(places(text), [
    '# one suffix f',
    '# two before a',
    '# three suffix a',
    '# four inside [  # four',
    '# five after 1',
    '# six before **{',
    '# seven inside {',
    '# eight suffix f(  # one',
  ]);
});

test('at the end of a block, by indentation', () => {
  const text = [
    'def f(a):  # one',
    '    # two',
    '    if a:',
    '        x = 1',
    '        # three',
    '    # four',
    '    return 2',
    '    # five',
    '# six',
    'y = 3',
  ].join('\n');
  assert.deepEqual(places(text), [
    '# one suffix a',
    '# two before if a:',
    '# three after x = 1',
    '# four before return 2',
    '# five after return 2',
    '# six before y = 3',
  ]);
});

test('between the branches of an if', () => {
  const text = [
    'if a:',
    '    # one',
    '    x = 1',
    '    # two',
    'elif b:',
    '    x = 2',
    '# three',
    'else:  # four',
    '    # five',
    '    x = 3',
  ].join('\n');
  assert.deepEqual(places(text), [
    '# one before x = 1',
    '# two after x = 1',
    '# three after x = 2',
    '# four inside elif b:',
    '# five before x = 3',
  ]);
});

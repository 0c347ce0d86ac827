import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Screen } from '../../../../runtime/report/terminal/screen.ts';
import { MiniTerminal } from '../../../support/mini-terminal.ts';

function shown(columns: number) {
  const screen = new Screen();
  const terminal = new MiniTerminal(columns);
  return {
    lines: () => terminal.lines(),
    print: (text: string) => terminal.write(screen.print(text.replaceAll('\n', '\r\n'), columns)),
    show: (...status: string[]) => terminal.write(screen.show(status, columns)),
    clear: () => terminal.write(screen.clear(columns)),
  };
}

test('text runs above the state, which stands once, at the bottom', () => {
  const { lines, print, show } = shown(20);
  print('one\n');
  show('state 1', 'keys');
  print('two\nthree\n');
  show('state 2', 'keys');
  print('four\n');
  assert.deepEqual(lines(), ['one', 'two', 'three', 'four', 'state 2', 'keys']);
});

test('lines longer than the screen, of one and of two columns a character, stay whole', () => {
  const { lines, print, show } = shown(10);
  show('state');
  print('0123456789abcdef\n');
  print('日本語日本語\n');
  print('🙂🙂🙂🙂🙂\n');
  show('other');
  assert.deepEqual(lines(), ['0123456789', 'abcdef', '日本語日本', '語', '🙂🙂🙂🙂🙂', 'other']);
});

test('the state may have more or fewer lines than before, and be taken away', () => {
  const { lines, print, show, clear } = shown(20);
  print('text\n');
  show('a', 'b', 'c');
  show('d');
  assert.deepEqual(lines(), ['text', 'd']);
  show('e', 'f');
  clear();
  assert.deepEqual(lines(), ['text', '']);
  print('more\n');
  assert.deepEqual(lines(), ['text', 'more', '']);
  show('g');
  assert.deepEqual(lines(), ['text', 'more', 'g']);
});

test('what is the same is not written again', () => {
  const screen = new Screen();
  assert.notEqual(screen.show(['a'], 80), '');
  assert.equal(screen.show(['a'], 80), '');
});

test('a state that a narrower terminal has broken over lines is taken away as a whole', () => {
  const screen = new Screen();
  screen.show(['0123456789', 'abc'], 20);
  // In four columns the first line takes three rows, the second one row.
  assert.ok(screen.show(['x'], 4).startsWith('\r\u001b[3A\u001b[J'));
});

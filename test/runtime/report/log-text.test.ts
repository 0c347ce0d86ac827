import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paintFor } from '../../../runtime/report/colour.ts';
import { LogText } from '../../../runtime/report/log-text.ts';
import type { LogLine } from '../../../runtime/state/log-line.ts';

paintFor({ isTTY: false });

function line(text: string, more: Partial<LogLine> = {}): LogLine {
  return { sequence: 1, at: 0, resource: 'web', source: 'runtime', span: 'serve:web:1', level: 'info', text, ...more };
}

test('names stand in front, right-aligned; lines of the Tiltfile are bare', () => {
  const text = new LogText();
  assert.equal(text.render(line('up')), `${' '.repeat(10)}web │ up\n`);
  assert.equal(text.render(line('loaded', { resource: '', source: 'tiltfile' })), 'loaded\n');
});

test('an error is marked where it begins, also one of a server', () => {
  const text = new LogText();
  const error = { level: 'error' } as const;
  assert.match(text.render(line('crashed', error)), /│ ERROR: crashed\n$/);
  assert.match(text.render(line('and so on', error)), /│ and so on\n$/);
  assert.match(text.render(line('slow', { level: 'warn' })), /│ slow\n$/);
  assert.match(text.render(line('old', { level: 'warn', source: 'build', span: 'build:1' })), /│ WARNING: old\n$/);
});

test('a colour that a line leaves on ends with it', () => {
  const text = new LogText();
  const rendered = (given: string) => text.render(line(given)).split('│ ').at(-1);
  assert.equal(rendered('\u001b[41mred'), '\u001b[41mred\u001b[0m\n');
  assert.equal(rendered('\u001b[41mred\u001b[0m.'), '\u001b[41mred\u001b[0m.\n');
  assert.equal(rendered('\u001b[41mred\u001b[m'), '\u001b[41mred\u001b[m\n');
});

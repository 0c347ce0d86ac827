import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogJson } from '../../../runtime/report/log-json.ts';
import type { LogLine } from '../../../runtime/state/log-line.ts';

const line: LogLine = {
  sequence: 1,
  at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  resource: 'web',
  source: 'build',
  level: 'warn',
  span: 'build:4',
  text: '\u001b[31mred\u001b[0m "and" more',
};

test('a line has the fields of Tilt, without colours', () => {
  assert.deepEqual(JSON.parse(new LogJson().render(line)), {
    time: '2026-01-02T03:04:05.678Z',
    resource: 'web',
    level: 'warn',
    message: 'red "and" more',
    spanID: 'build:4',
    progressID: '',
    buildEvent: 'init',
    source: 'build',
  });
});

test('only the line that says why a build runs begins it', () => {
  const json = new LogJson();
  const events = [
    { ...line, text: '' },
    line,
    line,
    { ...line, span: 'serve:web:1', source: 'runtime' } as const,
    { ...line, span: 'build:5' },
    line,
  ].map((one) => JSON.parse(json.render(one)).buildEvent);
  assert.deepEqual(events, ['', 'init', '', '', 'init', '']);
});

test('lines of the Tiltfile have its name, lines of the program none', () => {
  const of = (source: LogLine['source']) => JSON.parse(new LogJson().render({ ...line, resource: '', source }));
  assert.equal(of('tiltfile').resource, '(Tiltfile)');
  assert.equal(of('global').resource, '');
  assert.equal(of('runtime').source, 'runtime');
});

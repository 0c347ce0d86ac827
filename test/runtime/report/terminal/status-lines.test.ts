import assert from 'node:assert/strict';
import { test } from 'node:test';
import { $ } from 'kleur/colors';
import { schedule } from '../../../../runtime/engine/schedule.ts';
import { type Status, statusLines } from '../../../../runtime/report/terminal/status-lines.ts';
import { FIRST_VIEW } from '../../../../runtime/report/terminal/view.ts';
import { textWidth } from '../../../../runtime/report/text-width.ts';
import { graph, local } from '../../../support/graph.ts';
import { Replay } from '../../../support/replay.ts';

$.enabled = false;

function session(): Replay {
  const parallel = { allowParallel: true };
  const manual = { trigger: { onChange: false, atStart: false } };
  return new Replay(1000).load(
    graph([
      local('one', parallel),
      local('two', parallel),
      local('three', { ...parallel, resourceDeps: ['two'] }),
      local('日本', manual),
    ]),
  );
}

function lines(replay: Replay, more: Partial<Status> & { readonly columns?: number } = {}): readonly string[] {
  const view = { ...FIRST_VIEW, selected: 'one', ...more.view };
  const hold = schedule(replay.state).holds.get(view.selected ?? '');
  const { columns = 100 } = more;
  const base = { state: replay.state, hold, now: replay.now, hasKeys: true, isStopping: false };
  return statusLines({ ...base, ...more, view }, columns);
}

test('counts, and what runs for how long', () => {
  const replay = session();
  assert.match(lines(replay)[0] ?? '', /^0 ok · 3 pending · 0 errors$/);
  replay.start();
  replay.wait(12_300);
  assert.equal(lines(replay)[0], '0 ok · 3 pending · 0 errors │ one 12s, two 12s');
  replay.succeed('one');
  assert.equal(lines(replay)[0], '1 ok · 2 pending · 0 errors │ two 12s');
  replay.fail('two');
  assert.equal(lines(replay)[0], '1 ok · 1 pending · 1 error');
  assert.equal(lines(replay, { isStopping: true })[0], '1 ok · 1 pending · 1 error │ stopping');
});

test('the selected resource says why it waits', () => {
  const replay = session();
  const view = { ...FIRST_VIEW, selected: 'three' };
  assert.match(lines(replay, { view })[1] ?? '', /^ three {2}waits for two +space page/);
  assert.match(lines(replay, { view: { ...view, scope: 'selected' } })[1] ?? '', /only this one is shown/);
  assert.match(lines(replay, { view: { ...view, filter: 'x y' } })[1] ?? '', / \/x y /);
  assert.equal(lines(replay, { view: { ...view, typed: 'abc' } })[1], '/abc');
});

test('without a keyboard there is one line', () => {
  assert.equal(lines(session(), { hasKeys: false }).length, 1);
});

test('lines are narrower than the screen, whatever its width', () => {
  const replay = session();
  replay.start();
  for (const selected of ['one', '日本']) {
    for (let columns = 1; columns < 130; columns++) {
      for (const line of lines(replay, {
        columns,
        view: { ...FIRST_VIEW, selected, filter: '日本語', scope: 'selected' },
      })) {
        assert.ok(textWidth(line) < Math.max(2, columns), `${columns}: ${line}`);
      }
    }
  }
});

test('a Tiltfile that loads, and one with an error', () => {
  const replay = session().event({ kind: 'tiltfile-load-started' });
  replay.wait(500);
  assert.match(lines(replay)[0] ?? '', / │ loading the Tiltfile 0.50s$/);
  replay.event({ kind: 'tiltfile-load-failed', failures: [], configFiles: [] });
  assert.match(lines(replay)[0] ?? '', / │ the Tiltfile has an error$/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf, plainText } from '../../../runtime/web/ansi.ts';
import { layOut } from '../../../runtime/web/graph-layout.ts';
import { byLabel, matching, sorted } from '../../../runtime/web/grouping.ts';
import { addressOf, placeOf, type Route } from '../../../runtime/web/routes.ts';
import { isGuess, linesTaken, RowHeights } from '../../../runtime/web/row-heights.ts';
import { detailOf, healthOf } from '../../../runtime/web/status.ts';
import { agoWords, durationWords } from '../../../runtime/web/time-words.ts';
import { EMPTY_VIEW, withMessage } from '../../../runtime/web/view-state.ts';
import type { UiResource, UiResourceStatus } from '../../../runtime/web/wire.ts';

const resource = (name: string, status: UiResourceStatus = {}, ...labels: string[]): UiResource => ({
  metadata: { name, labels: Object.fromEntries(labels.map((label) => [label, label])) },
  status,
});

test('messages change what they name, and a whole one replaces everything', () => {
  const first = withMessage(EMPTY_VIEW, {
    isComplete: true,
    tiltStartTime: '2026-01-01T10:00:00Z',
    uiResources: [resource('b', { order: 2 }), resource('a', { order: 1 })],
  });
  assert.deepEqual([...first.resources.keys()], ['a', 'b']);
  const second = withMessage(first, { uiResources: [resource('c', { order: 0 })] });
  assert.deepEqual([...second.resources.keys()], ['c', 'a', 'b']);
  assert.equal(second.resources.get('a'), first.resources.get('a'));
  const gone = { metadata: { name: 'a', deletionTimestamp: '2026-01-01T10:00:01Z' } };
  assert.deepEqual([...withMessage(second, { uiResources: [gone] }).resources.keys()], ['c', 'b']);
  assert.equal(withMessage(second, { uiButtons: [] }).resources, second.resources);
  assert.deepEqual([...withMessage(second, { isComplete: true, uiResources: [] }).resources.keys()], []);
});

test('how a resource is doing, in one word and in a few', () => {
  const cases: readonly (readonly [UiResourceStatus, string, string])[] = [
    [{ updateStatus: 'ok', runtimeStatus: 'ok' }, 'ok', 'Running'],
    [{ updateStatus: 'ok', runtimeStatus: 'not_applicable' }, 'ok', 'Done'],
    [
      { updateStatus: 'in_progress', currentBuild: { startTime: 'x', causes: ['Initial Build'] } },
      'building',
      'Initial Build',
    ],
    [{ updateStatus: 'error', buildHistory: [{ error: 'no\nmore' }] }, 'error', 'no'],
    [
      { updateStatus: 'error', buildHistory: [{ error: 'Command "echo "a"; false" failed: exit status 1' }] },
      'error',
      'Failed with exit status 1: echo "a"; false',
    ],
    [
      {
        updateStatus: 'ok',
        runtimeStatus: 'error',
        k8sResourceInfo: { podStatus: 'CrashLoopBackOff', podRestarts: 3 },
      },
      'error',
      'CrashLoopBackOff (restarted 3 times)',
    ],
    [
      { updateStatus: 'pending', waiting: { reason: 'waiting-for-dep', on: [{ name: 'db' }] } },
      'pending',
      'Waits for db',
    ],
    [
      { updateStatus: 'pending', waiting: { reason: 'x', message: 'waits for db: refused' } },
      'pending',
      'Waits for db: refused',
    ],
    [{ updateStatus: 'ok', runtimeStatus: 'pending' }, 'pending', 'Starting'],
    [{ updateStatus: 'none', runtimeStatus: 'none', triggerMode: 2 }, 'idle', 'Waits for you to start it'],
    [{ updateStatus: 'ok', disableStatus: { state: 'Disabled' } }, 'disabled', 'Disabled'],
  ];
  for (const [status, health, detail] of cases) {
    const one = resource('x', status);
    assert.deepEqual([healthOf(one), detailOf(one)], [health, detail]);
  }
});

test('resources are found, grouped and put in order', () => {
  const all = [
    resource('(Tiltfile)'),
    resource('web', { order: 1, updateStatus: 'error' }, 'front', 'all'),
    resource('db', { order: 2, updateStatus: 'ok', runtimeStatus: 'ok' }, 'all'),
    resource('lint', { order: 3 }),
  ];
  const names = (resources: readonly UiResource[]) => resources.map(({ metadata }) => metadata.name);
  assert.deepEqual(names(matching(all, 'WE')), ['web']);
  assert.deepEqual(names(matching(all, 'all error')), ['web']);
  const groups = byLabel(all).map(({ label, resources }) => [label, names(resources).join(' ')]);
  assert.deepEqual(groups, [
    ['', '(Tiltfile)'],
    ['all', 'web db'],
    ['front', 'web'],
    ['unlabelled', 'lint'],
  ]);
  assert.deepEqual(names(sorted(all, { key: 'name', isDown: true })), ['web', 'lint', 'db', '(Tiltfile)']);
  assert.equal(names(sorted(all, { key: 'state', isDown: false }))[0], 'web');
});

test('colours of a line, and nothing else of what terminals obey', () => {
  assert.deepEqual(piecesOf('plain'), [{ text: 'plain', look: '' }]);
  assert.deepEqual(piecesOf('a\u001b[1;31mred\u001b[0m b'), [
    { text: 'a', look: '' },
    { text: 'red', look: 'fg-red bold' },
    { text: ' b', look: '' },
  ]);
  assert.deepEqual(piecesOf('\u001b[38;5;2mx\u001b[38;2;1;2;3my'), [
    { text: 'x', look: 'fg-green' },
    { text: 'y', look: 'fg-own', style: '--fg:#010203' },
  ]);
  const colours = (codes: string) => piecesOf(`\u001b[${codes}mx`).map(({ look, style }) => [look, style]);
  assert.deepEqual(colours('38;5;208'), [['fg-own', '--fg:#ff8700']]);
  assert.deepEqual(colours('48;5;255'), [['bg-own', '--bg:#eeeeee']]);
  assert.deepEqual(colours('38;5;12;44'), [['fg-bright-blue bg-blue', undefined]]);
  assert.deepEqual(colours('7'), [['inverse', undefined]]);
  assert.deepEqual(colours('31;7'), [['bg-red', undefined]]);
  assert.deepEqual(colours('38;5;999'), [['', undefined]]);
  assert.deepEqual(colours('38;2;1;2'), [['', undefined]]);
  assert.deepEqual(piecesOf('\u001b]8;;http://x\u0007link\u001b[2K\u0007\ttab'), [{ text: 'link\ttab', look: '' }]);
  assert.equal(plainText('\u001b[31m<b>\u001b[0m\r\n'), '<b>');
});

test('a graph stands in columns behind what each needs, also when it goes in a circle', () => {
  const graph = layOut([
    resource('web', { dependencies: ['api', 'db', 'gone'] }),
    resource('api', { dependencies: ['db'] }),
    resource('db'),
    resource('x', { dependencies: ['y'] }),
    resource('y', { dependencies: ['x'] }),
  ]);
  const columns = Object.fromEntries(graph.nodes.map(({ name, column }) => [name, column]));
  assert.deepEqual([columns.db, columns.api, columns.web], [0, 1, 2]);
  assert.equal(graph.edges.length, 5);
  const places = graph.nodes.map(({ column, row }) => `${column}/${row}`);
  assert.equal(new Set(places).size, places.length);
  assert.deepEqual(graph.alone, []);
  assert.deepEqual(layOut([resource('one'), resource('other')]), {
    nodes: [],
    alone: ['one', 'other'],
    edges: [],
    columns: 0,
    rows: 0,
  });
});

test('rows of different heights are found by their place', () => {
  const heights = new RowHeights();
  for (let at = 0; at < 3000; at++) heights.add((at % 3) + 1);
  assert.equal(heights.total, 6000);
  for (const row of [0, 1, 2, 1500, 2999]) {
    assert.equal(heights.rowAt(heights.start(row)), row);
    assert.equal(heights.rowAt(heights.start(row) + 0.5), row);
  }
  assert.equal(linesTaken('x'.repeat(100), 40), 3);
  assert.equal(linesTaken('漢'.repeat(40), 40), 2);
  assert.equal(linesTaken('', 40), 1);
  assert.equal(linesTaken('x'.repeat(1_000_000), 100), 101);
  heights.change(1, 5);
  assert.deepEqual([heights.start(1), heights.start(2), heights.total], [1, 6, 6003]);
  heights.change(5000, 5);
  assert.equal(heights.total, 6003);
  assert.deepEqual(['plain', 'a\tb', '漢'].map(isGuess), [false, true, true]);
});

test('addresses lead to places and back, also below a snapshot', () => {
  const routes: readonly Route[] = [
    { view: 'overview' },
    { view: 'logs' },
    { view: 'alerts' },
    { view: 'graph' },
    { view: 'timeline' },
    { view: 'resource', name: 'a/b c' },
  ];
  for (const base of ['', '/snapshot/local']) {
    for (const route of routes) {
      const place = { line: 12, span: 'build:4' };
      const { pathname, search, hash } = new URL(addressOf(route, base, place), 'http://localhost');
      assert.deepEqual(placeOf({ pathname, search, hash }, base), { route, ...place });
    }
  }
  assert.deepEqual(placeOf({ pathname: '/r/%zz', search: '', hash: '' }, ''), {
    route: { view: 'resource', name: '%zz' },
    line: undefined,
    span: undefined,
  });
});

test('times in words', () => {
  assert.deepEqual(
    [0, 5, 65, 3700, 200_000].map((s) => agoWords(s * 1000)),
    ['now', '5s', '1m', '1h', '2d'],
  );
  assert.deepEqual([300, 12_400, 125_000, 3_720_000].map(durationWords), ['0.3s', '12s', '2m 05s', '1h 02m']);
});

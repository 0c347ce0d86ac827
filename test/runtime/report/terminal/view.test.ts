import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysIn } from '../../../../runtime/report/terminal/key-input.ts';
import { FIRST_VIEW, press, type View, type ViewAction, withNames } from '../../../../runtime/report/terminal/view.ts';

const NAMES = ['one', 'two', 'three'];

/** The view and the actions after these keys. */
function after(input: string, view: View = withNames(FIRST_VIEW, NAMES)) {
  const actions: ViewAction[] = [];
  let now = view;
  for (const key of keysIn(input)) {
    const pressed = press(now, key, NAMES);
    now = pressed.view;
    if (pressed.action !== undefined) actions.push(pressed.action);
  }
  return {
    view: now,
    actions: actions.map((action) => (action.kind === 'restart' ? `restart ${action.resource}` : action.kind)),
  };
}

const moves: readonly (readonly [string, string, string])[] = [
  ['down', '\u001b[B', 'two'],
  ['down in application mode', '\u001bOB', 'two'],
  ['up from the first', '\u001b[A', 'three'],
  ['tab', '\t\t', 'three'],
  ['round', '\t\t\t', 'one'],
  ['shift-tab', '\u001b[Z', 'three'],
  ['unknown keys', '\u001b[15~\u001b[1;5Cxyz', 'one'],
];
for (const [name, keys, selected] of moves) {
  test(`selecting: ${name}`, () => assert.equal(after(keys).view.selected, selected));
}

test('letters act on what is selected', () => {
  assert.deepEqual(after('\tr').actions, ['restart two']);
  assert.deepEqual(after(' ?q\u0003\u001a').actions, ['open-page', 'help', 'stop', 'stop', 'suspend']);
  assert.deepEqual(after('rs q', FIRST_VIEW).actions, ['open-page', 'stop']);
});

test('showing one resource follows the selection', () => {
  const { view, actions } = after('s\t');
  assert.deepEqual([view.scope, view.selected, actions], ['selected', 'two', ['show-again', 'show-again']]);
  assert.equal(after('ss').view.scope, 'all');
  assert.equal(after('s\u001b').view.scope, 'all');
});

test('a filter is typed: letters are text then', () => {
  assert.equal(after('/q s').view.typed, 'q s');
  const { view, actions } = after('/érr🙂\u007for\r');
  assert.deepEqual([view.filter, view.typed, actions], ['érror', undefined, ['show-again']]);
  assert.equal(after('/abc\u0015x').view.typed, 'x');
  assert.equal(after('/a\u007f\u007f').view.typed, undefined);
  assert.equal(after('/new\u001b', view).view.filter, 'érror');
  assert.equal(after('\u001b', view).view.filter, '');
  assert.deepEqual(after('/x\u0003').actions, ['stop']);
});

test('the selection stays on what is there', () => {
  const { view } = after('\ts');
  assert.equal(withNames(view, ['three', 'two']), view);
  assert.equal(withNames(view, ['three']).selected, 'three');
  assert.deepEqual(withNames(view, []), { ...view, selected: undefined, scope: 'all' });
});

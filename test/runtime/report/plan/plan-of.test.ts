import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placed, placedText } from '../../../../runtime/report/plan/place.ts';
import { image, kubernetes, local, shell } from '../../../support/graph.ts';
import { built, planned } from './planned.ts';

test('paths are relative within the repository and absolute outside of it', () => {
  const place = { folder: '/repo/app', root: '/repo' };
  assert.equal(placed('/repo/app', place), '.');
  assert.equal(placed('/repo/app/src/x', place), 'src/x');
  assert.equal(placed('/repo/shared', place), '../shared');
  assert.equal(placed('/repo', place), '..');
  assert.equal(placed('/repository/x', place), '/repository/x');
  assert.equal(placed('/etc/hosts', place), '/etc/hosts');
  assert.equal(placed('/repo/..x', place), '../..x');
});

test('commands name the folder and the repository as paths do', () => {
  const place = { folder: '/repo/app', root: '/repo' };
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['/repo/app/run --out=/repo/app --in "/repo/app/x"', './run --out=. --in "./x"'],
    ['cd /repo && make', 'cd .. && make'],
    ['/repo/lib/x', '../lib/x'],
    ['/repo/application /repository /other/repo/app x/repo', '../application /repository /other/repo/app x/repo'],
    ['make', 'make'],
  ];
  for (const [text, shown] of cases) assert.equal(placedText(text, place), shown);
  assert.equal(placedText('/repo /', { folder: '/', root: '/' }), '/repo /');
});

test('the same project in another folder has the same plan', () => {
  const plans = ['/a', '/b/c'].map((folder) =>
    planned(
      [
        local('x', {
          watchPaths: [`${folder}/src`],
          update: { ...shell(`${folder}/make`, folder), env: [`HERE=${folder}`] },
          position: at(`${folder}/T`),
        }),
        kubernetes('y', {
          images: [built('i', { context: `${folder}/i` }, { watchPaths: [folder] })],
        }),
      ],
      {
        mainFile: `${folder}/T`,
        place: { folder, root: folder },
        evaluation: { filesRead: [`${folder}/T`, '/etc/x'], commandsRun: [[`${folder}/gen`]], variablesRead: [] },
      },
    ),
  );
  assert.deepEqual(plans[0], plans[1]);
  assert.equal(plans[0]?.resources[0]?.declaredAt, 'T:3:4');
});

function at(file: string) {
  return { file, line: 3, column: 4 };
}

test('secrets are hidden, and another secret looks different', () => {
  const secret = (value: string) =>
    planned([
      kubernetes('s', {
        objects: [
          {
            apiVersion: 'v1',
            kind: 'Secret',
            name: 's',
            namespace: '',
            body: { kind: 'Secret', type: 'Opaque', data: { token: value }, stringData: { plain: value } },
          },
        ],
      }),
      local('l', { update: { argv: ['x'], dir: '/project', env: [`API_TOKEN=${value}`, `STAGE=${value}`, 'A_KEY='] } }),
    ]);
  const text = JSON.stringify(secret('hunter2'));
  assert.equal(text.match(/hunter2/g)?.length, 1, text);
  assert.match(text, /"STAGE":"hunter2"/);
  assert.match(text, /"type":"Opaque"/);
  assert.match(text, /"A_KEY":""/);
  assert.deepEqual(secret('hunter2'), secret('hunter2'));
  assert.notDeepEqual(secret('hunter2').resources[0], secret('hunter3').resources[0]);
});

test('a plan is plain JSON: nothing is lost on its way through a file', () => {
  const plan = planned([local('a', { serve: shell('x') }), kubernetes('b', { images: [image('i')] })]);
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
});

test('what depends on what is said in both directions', () => {
  const plan = planned([
    local('a'),
    local('b', { resourceDeps: ['a'] }),
    kubernetes('c', { resourceDeps: ['a', 'b'], images: [image('i')] }),
    kubernetes('d', { images: [image('i')] }),
  ]);
  const neededBy = Object.fromEntries(plan.resources.map(({ name, neededBy: users }) => [name, users]));
  assert.deepEqual(neededBy, { a: ['b', 'c'], b: ['c'], c: [], d: [] });
  assert.deepEqual(
    plan.images.map(({ ref, neededBy: users }) => [ref, users]),
    [['i', ['c', 'd']]],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../../runtime/report/plan/read-plan.ts';
import { image, kubernetes, local } from '../../../support/graph.ts';
import { planned } from './planned.ts';

const plan = planned([local('a'), kubernetes('b', { images: [image('i')] })]);

test('what was printed can be read', () => {
  const read = readPlan(JSON.stringify(plan), '"a.json"');
  assert.deepEqual(read, { ok: true, plan });
});

const WRONG: readonly (readonly [title: string, text: string, reason: RegExp])[] = [
  ['no JSON', 'Tiltfile: 1 resource', /it is no JSON/],
  ['nothing', '', /it is no JSON/],
  ['null', 'null', /does not say "format": "tilt-ts plan"/],
  ['a list', '[]', /does not say "format"/],
  ['a difference', JSON.stringify({ ...plan, format: 'tilt-ts plan diff' }), /does not say "format"/],
  ['another version', JSON.stringify({ ...plan, version: 2 }), /its version is 2, and this program knows 1/],
  ['no version', JSON.stringify({ ...plan, version: undefined }), /its version is none/],
  ['no resources', JSON.stringify({ ...plan, resources: {} }), /"resources" is missing or of another type/],
  ['a resource without a name', JSON.stringify({ ...plan, resources: [{ kind: 'local' }] }), /"resources" is missing/],
  ['no objects of the API', JSON.stringify({ ...plan, apiObjects: undefined }), /"apiObjects" is missing/],
  ['no images', JSON.stringify({ ...plan, images: undefined }), /"images" is missing/],
  ['no settings', JSON.stringify({ ...plan, settings: 1 }), /"settings" is missing/],
  ['no commands', JSON.stringify({ ...plan, evaluation: { filesRead: [] } }), /"evaluation\.commandsRun" is missing/],
];
for (const [title, text, reason] of WRONG) {
  test(`${title} is refused`, () => {
    const read = readPlan(text, '"a.json"');
    assert.ok(!read.ok);
    assert.match(read.message, /^Cannot read the plan "a\.json": .*\. Make it with "tilt-ts plan --json"\.$/);
    assert.match(read.message, reason);
  });
}

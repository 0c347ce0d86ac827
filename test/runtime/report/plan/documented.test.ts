import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { diffPlans } from '../../../../runtime/report/plan/plan-diff.ts';
import { image, kubernetes, local, shell } from '../../../support/graph.ts';
import { planned } from './planned.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/plan.md'), 'utf8');

/** The names of all fields, but not those of the user's own objects and variables. */
function fieldNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (typeof value !== 'object' || value === null) return [];
  const free = ['body', 'env', 'buildArgs', 'extraPodSelectors', 'readinessProbe'];
  return Object.entries(value).flatMap(([name, member]) => [name, ...(free.includes(name) ? [] : fieldNames(member))]);
}

test('docs/plan.md names every field of a plan and of a difference', () => {
  const plan = planned(
    [
      local('a', {
        serve: shell('x'),
        links: [{ url: 'x', name: '' }],
        ignores: [{ basePath: '/', patterns: [], source: '' }],
      }),
      kubernetes('b', {
        images: [image('i')],
        portForwards: [{ localPort: 1, containerPort: 1, host: '', name: '', linkPath: '' }],
      }),
    ],
    {},
  );
  const changed = { ...plan, resources: plan.resources.map((one) => ({ ...one, labels: ['x'] })) };
  const names = new Set([...fieldNames(plan), ...fieldNames(diffPlans(plan, changed))]);
  assert.ok(names.size > 60, `only ${names.size} fields`);
  assert.deepEqual(
    [...names].filter((name) => !page.includes(`\`${name}\``) && !page.includes(`"${name}"`)),
    [],
  );
});

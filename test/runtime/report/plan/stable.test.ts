import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { diffPlans } from '../../../../runtime/report/plan/plan-diff.ts';
import { readPlan } from '../../../../runtime/report/plan/read-plan.ts';
import { image, kubernetes, local, shell } from '../../../support/graph.ts';
import { planned } from './planned.ts';

// A plan as an older version of the program printed it. Never change it: whoever reads plans relies on what it has.
const text = readFileSync(path.join(import.meta.dirname, 'fixtures/version-1.json'), 'utf8');

/** The same project, planned by the program as it is now. */
const now = planned([
  local('migrate', {
    update: { argv: ['make', 'migrate'], dir: '/project', env: ['STAGE=dev'] },
    serve: shell('serve', '/project'),
    watchPaths: ['/project/migrations'],
    ignores: [{ basePath: '/project', patterns: ['*.md'], source: '' }],
    labels: ['db'],
    links: [{ url: 'http://localhost:1/', name: 'page' }],
    readinessProbe: { action: { kind: 'tcp', port: 1 }, periodSecs: 2 },
  }),
  kubernetes('web', {
    images: [image('example/web')],
    resourceDeps: ['migrate'],
    portForwards: [{ localPort: 8080, containerPort: 80, host: '', name: '', linkPath: '' }],
  }),
]);

test('the program reads older plans of this version, and sees no difference where there is none', () => {
  const read = readPlan(text, 'of version 1');
  assert.ok(read.ok);
  assert.deepEqual(diffPlans(read.plan, now), { ...diffPlans(now, now), differs: false });
});

test('what readers of this version rely on is still there', () => {
  const missing: string[] = [];
  const compare = (before: unknown, after: unknown, where: string): void => {
    if (typeof before !== 'object' || before === null) {
      if (before !== after) missing.push(`${where}: ${JSON.stringify(before)} is now ${JSON.stringify(after)}`);
      return;
    }
    for (const [name, value] of Object.entries(before)) {
      compare(value, (after as Record<string, unknown> | undefined)?.[name], `${where}.${name}`);
    }
  };
  compare(JSON.parse(text), JSON.parse(JSON.stringify(now)), 'plan');
  assert.deepEqual(missing, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StepLog } from '../../../runtime/engine/update-log.ts';
import { FakeClock } from '../../support/fake-clock.ts';

test('the parts of an update have headings, and at the end their times', () => {
  const clock = new FakeClock();
  let text = '';
  const log = new StepLog(clock, { write: (piece) => (text += piece) }, 2);
  const ended: string[] = [];
  const steps = log.around({ begin: (kind, title) => () => void ended.push(`${kind} ${title}`) });
  const endBuild = steps.begin('build', 'Building Dockerfile: [web]');
  clock.advance(1610);
  endBuild();
  const endDeploy = steps.begin('deploy', 'Deploying');
  clock.advance(40);
  endDeploy();
  log.summary();
  assert.deepEqual(text.split('\n'), [
    'STEP 1/2 — Building Dockerfile: [web]',
    '',
    'STEP 2/2 — Deploying',
    '',
    '     Step 1 - 1.61s (Building Dockerfile: [web])',
    '     Step 2 - 0.04s (Deploying)',
    '     DONE IN: 1.65s',
    '',
    '',
  ]);
  assert.deepEqual(ended, ['build Building Dockerfile: [web]', 'deploy Deploying']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { $ } from 'kleur/colors';
import { diffPlans } from '../../../../runtime/report/plan/plan-diff.ts';
import { planDiffText } from '../../../../runtime/report/plan/plan-diff-text.ts';
import { planText } from '../../../../runtime/report/plan/plan-text.ts';
import { compose, image } from '../../../support/graph.ts';
import { planned } from './planned.ts';

$.enabled = false;

const web = compose('web', {
  resourceDeps: ['migrations'],
  build: {
    ref: 'shop-web',
    matchExact: false,
    service: 'web',
    context: '/project/web',
    dockerfile: '/project/web/Dockerfile',
    mounts: [],
  },
  publishedPorts: [8080],
  watchPaths: ['/project/web'],
  yaml: 'build:\n  context: /project/web\nenvironment:\n  API_TOKEN: hunter2\n  STAGE: dev\n',
});
const plan = planned([web, compose('migrations', { runsToEnd: true })]);

test('a plan says which service it is, who builds it and what it publishes', () => {
  assert.match(
    planText(plan),
    / {2}1 {2}migrations {2}compose\n {7}service {6}migrations of compose\.yml\n {7}runs image {3}migrations\n {7}ready when {3}it has ended well\n {7}needed by {4}web\n {7}declared at {2}Tiltfile:1:1\n {2}2 {2}web {2}compose\n {7}service {11}web of compose\.yml\n {7}runs image {8}web\n {7}built by Compose {2}web\n {7}ports {13}8080\n {7}watches {11}web\n/,
  );
});

test('its definition names the folder as paths do, and hides secrets', () => {
  const [first] = plan.resources;
  assert.ok(first?.kind === 'compose');
  assert.deepEqual(first.definition, [
    'build:',
    '  context: ./web',
    'environment:',
    '  API_TOKEN: (hidden, sha256:f52fbd32b2b3b86f)',
    '  STAGE: dev',
  ]);
});

test('a difference shows what changes in the service', () => {
  const before = planned([compose('web')]);
  const after = planned([
    compose('web', { images: [image('example/web')], runs: 'example/web', publishedPorts: [80] }),
  ]);
  assert.equal(
    planDiffText(diffPlans(before, after)).split('\n\n')[0],
    `~ web  compose
    runs: "web" → "example/web"
    images: + example/web
    publishedPorts: [] → [80]`,
  );
});

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { resultsOf } from '../builtins/result-of.ts';

const results = resultsOf();
after(() => results.dispose());

const DEPLOYMENT = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: example/web}]}}}\n`;
const JOB =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: alpine}]}}}\n';

test('limits and retries reach the graph, in milliseconds, and several calls for one resource add up', async () => {
  const graph = await results.graphOf(
    `
      allow_k8s_contexts(k8s_context());
      ci_settings({ timeout: '1h', build_timeout: '90s', deploy_timeout: '2m', settle: '0', keep_going: true });
      local_resource('a', 'true', { serve_cmd: 'x', timeout: '1.5s', readiness_timeout: '2s', retries: 3 });
      docker_build('example/web', '.', { dockerfile_contents: 'FROM scratch\\nADD . /', timeout: '10m' });
      k8s_yaml(['web.yaml', 'job.yaml']);
      k8s_resource('web', { timeout: '40s' });
      k8s_resource('web', { readiness_timeout: '50s' });
      k8s_resource('once', { retries: 1 });`,
    { 'web.yaml': DEPLOYMENT('web'), 'job.yaml': JOB },
  );
  const named = (name: string) => graph.resources.find((resource) => resource.name === name);
  const limits = (name: string) => {
    const { timeoutMs, readinessTimeoutMs, retries } = named(name) ?? {};
    return [timeoutMs, readinessTimeoutMs, retries];
  };
  assert.deepEqual(limits('a'), [1500, 2000, 3]);
  assert.deepEqual(limits('web'), [40_000, 50_000, undefined]);
  assert.deepEqual(limits('once'), [undefined, undefined, 1]);
  const web = named('web');
  assert.ok(web?.kind === 'kubernetes');
  assert.equal(web.images[0]?.timeoutMs, 600_000);
  assert.deepEqual(web.objectFiles, [`${results.folder}/web.yaml`]);
  const { timeoutMs, buildTimeoutMs, deployTimeoutMs, settleMs, keepGoing } = graph.settings.ci;
  assert.deepEqual(
    [timeoutMs, buildTimeoutMs, deployTimeoutMs, settleMs, keepGoing],
    [3_600_000, 90_000, 120_000, 0, true],
  );
});

test('retries of what the cluster starts again by itself are refused', async () => {
  const message = await results.refusalOf(
    "allow_k8s_contexts(k8s_context());\nk8s_yaml('web.yaml');\nk8s_resource('web', { retries: 1 });",
    { 'web.yaml': DEPLOYMENT('web') },
  );
  assert.match(message, /^k8s_resource "web": retries are for what runs to its end/);
});

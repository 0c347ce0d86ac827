import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm';
import { junitXml } from '../../../runtime/report/junit.ts';
import type { RunReport } from '../../../runtime/report/report-schema.ts';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { RecordedReplay } from '../../support/recorded-replay.ts';

const SCHEMA = readFileSync(path.join(import.meta.dirname, 'fixtures/junit.xsd'), 'utf8');

/** The test cases of a report by name: what each came to, and its output. The report is checked against the schema. */
function cases(
  run: RunReport,
  replay: RecordedReplay,
): ReadonlyMap<string, { verdict: string; message: string; text: string; output: string }> {
  const text = [...junitXml(run, (resource, count) => replay.log.tail(resource, count))].join('');
  const schema = XmlDocument.fromString(SCHEMA);
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
    const found = document.find('//testcase').map((node) => {
      const element = node as XmlElement;
      const verdict = element.get('failure | error | skipped') as XmlElement | null;
      const message = verdict?.attr('message')?.value ?? '';
      const output = element.get('system-out')?.content ?? '';
      return [
        element.attr('name')?.value ?? '',
        { verdict: verdict?.name ?? 'passed', message, text: verdict?.content ?? '', output },
      ] as const;
    });
    const told = (name: string) => Number((document.root as XmlElement).attr(name)?.value);
    const kinds = found.map(([, { verdict }]) => verdict);
    assert.equal(told('tests'), found.length);
    assert.equal(told('failures'), kinds.filter((kind) => kind === 'failure').length);
    assert.equal(told('errors'), kinds.filter((kind) => kind === 'error').length);
    return new Map(found);
  } finally {
    document.dispose();
    validator.dispose();
    schema.dispose();
  }
}

test('the schema tells a wrong report from a right one', () => {
  const schema = XmlDocument.fromString(SCHEMA);
  const validator = XsdValidator.fromDoc(schema);
  for (const wrong of [
    '<testsuites><testcase name="a"/></testsuites>',
    '<testsuites><testsuite name="a" tests="1"><testcase/></testsuite></testsuites>',
    '<testsuites tests="many"/>',
  ]) {
    const document = XmlDocument.fromString(wrong);
    assert.throws(() => validator.validate(document), wrong);
    document.dispose();
  }
  validator.dispose();
  schema.dispose();
});

test('each target of a resource is a test case, under the name that Tilt gives it', () => {
  const replay = new RecordedReplay()
    .load(
      graph([
        local('job'),
        local('api', { serve: shell('serve') }),
        local('idle', { update: undefined, serve: shell('s') }),
        kubernetes('web'),
      ]),
    )
    .connect();
  while (replay.start().length > 0)
    for (const name of ['job', 'api', 'idle', 'web']) {
      if (replay.row(name).update.kind === 'running')
        replay.wait(10).say(name, 'build', `building ${name}`).succeed(name);
    }
  replay.say('api', 'runtime', 'serving').ready('api').ready('idle').workload('web', { status: 'ready' });
  const found = cases(replay.report(), replay);
  assert.deepEqual(
    [...found.keys()],
    ['tiltfile:update', 'job:update', 'api:update', 'api:serve', 'idle:serve', 'web:update', 'web:runtime'],
  );
  assert.ok([...found.values()].every(({ verdict }) => verdict === 'passed'));
  assert.equal(found.get('api:update')?.output, 'building api');
  assert.equal(found.get('api:serve')?.output, 'serving');
});

test('failures, what they cut off, and what never started', () => {
  const replay = new RecordedReplay()
    .load(graph([local('bad'), kubernetes('web'), local('later', { resourceDeps: ['bad'] })]))
    .connect();
  replay.start();
  replay.say('bad', 'build', 'Running cmd: make', 'it broke');
  const why = failure('command', 'Command "make" failed: exit status 2');
  replay
    .wait(1500)
    .fail('bad', why)
    .event({ kind: 'update-cancelled', resource: 'web', update: replay.row('web').update.kind === 'running' ? 2 : 1 });
  const run = replay.report({ code: 1, message: 'bad: failed', reasons: [{ resource: 'bad', failure: why }] });
  const found = cases(run, replay);
  assert.deepEqual(
    [...found].map(([name, { verdict }]) => [name, verdict]),
    [
      ['tiltfile:update', 'passed'],
      ['bad:update', 'failure'],
      ['web:update', 'error'],
      ['web:runtime', 'skipped'],
      ['later:update', 'skipped'],
    ],
  );
  assert.match(found.get('bad:update')?.text ?? '', /at \/project\/Tiltfile:1:1\nit broke/);
  assert.match(found.get('web:update')?.message ?? '', /the run ended before/);
  assert.match(found.get('later:update')?.message ?? '', /not started: waits for bad/);
});

test('a server that crashes, one that is late, and a run that a signal ends', () => {
  const SERVER = { update: undefined, serve: shell('serve') };
  const replay = new RecordedReplay().load(graph([local('crashes', SERVER), local('late', SERVER)]));
  replay.start();
  replay.succeed('crashes').succeed('late').wait(100).crash('crashes', 7).ready('late', false, 'probe failed');
  const stopped = cases(replay.report({ code: 130, message: 'Stopped by SIGTERM' }), replay);
  assert.equal(stopped.get('crashes:serve')?.verdict, 'failure');
  assert.match(stopped.get('crashes:serve')?.message ?? '', /exit code 7/);
  assert.equal(stopped.get('late:serve')?.verdict, 'error');
  assert.match(stopped.get('late:serve')?.message ?? '', /Stopped by SIGTERM: it was not ready: probe failed/);
  const reasons = [
    { resource: 'late', failure: failure('server', 'Readiness timeout after 5m0s: "late" is not ready') },
  ];
  const late = cases(replay.report({ code: 3, message: 'Timeout', reasons }), replay);
  assert.equal(late.get('late:serve')?.verdict, 'failure');
});

test('a Tiltfile that fails, a cluster that does not answer, a run stopped before all that', () => {
  const loading = new RecordedReplay().event({ kind: 'tiltfile-load-started' });
  const stopped = cases(loading.report({ code: 130, message: 'Stopped by SIGINT' }), loading);
  assert.equal(stopped.get('tiltfile:update')?.verdict, 'error');

  const why = failure('tiltfile', 'boom', [], { file: '/project/Tiltfile.js', line: 3, column: 7 });
  loading.event({ kind: 'tiltfile-load-failed', failures: [why], configFiles: [] });
  const failed = cases(
    loading.report({ code: 5, message: 'boom', reasons: [{ resource: '', failure: why }] }),
    loading,
  );
  assert.deepEqual(
    [...failed].map(([name, { verdict }]) => [name, verdict]),
    [['tiltfile:update', 'failure']],
  );

  const replay = new RecordedReplay().load(graph([kubernetes('web')]));
  const unreachable = failure('cluster-unreachable', 'no cluster answers');
  const run = replay.report({ code: 4, message: 'no cluster', reasons: [{ resource: '', failure: unreachable }] });
  const found = cases(run, replay);
  assert.equal(found.get('session')?.verdict, 'error');
  assert.equal(found.get('web:update')?.verdict, 'skipped');
});

test('what XML cannot say is left out, and the rest is the same for a reader', () => {
  const replay = new RecordedReplay().load(graph([local('a<b>&"c"')]));
  const name = 'a<b>&"c"';
  replay.start();
  replay.say(name, 'build', '\u001b[31mred\u001b[0m ]]> & <tag>', 'a\ud800b\ufffe', 'tab\there');
  replay.fail(name, failure('command', 'two\nlines\u0001'));
  const found = cases(replay.report({ code: 1 }), replay);
  assert.equal(found.get(`${name}:update`)?.output, 'red ]]> & <tag>\na\ufffdb\ufffd\ntab\there');
  assert.equal(found.get(`${name}:update`)?.message, 'two\nlines\ufffd');
});

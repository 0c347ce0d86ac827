import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { type Folds, GITHUB_FOLDS, GroupedLog, gitlabFolds } from '../../../runtime/report/grouped-log.ts';
import { LogStream } from '../../../runtime/report/log-stream.ts';
import type { SessionEvent } from '../../../runtime/state/event.ts';
import type { LogLine } from '../../../runtime/state/log-line.ts';
import { graph, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

function rig(folds: Folds) {
  let written = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const stream = new LogStream(sink);
  const log = new GroupedLog(stream, folds, (text) => text.replaceAll('secret', '***'));
  const line = (resource: string, text: string): void =>
    log.line({ sequence: 1, at: 0, resource, source: 'build', span: 'build:1', level: 'info', text } satisfies LogLine);
  const text = async () => {
    await stream.flush();
    return written;
  };
  return { log, line, text };
}

class Told extends Replay {
  readonly log: GroupedLog;

  constructor(log: GroupedLog) {
    super(0);
    this.log = log;
  }

  override event(event: Parameters<Replay['event']>[0]): this {
    super.event(event);
    this.log.changed(this.state, [{ at: this.now, ...event } as SessionEvent]);
    return this;
  }
}

test('lines that come mixed stand in a group for each resource, with a line for each change of state between them', async () => {
  const { log, line, text } = rig(GITHUB_FOLDS);
  const replay = new Told(log);
  line('', 'Loading');
  replay.load(graph([local('a', { allowParallel: true }), local('b', { serve: shell('s'), allowParallel: true })]));
  replay.start();
  for (const round of [1, 2]) for (const name of ['a', 'b']) line(name, `${name}${round}`);
  line('b', '::error::not a command');
  replay.wait(1500).succeed('a').succeed('b').wait(300).ready('b').ready('b', false, 'probe of secret failed');
  line('b', 'late');
  log.finish();
  assert.equal(
    (await text()).replaceAll('\u200b', '^'),
    [
      '::group::Tiltfile',
      'Loading',
      '::endgroup::',
      'a: started',
      'b: started',
      '::group::a',
      'a1',
      'a2',
      '::endgroup::',
      'a: updated in 1.5s',
      '::group::b',
      'b1',
      'b2',
      '^::error::not a command',
      '::endgroup::',
      'b: updated in 1.5s',
      'b: ready after 0.30s',
      'b: not ready any more: probe of *** failed',
      '::group::b',
      'late',
      '::endgroup::',
      '',
    ].join('\n'),
  );
});

test('what is long or has waited is shown in parts, in order and without a loss', async (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { log, line, text } = rig(GITHUB_FOLDS);
  for (let number = 0; number < 5000; number++) line('web', `${number} ${'x'.repeat(40)}`);
  line('slow', 'waits');
  assert.doesNotMatch(await text(), /waits/);
  t.mock.timers.tick(10_000);
  assert.match(await text(), /::group::slow\nwaits\n::endgroup::/);
  log.finish();
  const shown = await text();
  assert.ok((shown.match(/::group::web/g) ?? []).length > 2);
  assert.deepEqual(
    [...shown.matchAll(/^(\d+) x+$/gm)].map(([, number]) => Number(number)),
    Array.from({ length: 5000 }, (_, number) => number),
  );
});

test('sections for GitLab open and close under one name, which no other has', async () => {
  const { log, line, text } = rig(gitlabFolds(() => 1_700_000_000_123, 'id'));
  line('web', 'one');
  log.finish();
  line('web', 'two');
  log.finish();
  const section = (name: string, body: string) =>
    `\u001b[0Ksection_start:1700000000:${name}[collapsed=true]\r\u001b[0Kweb\n${body}\n\u001b[0Ksection_end:1700000000:${name}\r\u001b[0K\n`;
  assert.equal(await text(), section('tilt_id_1', 'one') + section('tilt_id_2', 'two'));
});

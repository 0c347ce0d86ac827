import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildTrace, BuildVertex } from '../../../runtime/clients/docker/buildkit-trace.ts';
import { BuildLog } from '../../../runtime/images/build-log.ts';

const vertex = (digest: string, name: string, more: Partial<BuildVertex> = {}): BuildVertex => ({
  digest,
  name,
  cached: false,
  startedAt: 1000,
  completedAt: undefined,
  error: '',
  ...more,
});
const trace = (parts: Partial<BuildTrace>): BuildTrace => ({ vertices: [], transfers: [], logs: [], ...parts });
const log = (digest: string, text: string | Uint8Array) => ({ vertex: digest, bytes: Buffer.from(text as string) });

function written(traces: readonly BuildTrace[]): { text: string; log: BuildLog } {
  let text = '';
  const buildLog = new BuildLog((more) => {
    text += more;
  });
  for (const one of traces) buildLog.add(one);
  buildLog.end();
  return { text, log: buildLog };
}

test('steps appear when they start, with their output and how long they took', () => {
  const run = (more: Partial<BuildVertex>) => vertex('b', '[2/3] RUN make', more);
  const { text } = written([
    trace({ vertices: [vertex('i', '[internal] load remote build context'), vertex('c', 'copy /context /')] }),
    trace({ vertices: [vertex('n', '[3/3] COPY a b', { startedAt: undefined })] }),
    trace({ vertices: [vertex('a', '[1/3] FROM busybox', { cached: true }), run({})] }),
    trace({ logs: [log('b', 'one\ntw'), log('b', 'o\r\n10%\r20%\n')] }),
    trace({ logs: [log('b', 'no newline')] }),
    trace({ vertices: [run({ completedAt: 1005 })] }),
    trace({ vertices: [run({ completedAt: 2412.7 })] }),
    trace({ vertices: [run({ completedAt: 2412.7 })] }),
  ]);
  assert.equal(
    text,
    [
      '     [1/3] FROM busybox [cached]',
      '     [2/3] RUN make',
      '       → one',
      '       → two',
      '       → 20%',
      '       → no newline',
      '     [2/3] RUN make [done: 1.412s]',
      '',
    ].join('\n'),
  );
});

test('letters that are cut apart come together again', () => {
  const bytes = Buffer.from('ü\n');
  const { text } = written([
    trace({ vertices: [vertex('a', 'a')], logs: [log('a', bytes.subarray(0, 1)), log('a', bytes.subarray(1))] }),
  ]);
  assert.match(text, /→ ü\n/);
});

test('a step of several lines stays on one', () => {
  const { text } = written([trace({ vertices: [vertex('a', '[2/2] RUN <<EOF (a\n  b\nEOF)')] })]);
  assert.equal(text, '     [2/2] RUN <<EOF (a b EOF)\n');
});

test('downloads are summed up over their layers and do not flood the log', () => {
  const transfer = (id: string, current: number, total: number, at: number) => ({
    id,
    vertex: 'a',
    current,
    total,
    at,
  });
  const { text } = written([
    trace({ vertices: [vertex('a', '[1/1] FROM big')] }),
    trace({ transfers: [transfer('x', 1_000_000, 4_000_000, 1000), transfer('y', 500, 1_000_000, 1000)] }),
    trace({ transfers: [transfer('x', 2_000_000, 4_000_000, 1100)] }),
    trace({ transfers: [transfer('x', 3_000_000, 4_000_000, 3500)] }),
  ]);
  assert.equal(text, '     [1/1] FROM big\n     [1/1] FROM big 1.00MB / 5.00MB\n     [1/1] FROM big 3.00MB / 5.00MB\n');
});

test('the step that failed is known with its last lines; steps that were called off are not it', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  const { text, log: buildLog } = written([
    trace({ vertices: [vertex('a', '[a 2/2] RUN sleep 9'), vertex('b', '[b 2/2] RUN false')] }),
    trace({ logs: [log('b', lines.join('\n'))] }),
    trace({ vertices: [vertex('a', '[a 2/2] RUN sleep 9', { error: 'context canceled' })] }),
    trace({ vertices: [vertex('b', '[b 2/2] RUN false', { error: 'exit code: 1' })] }),
  ]);
  assert.match(text, /→ line 49\n\n {5}ERROR IN: \[b 2\/2\] RUN false\n$/);
  const failed = buildLog.failedStep();
  assert.equal(failed?.name, '[b 2/2] RUN false');
  assert.deepEqual(failed?.lastLines, lines.slice(-20));
  assert.equal(written([]).log.failedStep(), undefined);
});

test('a cache that is not there is no step that failed', () => {
  const { text, log: buildLog } = written([
    trace({ vertices: [vertex('a', 'importing cache manifest from example/web:cache', { error: 'not found' })] }),
    trace({ vertices: [vertex('b', '[2/2] RUN false', { error: 'exit code: 1' })] }),
  ]);
  assert.match(text, /\n {5}Layers of "example\/web:cache" cannot be used: not found\n {5}\[2\/2\] RUN false\n/);
  assert.equal(buildLog.failedStep()?.name, '[2/2] RUN false');
});

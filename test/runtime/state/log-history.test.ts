import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArchivePlace, LogArchive } from '../../../runtime/state/log-archive.ts';
import type { LogFilter } from '../../../runtime/state/log-filter.ts';
import { createLogStore, type LogStore } from '../../../runtime/state/log-store.ts';
import { pollUntil } from '../../support/poll.ts';

const web = { resource: 'web', source: 'runtime', span: 'serve:web:1' } as const;
const db = { resource: 'db', source: 'build', span: 'build:1' } as const;

/** An archive in memory. */
class FakeArchive implements LogArchive {
  readonly kept: Uint8Array[] = [];
  full = false;
  reads = 0;

  async write(bytes: Uint8Array): Promise<ArchivePlace | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.full) return undefined;
    this.kept.push(bytes);
    return { file: 0, offset: this.kept.length - 1, length: bytes.byteLength };
  }

  async read({ offset }: ArchivePlace): Promise<Uint8Array | undefined> {
    this.reads++;
    await new Promise((resolve) => setImmediate(resolve));
    return this.kept[offset];
  }

  close(): void {}
}

function store(archive: LogArchive | 'none' = new FakeArchive(), keepBytes = 500_000) {
  const clock = { at: 1000 };
  return { log: createLogStore({ now: () => clock.at, keepBytes, ...(archive === 'none' ? {} : { archive }) }), clock };
}

const text = (number: number) => `line ${number} ${'x'.repeat(80)} é😀`;

/** Lines of web and db in turn. */
function fill(log: LogStore, count: number): void {
  const [one, other] = [log.open(web), log.open(db)];
  for (let number = 1; number <= count; number++) {
    (number % 10 === 0 ? other : one).write(`${text(number)}\n`, number % 100 === 0 ? 'error' : 'info');
  }
}

async function readAll(log: LogStore, limit: number, filter: LogFilter = {}): Promise<number[]> {
  const sequences: number[] = [];
  for (let after = 0, more = true; more; ) {
    const page = await log.page({ after, limit, filter });
    assert.ok(page.lines.length <= limit);
    for (const line of page.lines) {
      assert.equal(line.text, text(line.sequence));
      sequences.push(line.sequence);
    }
    ({ end: after, more } = page);
  }
  return sequences;
}

const upTo = (count: number, step = 1) => Array.from({ length: count / step }, (_, index) => (index + 1) * step);

test('all lines are read again, whether they are in memory or in the archive', async () => {
  const archive = new FakeArchive();
  const { log } = store(archive);
  fill(log, 20_000);
  await pollUntil(() => log.open(web).backlog() === undefined);
  assert.deepEqual(await readAll(log, 777), upTo(20_000));
  assert.ok(archive.kept.length > 5, String(archive.kept.length));
  assert.equal(log.oldest, 1);
  assert.equal(log.newest, 20_000);
});

test('filters: resource, source, level, span; what cannot match is not even read', async () => {
  const archive = new FakeArchive();
  const { log } = store(archive);
  fill(log, 20_000);
  for (const filter of [
    { resources: new Set(['db']) },
    { sources: new Set(['build'] as const) },
    { span: 'build:1' },
  ]) {
    assert.deepEqual(await readAll(log, 500, filter), upTo(20_000, 10));
  }
  assert.deepEqual(await readAll(log, 500, { level: 'warn' }), upTo(20_000, 100));
  await pollUntil(() => archive.kept.length > 5);
  const before = archive.reads;
  assert.deepEqual(await readAll(log, 500, { resources: new Set(['nosuch']) }), []);
  assert.equal(archive.reads, before);
});

test('lines since a time', async () => {
  const { log, clock } = store();
  fill(log, 10_000);
  clock.at = 2000;
  const writer = log.open(web);
  for (let number = 10_001; number <= 10_020; number++) writer.write(`${text(number)}\n`);
  assert.deepEqual(
    await readAll(log, 15, { since: 2000 }),
    upTo(10_020).filter((number) => number > 10_000),
  );
});

test('paging backwards', async () => {
  const { log } = store();
  fill(log, 20_000);
  const filter = { resources: new Set(['db']) };
  let sequences: number[] = [];
  for (let before = Number.POSITIVE_INFINITY, more = true; more; ) {
    const page = await log.page({ before, limit: 333, filter });
    sequences = [...page.lines.map(({ sequence }) => sequence), ...sequences];
    ({ start: before, more } = page);
  }
  assert.deepEqual(sequences, upTo(20_000, 10));
  const between = await log.page({ after: 100, before: 105, limit: 100 });
  assert.deepEqual(
    between.lines.map(({ sequence }) => sequence),
    [101, 102, 103, 104],
  );
});

test('a reader that follows gets every line, however slow it is', async () => {
  const { log } = store();
  const stop = new AbortController();
  const seen: number[] = [];
  fill(log, 5000);
  const reading = (async () => {
    for await (const page of log.follow({}, 0, stop.signal)) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const line of page.lines) seen.push(line.sequence);
    }
  })();
  for (let round = 0; round < 10; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    fill(log, 2000);
  }
  await pollUntil(() => seen.length === 25_000);
  log.open(web).write('last\n');
  await pollUntil(() => seen.length === 25_001);
  stop.abort();
  await reading;
  assert.deepEqual(seen, upTo(25_001));
});

test('writers are asked to wait while the archive cannot keep up', async () => {
  const { log } = store();
  const writer = log.open(web);
  assert.equal(writer.backlog(), undefined);
  fill(log, 20_000);
  const wait = writer.backlog();
  assert.ok(wait instanceof Promise);
  await wait;
  assert.equal(writer.backlog(), undefined);
});

test('an archive that takes no more costs lines, and no memory; what it has stays', async () => {
  const archive = new FakeArchive();
  const { log } = store(archive);
  fill(log, 10_000);
  await pollUntil(() => log.open(web).backlog() === undefined && archive.kept.length > 2);
  archive.full = true;
  fill(log, 30_000);
  await log.open(web).backlog();
  const read = await log.page({ after: 0, limit: 1_000_000 });
  assert.ok(read.lines.length < 20_000, String(read.lines.length));
  assert.equal(read.lines[0]?.sequence, 1);
  assert.equal(read.lines.at(-1)?.sequence, 40_000);
  const back = await log.page({ before: Number.POSITIVE_INFINITY, limit: 1_000_000 });
  assert.deepEqual(back.lines, read.lines);
});

test('without an archive the newest lines stay', async () => {
  const { log } = store('none');
  fill(log, 40_000);
  await pollUntil(() => log.oldest > 1);
  const { lines } = await log.page({ after: 0, limit: 1_000_000 });
  assert.equal(lines.at(-1)?.sequence, 40_000);
  assert.equal(lines[0]?.sequence, log.oldest);
});

test('values of secrets are not shown by what was written before they were known', async () => {
  const archive = new FakeArchive();
  const { log } = store(archive);
  fill(log, 10_000);
  await pollUntil(() => archive.kept.length > 2);
  log.hide([{ name: 'login', key: 'password', text: 'line 7 xxxxx', base64: 'bGluZSA3' }]);
  const { lines } = await log.page({ after: 0, limit: 10_000 });
  assert.match(lines[6]?.text ?? '', /^\[redacted secret login:password\]/);
  assert.equal(lines[5]?.text, text(6));
});

import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { LogStream } from '../../../runtime/report/log-stream.ts';
import type { ArchivePlace, LogArchive } from '../../../runtime/state/log-archive.ts';

/** Whoever reads takes a piece when the test says so. */
class SlowReader extends Writable {
  text = '';
  #take: (() => void)[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    this.#take.push(done);
  }

  take(): void {
    for (const done of this.#take.splice(0)) done();
  }
}

class Archive implements LogArchive {
  readonly kept: (Uint8Array | undefined)[] = [];
  isFull = false;

  async write(bytes: Uint8Array): Promise<ArchivePlace | undefined> {
    if (this.isFull) return undefined;
    this.kept.push(bytes);
    return { file: this.kept.length - 1, offset: 0, length: bytes.byteLength };
  }

  async read({ file }: ArchivePlace): Promise<Uint8Array | undefined> {
    return this.kept[file];
  }

  close(): void {}
}

const LINES = Array.from({ length: 40_000 }, (_, index) => `line ${index} ${'é'.repeat(40)}\n`);

async function readAll(stream: LogStream, reader: SlowReader): Promise<void> {
  let isOver = false;
  const flushed = stream.flush().then(() => {
    isOver = true;
  });
  while (!isOver) {
    reader.take();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await flushed;
}

test('what a slow reader does not take waits in the archive, in order, and nobody is held back', async () => {
  const [reader, archive] = [new SlowReader(), new Archive()];
  const stream = new LogStream(reader, { archive });
  for (const [index, line] of LINES.entries()) {
    stream.write(line);
    // Some while it is read, too.
    if (index % 20_000 === 0) reader.take();
    if (index % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(stream.backlog(), undefined);
  assert.ok(archive.kept.length > 4, String(archive.kept.length));
  await readAll(stream, reader);
  stream.write('the end\n');
  await readAll(stream, reader);
  assert.equal(reader.text, `${LINES.join('')}the end\n`);
});

test('where the archive keeps nothing, text waits in memory; what it has lost is told', async () => {
  const [reader, archive] = [new SlowReader(), new Archive()];
  archive.isFull = true;
  const stream = new LogStream(reader, { archive });
  for (const line of LINES) stream.write(line);
  await readAll(stream, reader);
  assert.equal(reader.text, LINES.join(''));

  archive.isFull = false;
  reader.text = '';
  for (const line of LINES) stream.write(line);
  archive.kept[1] = undefined;
  await readAll(stream, reader);
  assert.equal(reader.text.match(/Lines are missing here/g)?.length, 1);
  assert.ok(reader.text.endsWith(LINES.at(-1) ?? ''));
});

test('without an archive writers are held back until some of it is taken', async () => {
  const reader = new SlowReader();
  const stream = new LogStream(reader);
  for (const line of LINES.slice(0, 10_000)) stream.write(line);
  const backlog = stream.backlog();
  assert.ok(backlog);
  await new Promise((resolve) => setImmediate(resolve));
  reader.take();
  await backlog;
  await readAll(stream, reader);
  assert.equal(stream.backlog(), undefined);
});

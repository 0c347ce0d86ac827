import type { ArchivePlace, LogArchive } from '../state/log-archive.ts';

/** Characters that wait in memory, and those that go to the archive at once. */
const MOST_IN_MEMORY = 256 * 1024;

interface Block {
  /** The text itself when the archive could not keep it. */
  readonly where: Promise<ArchivePlace | string>;
  readonly length: number;
}

/** Text that waits to be written, in order: a little in memory, the rest in an archive where there is one. */
export class WaitingText {
  readonly #archive: LogArchive | undefined;
  #first: string[] = [];
  #firstSize = 0;
  readonly #blocks: Block[] = [];
  #last: string[] = [];
  #lastSize = 0;
  #size = 0;

  constructor(archive: LogArchive | undefined) {
    this.#archive = archive;
  }

  /** In characters. */
  get size(): number {
    return this.#size;
  }

  push(text: string): void {
    this.#size += text.length;
    if (this.#archive === undefined || (this.#isShort && this.#firstSize < MOST_IN_MEMORY)) {
      this.#first.push(text);
      this.#firstSize += text.length;
      return;
    }
    this.#last.push(text);
    this.#lastSize += text.length;
    if (this.#lastSize >= MOST_IN_MEMORY) this.#store(this.#archive);
  }

  /** Takes away the next piece; empty when nothing waits. */
  async shift(): Promise<string> {
    const text = this.#firstSize > 0 ? this.#takeFirst() : await this.#takeNext();
    this.#size -= text.length;
    return text;
  }

  get #isShort(): boolean {
    return this.#blocks.length === 0 && this.#lastSize === 0;
  }

  #takeFirst(): string {
    const text = this.#first.join('');
    this.#first = [];
    this.#firstSize = 0;
    return text;
  }

  #takeLast(): string {
    const text = this.#last.join('');
    this.#last = [];
    this.#lastSize = 0;
    return text;
  }

  async #takeNext(): Promise<string> {
    const block = this.#blocks[0];
    if (block === undefined) return this.#takeLast();
    const where = await block.where;
    const found = typeof where === 'string' ? where : await this.#archive?.read(where);
    this.#blocks.shift();
    if (typeof found === 'string') return found;
    if (found !== undefined) return Buffer.from(found).toString('utf8');
    this.#size -= block.length;
    const gone = '… Lines are missing here: there was no room for them on the disk.\n';
    this.#size += gone.length;
    return gone;
  }

  #store(archive: LogArchive): void {
    const text = this.#takeLast();
    const where = archive.write(Buffer.from(text)).then((place) => place ?? text);
    this.#blocks.push({ where, length: text.length });
  }
}

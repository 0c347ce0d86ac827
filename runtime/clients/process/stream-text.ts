import { TextDecoder } from 'node:util';
import type { Output } from '../../engine/ports.ts';
import type { OutputSink, StreamName } from './process.ts';

/** Text without newline that is longer than this is handed on as it is. */
const LONGEST_PIECE = 16 * 1024;

/** Hands the output of a process on as text, in whole lines, so that its two streams do not mix within a line. */
export class StreamText {
  readonly #output: Output;
  readonly #streams: Record<StreamName, { readonly decoder: TextDecoder; rest: string }>;

  constructor(output: Output) {
    this.#output = output;
    this.#streams = {
      stdout: { decoder: new TextDecoder(), rest: '' },
      stderr: { decoder: new TextDecoder(), rest: '' },
    };
  }

  readonly sink: OutputSink = (chunk, name) => {
    const stream = this.#streams[name];
    const text = stream.rest + stream.decoder.decode(chunk, { stream: true });
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const cut = end === 0 && text.length > LONGEST_PIECE ? text.length : end;
    stream.rest = text.slice(cut);
    if (cut > 0) this.#output.write(text.slice(0, cut));
    return this.#output.backlog?.();
  };

  /** Hands on what is left, each stream in a line of its own. */
  end(): void {
    for (const stream of Object.values(this.#streams)) {
      const rest = stream.rest + stream.decoder.decode();
      stream.rest = '';
      if (rest !== '') this.#output.write(`${rest}\n`);
    }
  }
}

import { StringDecoder } from 'node:string_decoder';

/** Lines of a byte stream without their ends; a last one without end counts too. Throws what the stream throws. */
export async function* splitLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  for await (const chunk of stream) {
    const text = decoder.write(chunk);
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      parts.push(text.slice(start, end));
      yield parts.length === 1 ? (parts[0] ?? '') : parts.join('');
      parts = [];
      start = end + 1;
    }
    if (start < text.length) parts.push(text.slice(start));
  }
  const rest = parts.join('') + decoder.end();
  if (rest !== '') yield rest;
}

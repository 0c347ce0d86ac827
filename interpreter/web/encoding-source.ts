/** TextEncoder, TextDecoder, atob and btoa in the sandbox: JavaScript that answers them. It runs when a script first uses one. */
export const ENCODING_SOURCE = String.raw`(function (given) {
'use strict';
const { DOMException } = given;
const codePoints = (text, each) => {
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xe000) {
      const next = code < 0xdc00 && i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      if (next >= 0xdc00 && next < 0xe000) { code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00); i++; }
      else code = 0xfffd;
    }
    if (each(code, i + 1) === false) return;
  }
};
const sizeOf = (code) => code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
const put = (bytes, at, code, size) => {
  if (size === 1) { bytes[at] = code; return; }
  bytes[at] = [0, 0, 0xc0, 0xe0, 0xf0][size] | (code >> (6 * (size - 1)));
  for (let i = 1; i < size; i++) bytes[at + i] = 0x80 | ((code >> (6 * (size - 1 - i))) & 0x3f);
};
class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(input = '') {
    const text = String(input);
    let length = 0;
    codePoints(text, (code) => { length += sizeOf(code); });
    const bytes = new Uint8Array(length);
    let at = 0;
    codePoints(text, (code) => { const size = sizeOf(code); put(bytes, at, code, size); at += size; });
    return bytes;
  }
  encodeInto(source, destination) {
    let read = 0, written = 0;
    codePoints(String(source), (code, end) => {
      const size = sizeOf(code);
      if (written + size > destination.length) return false;
      put(destination, written, code, size);
      written += size;
      read = end;
    });
    return { read, written };
  }
}
const LABELS = { 'utf-8': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', 'utf-16le': 'utf-16le', 'utf-16': 'utf-16le' };
const bytesOf = (input) => {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (!(input instanceof ArrayBuffer)) throw new TypeError('TextDecoder takes an ArrayBuffer or a view of one');
  return new Uint8Array(input);
};
class TextDecoder {
  #encoding; #fatal; #ignoreBOM; #rest = []; #begun = false;
  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    const encoding = LABELS[String(label).trim().toLowerCase()];
    if (encoding === undefined) throw new RangeError("The encoding label provided ('" + label + "') is invalid.");
    this.#encoding = encoding;
    this.#fatal = Boolean(fatal);
    this.#ignoreBOM = Boolean(ignoreBOM);
  }
  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }
  decode(input, { stream = false } = {}) {
    const given = bytesOf(input);
    let bytes = given;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + given.length);
      bytes.set(this.#rest);
      bytes.set(given, this.#rest.length);
    }
    this.#rest = [];
    let text = '';
    const units = [];
    const flush = () => { text += String.fromCharCode(...units); units.length = 0; };
    const add = (code) => {
      if (!this.#begun) {
        this.#begun = true;
        if (code === 0xfeff && !this.#ignoreBOM) return;
      }
      if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
      else units.push(code);
      if (units.length > 4000) flush();
    };
    const wrong = () => {
      if (this.#fatal) { this.#begun = false; throw new TypeError('The encoded data is not valid.'); }
      add(0xfffd);
    };
    if (this.#encoding === 'utf-8') this.#utf8(bytes, stream, add, wrong);
    else this.#utf16(bytes, stream, add, wrong);
    flush();
    if (!stream) this.#begun = false;
    return text;
  }
  #utf8(bytes, stream, add, wrong) {
    let i = 0;
    while (i < bytes.length) {
      const first = bytes[i];
      if (first < 0x80) { add(first); i++; continue; }
      const size = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
      if (size === 0) { wrong(); i++; continue; }
      let code = first & (0x7f >> size), n = 1;
      for (; n < size && i + n < bytes.length; n++) {
        const byte = bytes[i + n];
        let low = 0x80, high = 0xbf;
        if (n === 1) {
          if (first === 0xe0) low = 0xa0;
          if (first === 0xed) high = 0x9f;
          if (first === 0xf0) low = 0x90;
          if (first === 0xf4) high = 0x8f;
        }
        if (byte < low || byte > high) break;
        code = (code << 6) | (byte & 0x3f);
      }
      if (n === size) { add(code); i += n; continue; }
      if (i + n === bytes.length && stream) { this.#rest = Array.from(bytes.subarray(i)); return; }
      wrong();
      i += n;
    }
  }
  #utf16(bytes, stream, add, wrong) {
    let i = 0;
    const unit = (at) => bytes[at] | (bytes[at + 1] << 8);
    while (i < bytes.length) {
      const left = bytes.length - i;
      const first = left >= 2 ? unit(i) : 0;
      const isLead = first >= 0xd800 && first < 0xdc00;
      if (left < 2 || (isLead && left < 4)) {
        if (stream) { this.#rest = Array.from(bytes.subarray(i)); return; }
        wrong();
        return;
      }
      i += 2;
      if (!isLead) { if (first >= 0xdc00 && first < 0xe000) wrong(); else add(first); continue; }
      const second = unit(i);
      if (second < 0xdc00 || second >= 0xe000) { wrong(); continue; }
      i += 2;
      add(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
    }
  }
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function btoa(input) {
  const text = String(input);
  const parts = [];
  for (let i = 0; i < text.length; i += 3) {
    let bits = 0;
    for (let n = 0; n < 3; n++) {
      const unit = i + n < text.length ? text.charCodeAt(i + n) : 0;
      if (unit > 255) throw new DOMException('Cannot encode string: string contains characters outside of the Latin1 range', 'InvalidCharacterError');
      bits = (bits << 8) | unit;
    }
    for (let n = 0; n < 4; n++) parts.push(i + n > text.length ? '=' : ALPHABET[(bits >> (18 - 6 * n)) & 63]);
  }
  return parts.join('');
}
function atob(input) {
  const wrong = () => { throw new DOMException('Failed to decode base64', 'InvalidCharacterError'); };
  let text = String(input).replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/==?$/, '');
  if (text.length % 4 === 1) wrong();
  const parts = [];
  let bits = 0, count = 0;
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) wrong();
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) { count -= 8; parts.push(String.fromCharCode((bits >> count) & 255)); }
  }
  return parts.join('');
}
return { TextEncoder, TextDecoder, atob, btoa };
})`;

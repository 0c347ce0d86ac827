import type { PlainData, PlainObject } from './plain-data.ts';
import { setKey } from './plain-data.ts';
import { Composer } from './yaml-composer.ts';
import { type Mark, YamlError } from './yaml-cursor.ts';
import { Scanner } from './yaml-scanner.ts';
import type { Token, TokenKind } from './yaml-token.ts';

/**
 * Reads the first document of a text by YAML 1.1, as go-yaml does; `undefined` when there is none. Throws `YamlError` where
 * it is no YAML and `NotJsonError` where JSON cannot say what it says.
 */
export function parseDocument(text: string): PlainData | undefined {
  const control = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ufffd]/;
  if (control.test(text)) throw new YamlError('control characters are not allowed');
  return new Parser(text).document();
}

/** Tags and anchors before a node. */
interface Properties {
  readonly anchor: string;
  /** Whole, with its prefix; empty when not given. */
  readonly tag: string;
}

const mergeKey = Symbol('<<');
/** A key without text, which JSON cannot say. */
const noKey = Symbol('no key');
type Key = string | typeof mergeKey | typeof noKey;

const none: Properties = { anchor: '', tag: '' };
const defaultHandles: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

class Parser {
  readonly #scanner: Scanner;
  readonly #composer = new Composer();
  readonly #handles = new Map<string, string>();

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): PlainData | undefined {
    const isBare = !this.#at('version-directive', 'tag-directive', 'document-start', 'stream-end');
    if (this.#at('stream-end')) return undefined;
    this.#directives();
    let value: PlainData = null;
    if (isBare) value = this.#node(true, false);
    else {
      const start = this.#scanner.peek();
      if (start.kind !== 'document-start') throw failure('did not find expected <document start>', start.start);
      this.#scanner.take();
      const isEmpty = this.#at('version-directive', 'tag-directive', 'document-start', 'document-end', 'stream-end');
      if (!isEmpty) value = this.#node(true, false);
    }
    this.#scanner.peek();
    return value;
  }

  #at(a: TokenKind, ...others: readonly TokenKind[]): boolean {
    const { kind } = this.#scanner.peek();
    return kind === a || others.includes(kind);
  }

  #directives(): void {
    let hasVersion = false;
    for (let token = this.#scanner.peek(); ; token = this.#scanner.peek()) {
      if (token.kind === 'version-directive') {
        if (hasVersion) throw failure('found duplicate %YAML directive', token.start);
        if (token.value !== '1.1') throw failure('found incompatible YAML document', token.start);
        hasVersion = true;
      } else if (token.kind === 'tag-directive') {
        if (this.#handles.has(token.value)) throw failure('found duplicate %TAG directive', token.start);
        this.#handles.set(token.value, token.suffix);
      } else break;
      this.#scanner.take();
    }
    for (const [handle, prefix] of defaultHandles) if (!this.#handles.has(handle)) this.#handles.set(handle, prefix);
  }

  /** `indentless`: a block sequence may stand at the column of the key that it belongs to. */
  #node(block: boolean, indentless: boolean): PlainData {
    const first = this.#scanner.peek();
    if (first.kind === 'alias') {
      this.#scanner.take();
      return this.#composer.alias(first.value);
    }
    const properties = first.kind === 'anchor' || first.kind === 'tag' ? this.#properties() : none;
    const token = this.#scanner.peek();
    const finish = this.#composer.begin(properties.anchor);
    const value = this.#content(token, properties, block, indentless, first.start);
    finish(value);
    return value;
  }

  #content(token: Token, properties: Properties, block: boolean, indentless: boolean, start: Mark): PlainData {
    switch (token.kind) {
      case 'scalar':
        this.#scanner.take();
        return this.#composer.scalar(token.value, token.plain, properties.tag);
      case 'flow-sequence-start':
        return this.#flowSequence();
      case 'flow-mapping-start':
        return this.#flowMapping();
      case 'block-entry':
        if (indentless) return this.#indentlessSequence();
        break;
      case 'block-sequence-start':
        if (block) return this.#blockSequence();
        break;
      case 'block-mapping-start':
        if (block) return this.#blockMapping();
        break;
    }
    if (properties !== none) return this.#composer.scalar('', properties.tag === '', properties.tag);
    throw failure('did not find expected node content', token.start, start);
  }

  #properties(): Properties {
    let anchor = '';
    let tag = '';
    const start = this.#scanner.peek().start;
    for (let i = 0; i < 2; i++) {
      const token = this.#scanner.peek();
      if (token.kind === 'anchor' && anchor === '') {
        anchor = token.value;
      } else if (token.kind === 'tag' && tag === '') {
        tag = this.#wholeTag(token, start);
      } else break;
      this.#scanner.take();
    }
    return { anchor, tag };
  }

  #wholeTag(token: Token, start: Mark): string {
    if (token.value === '') return token.suffix;
    const prefix = this.#handles.get(token.value);
    if (prefix === undefined) throw failure('found undefined tag handle', token.start, start);
    return prefix + token.suffix;
  }

  #empty(): PlainData {
    this.#composer.begin('');
    return null;
  }

  #blockSequence(): PlainData {
    const start = this.#scanner.take().start;
    const list: PlainData[] = [];
    while (this.#at('block-entry')) {
      this.#scanner.take();
      list.push(this.#at('block-entry', 'block-end') ? this.#empty() : this.#node(true, false));
    }
    const end = this.#scanner.peek();
    if (end.kind !== 'block-end') throw failure("did not find expected '-' indicator", end.start, start);
    this.#scanner.take();
    return list;
  }

  #indentlessSequence(): PlainData {
    const list: PlainData[] = [];
    while (this.#at('block-entry')) {
      this.#scanner.take();
      list.push(this.#at('block-entry', 'key', 'value', 'block-end') ? this.#empty() : this.#node(true, false));
    }
    return list;
  }

  #blockMapping(): PlainData {
    const start = this.#scanner.take().start;
    const object: PlainObject = {};
    while (this.#scanner.peek().kind === 'key') {
      this.#scanner.take();
      const key = this.#endsBlockPart() ? noKey : this.#key(true);
      if (this.#scanner.peek().kind !== 'value') {
        this.#set(object, key, this.#empty());
        continue;
      }
      this.#scanner.take();
      this.#set(object, key, this.#endsBlockPart() ? this.#empty() : this.#node(true, true));
    }
    const end = this.#scanner.peek();
    if (end.kind !== 'block-end') throw failure('did not find expected key', end.start, start);
    this.#scanner.take();
    return object;
  }

  #endsBlockPart(): boolean {
    const { kind } = this.#scanner.peek();
    return kind === 'key' || kind === 'value' || kind === 'block-end';
  }

  #flowSequence(): PlainData {
    const start = this.#scanner.take().start;
    const list: PlainData[] = [];
    for (let first = true; !this.#at('flow-sequence-end'); first = false) {
      if (!first) {
        this.#flowEntry("did not find expected ',' or ']'", start);
        if (this.#at('flow-sequence-end')) break;
      }
      list.push(this.#at('key') ? this.#pairInSequence() : this.#node(false, false));
    }
    this.#scanner.take();
    return list;
  }

  /** `[a: 1]` is a list with a mapping of one key. */
  #pairInSequence(): PlainData {
    this.#scanner.take();
    this.#composer.begin('');
    const object: PlainObject = {};
    const key = this.#at('value', 'flow-entry', 'flow-sequence-end') ? noKey : this.#key(false);
    this.#set(object, key, this.#flowValue('flow-sequence-end'));
    return object;
  }

  #flowMapping(): PlainData {
    const start = this.#scanner.take().start;
    const object: PlainObject = {};
    for (let first = true; !this.#at('flow-mapping-end'); first = false) {
      if (!first) {
        this.#flowEntry("did not find expected ',' or '}'", start);
        if (this.#at('flow-mapping-end')) break;
      }
      if (!this.#at('key')) {
        this.#set(object, this.#key(false), this.#empty());
        continue;
      }
      this.#scanner.take();
      const isEmpty = this.#at('value', 'flow-entry', 'flow-mapping-end');
      const key = isEmpty ? noKey : this.#key(false);
      this.#set(object, key, this.#flowValue('flow-mapping-end'));
    }
    this.#scanner.take();
    return object;
  }

  #flowEntry(problem: string, start: Mark): void {
    const token = this.#scanner.peek();
    if (token.kind !== 'flow-entry') throw failure(problem, token.start, start);
    this.#scanner.take();
  }

  #flowValue(end: TokenKind): PlainData {
    if (!this.#at('value')) return this.#empty();
    this.#scanner.take();
    return this.#at('flow-entry', end) ? this.#empty() : this.#node(false, false);
  }

  #key(block: boolean): Key {
    const first = this.#scanner.peek();
    const properties = first.kind === 'anchor' || first.kind === 'tag' ? this.#properties() : none;
    const token = this.#scanner.peek();
    if (token.kind !== 'scalar') return this.#oddKey(block, properties);
    this.#scanner.take();
    this.#composer.begin(properties.anchor)(token.value);
    if (token.value === '<<' && (token.plain ? properties.tag === '' : properties.tag.endsWith(':merge')))
      return mergeKey;
    return this.#composer.key(token.value, token.plain, properties.tag);
  }

  /** A key that is an alias; or a collection, which JSON cannot say. */
  #oddKey(block: boolean, properties: Properties): Key {
    if (properties !== none && !this.#at('flow-sequence-start', 'flow-mapping-start', 'block-mapping-start'))
      return noKey;
    const key = this.#node(block, block);
    if (key === null) return noKey;
    if (typeof key === 'object') throw new YamlError(`invalid map key: ${JSON.stringify(key)}`);
    return String(key);
  }

  #set(object: PlainObject, key: Key, value: PlainData): void {
    if (typeof key === 'string') setKey(object, key, value);
    else if (key === mergeKey) this.#composer.merge(object, value);
    else this.#composer.key('', true, '');
  }
}

/** A parser's failure names the line before the place, as go-yaml does. */
function failure(problem: string, mark: Mark, context?: Mark): YamlError {
  const line = mark.line > 0 ? mark.line : (context?.line ?? 0);
  return new YamlError(line > 0 ? `line ${line}: ${problem}` : problem);
}

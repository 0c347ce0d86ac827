import { formatFloat } from '../schema/go-number.ts';
import { isPlainObjectData, type PlainData, type PlainObject, setKey } from './plain-data.ts';
import { YamlError } from './yaml-cursor.ts';
import { resolveScalar } from './yaml-resolve.ts';

/** Data that YAML can say and JSON cannot. */
export class NotJsonError extends Error {}

interface Anchor {
  value: PlainData | undefined;
  /** Nodes in it, those behind aliases included. */
  size: number;
}

/** Makes data of the parts that the parser finds. */
export class Composer {
  readonly #anchors = new Map<string, Anchor>();
  #nodes = 1;
  #nodesBehindAliases = 0;

  /** Must be called before the content of a node; answers what to call with its value. */
  begin(anchor: string): (value: PlainData) => void {
    this.#nodes++;
    if (anchor === '') return nothing;
    const made: Anchor = { value: undefined, size: 0 };
    this.#anchors.set(anchor, made);
    const before = this.#nodes - 1;
    return (value) => {
      made.value = value;
      made.size = this.#nodes - before;
    };
  }

  scalar(text: string, plain: boolean, tag: string): PlainData {
    if (tag === '' && !plain) return text;
    const { value } = resolveScalar(tag, text);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
      throw new NotJsonError(`json: unsupported value: ${name}`);
    }
    return Object.is(value, -0) ? 0 : value;
  }

  /** The text of a key; JSON has no other keys. */
  key(text: string, plain: boolean, tag: string): string {
    if (tag === '' && !plain) return text;
    const { tag: type, value } = resolveScalar(tag, text);
    if (type === 'float') return formatFloat(Number(value), 32);
    if (value === null) throw new NotJsonError('unsupported map key of type: %!s(<nil>), key: <nil>');
    return String(value);
  }

  /** What an alias stands for. Expanding must not multiply a small text into a huge one. */
  alias(name: string): PlainData {
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) throw new YamlError(`unknown anchor '${name}' referenced`);
    if (anchor.value === undefined) throw new YamlError(`anchor '${name}' value contains itself`);
    this.#nodes += 1 + anchor.size;
    this.#nodesBehindAliases += anchor.size;
    const share = this.#nodesBehindAliases / this.#nodes;
    if (this.#nodesBehindAliases > 100 && this.#nodes > 1000 && share > allowedShare(this.#nodes)) {
      throw new YamlError('document contains excessive aliasing');
    }
    return anchor.value;
  }

  /** `<<`: takes over the keys of a mapping, or of several, where the first ones win. */
  merge(target: PlainObject, value: PlainData): void {
    const sources = Array.isArray(value) ? [...value].reverse() : [value];
    for (const source of sources) {
      if (!isPlainObjectData(source)) throw new YamlError('map merge requires map or sequence of maps as the value');
      for (const key of Object.keys(source)) setKey(target, key, source[key] ?? null);
    }
  }
}

function nothing(): void {}

/** Small documents may consist of aliases almost wholly, large ones only to a tenth. */
function allowedShare(nodes: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (nodes <= low) return 0.99;
  if (nodes >= high) return 0.1;
  return 0.99 - (0.89 * (nodes - low)) / (high - low);
}

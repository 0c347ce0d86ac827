import { textWidth } from '../text-width.ts';
import type { ApiObject } from './api-object.ts';

/** A line of two cells, or one without a value. */
interface Line {
  readonly indent: number;
  readonly label: string;
  readonly value: string | undefined;
}

/** What the head says already, and what nobody reads. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.managedFields',
]);

const ACRONYMS: ReadonlySet<string> = new Set(['api', 'guid', 'uid', 'url']);

/** All of an object, field by field, as `describe` prints it. Ends with a newline. */
export function describeObject(object: ApiObject): string {
  const { metadata } = object;
  const lines = [
    line(0, 'Name:', metadata.name),
    line(0, 'Namespace:', metadata.namespace ?? ''),
    ...pairs('Labels:', metadata.labels ?? {}, '='),
    ...pairs('Annotations:', metadata.annotations ?? {}, ': '),
    ...fields(0, object, ''),
    line(0, 'Events:', '<none>'),
  ];
  return `${aligned(lines).join('\n')}\n`;
}

function line(indent: number, label: string, value?: string): Line {
  return { indent, label, value };
}

function pairs(label: string, values: Readonly<Record<string, string>>, sign: string): readonly Line[] {
  const entries = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length === 0) return [line(0, label, '<none>')];
  return entries.map(([key, value], at) => line(0, at === 0 ? label : '', `${key}${sign}${value}`));
}

function fields(level: number, values: object, above: string): readonly Line[] {
  return Object.entries(values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, value]): readonly Line[] => {
      const path = above === '' ? key : `${above}.${key}`;
      if (LEFT_OUT.has(path) || value === undefined) return [];
      const label = `${labelOf(key)}:`;
      if (typeof value !== 'object' || value === null) return [...text(level, label, shown(value))];
      if (!Array.isArray(value)) return [line(level, label), ...fields(level + 1, value as object, path)];
      return [line(level, label), ...value.flatMap((item) => element(level + 1, item, path))];
    });
}

function element(level: number, item: unknown, path: string): readonly Line[] {
  if (typeof item === 'object' && item !== null) return fields(level, item, path);
  return [line(level, shown(item))];
}

/** A text of several lines stands below its label. */
function text(level: number, label: string, value: string): readonly Line[] {
  const rows = value.replace(/\n$/, '').split('\n');
  if (rows.length === 1) return [line(level, label, rows[0])];
  return [line(level, label), ...rows.map((row) => line(level + 1, row))];
}

function shown(value: unknown): string {
  return value === null ? '<nil>' : String(value);
}

/** `updateStatus` becomes `Update Status`, `podIP` `Pod IP`. */
function labelOf(key: string): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return words
    .split(' ')
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

/** Values that stand below each other begin in the same column. */
function aligned(lines: readonly Line[]): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    let width = 0;
    for (let next = lines[end]; next?.value !== undefined; next = lines[++end]) {
      width = Math.max(width, next.indent * 2 + textWidth(next.label));
    }
    for (; at < end; at++) {
      const { indent, label, value = '' } = lines[at] as Line;
      const front = ' '.repeat(indent * 2) + label;
      texts.push(`${front}${' '.repeat(width - textWidth(front) + 2)}${value}`.trimEnd());
    }
    const heading = lines[at];
    if (heading !== undefined) texts.push(' '.repeat(heading.indent * 2) + heading.label);
    at++;
  }
  return texts;
}

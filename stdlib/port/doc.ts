/** A text whose lines are not broken yet: a small pretty-printer in the way of Wadler's. */
export type Doc = string | readonly Doc[] | Group | Indent | Break;

interface Group {
  readonly kind: 'group';
  readonly body: Doc;
  /** Its lines are broken even where it would fit into one. */
  readonly isBroken: boolean;
}

interface Indent {
  readonly kind: 'indent';
  readonly body: Doc;
}

interface Break {
  readonly kind: 'line';
  /** What stands there when the line is not broken. */
  readonly flat: string;
  /** What stands before the end of a broken line. */
  readonly broken: string;
  readonly isHard: boolean;
}

export const line: Doc = { kind: 'line', flat: ' ', broken: '', isHard: false };
export const softline: Doc = { kind: 'line', flat: '', broken: '', isHard: false };
export const hardline: Doc = { kind: 'line', flat: '', broken: '', isHard: true };
/** A comma that stands only at the end of a broken line. */
export const trailingComma: Doc = { kind: 'line', flat: '', broken: ',', isHard: false };

export function group(body: Doc, isBroken = false): Doc {
  return { kind: 'group', body, isBroken: isBroken || hasHardline(body) };
}

export function indent(body: Doc): Doc {
  return { kind: 'indent', body };
}

export function separated(parts: readonly Doc[], separator: Doc): Doc[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

function hasHardline(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (Array.isArray(doc)) return doc.some(hasHardline);
  const node = doc as Group | Indent | Break;
  if (node.kind === 'line') return node.isHard;
  return node.kind === 'group' ? node.isBroken || hasHardline(node.body) : hasHardline(node.body);
}

interface Command {
  readonly depth: number;
  readonly isFlat: boolean;
  readonly doc: Doc;
}

const INDENTATION = '  ';

/** The text, in lines of at most `width` columns where that can be. */
export function printDoc(doc: Doc, width: number): string {
  const out: string[] = [];
  let column = 0;
  const stack: Command[] = [{ depth: 0, isFlat: false, doc }];
  for (let command = stack.pop(); command; command = stack.pop()) {
    const { depth, isFlat, doc: node } = command;
    if (typeof node === 'string') {
      out.push(node);
      const end = node.lastIndexOf('\n');
      column = end < 0 ? column + node.length : node.length - end - 1;
    } else if (Array.isArray(node)) {
      for (let i = node.length - 1; i >= 0; i--) stack.push({ depth, isFlat, doc: node[i] as Doc });
    } else {
      const part = node as Group | Indent | Break;
      switch (part.kind) {
        case 'indent':
          stack.push({ depth: depth + 1, isFlat, doc: part.body });
          break;
        case 'group': {
          const flat = { depth, isFlat: true, doc: part.body };
          const fitsFlat = !part.isBroken && (isFlat || fits(flat, stack, width - column));
          stack.push(fitsFlat ? flat : { depth, isFlat: false, doc: part.body });
          break;
        }
        case 'line':
          if (isFlat && !part.isHard) {
            out.push(part.flat);
            column += part.flat.length;
          } else if (part.broken !== '') {
            out.push(part.broken);
          } else {
            trimEnd(out);
            out.push(`\n${INDENTATION.repeat(depth)}`);
            column = depth * INDENTATION.length;
          }
      }
    }
  }
  return out.join('');
}

function trimEnd(out: string[]): void {
  while (out.length > 0 && /^[ ]*$/.test(out.at(-1) as string)) out.pop();
  const last = out.at(-1);
  if (last !== undefined && /^\n +$/.test(last)) out[out.length - 1] = '\n';
}

function fits(first: Command, rest: readonly Command[], width: number): boolean {
  let left = width;
  let restAt = rest.length;
  const stack: Command[] = [first];
  while (left >= 0) {
    const command = stack.pop() ?? rest[--restAt];
    if (!command) return true;
    const { depth, isFlat, doc } = command;
    if (typeof doc === 'string') {
      const end = doc.indexOf('\n');
      if (end >= 0) return end <= left;
      left -= doc.length;
    } else if (Array.isArray(doc)) {
      for (let i = doc.length - 1; i >= 0; i--) stack.push({ depth, isFlat, doc: doc[i] as Doc });
    } else {
      const part = doc as Group | Indent | Break;
      if (part.kind === 'line') {
        if (part.isHard || !isFlat) return true;
        left -= part.flat.length;
      } else stack.push({ depth, isFlat: part.kind === 'group' && part.isBroken ? false : isFlat, doc: part.body });
    }
  }
  return false;
}

import type { BinaryExpression, CallExpression, Expression, Node } from '../../interpreter/starlark/syntax/ast.ts';
import { childrenOf } from '../../interpreter/starlark/syntax/children.ts';
import { type Context, help, typeOf } from './context.ts';
import type { Doc } from './doc.ts';
import { atom, type Js, Level, list, object } from './js.ts';
import { objectKey, stringLiteral, templatePart } from './literals.ts';
import { bare } from './project.ts';
import { isOnly, isSafeInt, Kind, mayBe } from './type.ts';

/** A piece of a template: text, or what stands in a placeholder. */
type Piece = string | Js;

/** `'%s' % value` */
export function percent(context: Context, node: BinaryExpression): Js {
  const template = bare(node.left);
  const right = bare(node.right);
  const pieces = template.kind === 'string' ? percentPieces(context, template.value, right) : undefined;
  if (pieces) return templateOf(pieces);
  const values =
    right.kind === 'tuple'
      ? help(context, 'tuple', list(right.items.map(context.expression)))
      : context.expression(right);
  return help(context, 'remainder', context.expression(node.left), values);
}

function percentPieces(context: Context, text: string, right: Expression): Piece[] | undefined {
  const isTuple = right.kind === 'tuple';
  const isDict = right.kind === 'dict';
  // What is no tuple when it is written may be one when it runs.
  if (!isTuple && mayBe(typeOf(context, right), Kind.tuple)) {
    if (!isOnly(typeOf(context, right), Kind.unknown | Kind.nothing) || !/%/.test(text)) return undefined;
    return undefined;
  }
  if (mayBe(typeOf(context, right), Kind.dict) && /%\(/.test(text) && !isDict) return undefined;
  const values = isTuple ? right.items : [right];
  if (mayChangeMeanwhile(context, values)) return undefined;
  const pieces: Piece[] = [];
  let used = 0;
  let at = 0;
  const pattern = /%(?:%|\(([^)]*)\)([a-zA-Z])|([a-zA-Z]))|%/g;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0] === '%%') {
      pieces.push('%');
      continue;
    }
    const verb = match[2] ?? match[3];
    if (verb === undefined) return undefined;
    let value: Expression | undefined;
    if (match[1] !== undefined) {
      if (right.kind !== 'dict') return undefined;
      const found = right.entries.filter(({ key }) => key.kind === 'string' && key.value === match[1]);
      value = found.length === 1 ? found[0]?.value : undefined;
    } else value = values[used];
    used += 1;
    if (!value) return undefined;
    const piece = converted(context, verb, value);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  pieces.push(text.slice(at));
  if (isDict) {
    // Values that no field shows are computed all the same; so are keys that are no literals.
    if (right.entries.some(({ key }) => key.kind !== 'string')) return undefined;
    return used > 0 && !/%[a-z]/.test(text.replaceAll('%%', '')) ? pieces : undefined;
  }
  return used === values.length ? pieces : undefined;
}

/** A template shows each value before it computes the next one, which may change what the first one holds. */
function mayChangeMeanwhile(context: Context, values: readonly Expression[]): boolean {
  const canChange = (value: Expression) => mayBe(typeOf(context, value), Kind.list | Kind.dict | Kind.set);
  const first = values.findIndex(canChange);
  return first >= 0 && values.slice(first + 1).some((value) => callsScript(context, value));
}

/** Whether functions of the script run, or methods that change something. */
function callsScript(context: Context, node: Node): boolean {
  if (node.kind === 'lambda') return false;
  if (node.kind === 'call') {
    const target = context.known.targets.get(node);
    if (target?.kind === 'function' || target?.kind === 'value') return true;
    if (target?.kind === 'method' && CHANGING.has(target.name)) return true;
  }
  return childrenOf(node).some((child) => callsScript(context, child));
}

const CHANGING = new Set(['append', 'extend', 'insert', 'remove', 'pop', 'clear', 'update', 'setdefault', 'popitem']);

function converted(context: Context, verb: string, value: Expression): Piece | undefined {
  const type = typeOf(context, value);
  switch (verb) {
    case 's':
      return shown(context, value);
    case 'r':
      return help(context, 'repr', context.expression(value));
    case 'd':
    case 'i':
      return isOnly(type, Kind.int) ? context.expression(value) : undefined;
    case 'x':
    case 'o':
      return isSafeInt(type)
        ? {
            doc: [
              context.expression(value).level < Level.call || value.kind === 'int'
                ? ['(', context.expression(value).doc, ')']
                : context.expression(value).doc,
              `.toString(${verb === 'x' ? 16 : 8})`,
            ],
            level: Level.call,
          }
        : undefined;
    default:
      return undefined;
  }
}

/** A value as text, in a placeholder. */
export function shown(context: Context, value: Expression): Piece {
  const node = bare(value);
  const type = typeOf(context, node);
  if (node.kind === 'string') return node.value;
  if (isOnly(type, Kind.str | Kind.int | Kind.blob)) {
    // `${String(x)}` says the same twice.
    return context.expression(node);
  }
  return help(context, 'str', context.expression(node));
}

export function templateOf(pieces: readonly Piece[]): Js {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '') merged.push(piece);
  }
  if (merged.every((piece) => typeof piece === 'string')) return atom(stringLiteral(merged.join('')), false);
  const keepsLines = merged.some((piece) => typeof piece === 'string' && piece.replace(/\n$/, '').includes('\n'));
  const docs = merged.map(
    (piece): Doc => (typeof piece === 'string' ? templatePart(piece, keepsLines) : ['${', flatten(piece.doc), '}']),
  );
  return { doc: ['`', ...docs, '`'], level: Level.primary };
}

/** Nothing in a placeholder is broken into lines. */
function flatten(doc: Doc): Doc {
  if (typeof doc === 'string') return doc;
  if (Array.isArray(doc)) return doc.map(flatten);
  const node = doc as Exclude<Doc, string | readonly Doc[]> & { kind: string };
  if (node.kind === 'line')
    return (node as { isHard: boolean; flat: string }).isHard ? node : (node as { flat: string }).flat;
  const { body, isBroken } = node as unknown as { body: Doc; isBroken?: boolean };
  return isBroken ? node : flatten(body);
}

/** `text.format(…)` */
export function formatCall(context: Context, call: CallExpression, text: Expression): Js {
  const node = bare(text);
  const pieces = node.kind === 'string' ? formatPieces(context, node.value, call) : undefined;
  if (pieces) return templateOf(pieces);
  const positional: Js[] = [];
  const named: Doc[] = [];
  for (const argument of call.arguments) {
    switch (argument.kind) {
      case 'named argument':
        named.push([objectKey(argument.name.name), ': ', context.expression(argument.value).doc]);
        break;
      case '* argument':
        positional.push({ doc: ['...', context.expression(argument.value).doc], level: Level.spread });
        break;
      case '** argument':
        named.push(['...', context.expression(argument.value).doc]);
        break;
      default:
        positional.push(context.expression(argument as Expression));
    }
  }
  const parts = [context.expression(text), list(positional)];
  return help(context, 'format', ...(named.length > 0 ? [...parts, object(named)] : parts));
}

function formatPieces(context: Context, text: string, call: CallExpression): Piece[] | undefined {
  const positional: Expression[] = [];
  const named = new Map<string, Expression>();
  for (const argument of call.arguments) {
    if (argument.kind === '* argument' || argument.kind === '** argument') return undefined;
    if (argument.kind === 'named argument') named.set(argument.name.name, argument.value);
    else positional.push(argument as Expression);
  }
  if (mayChangeMeanwhile(context, [...positional, ...named.values()])) return undefined;
  const pieces: Piece[] = [];
  let next = 0;
  let style: 'automatic' | 'numbered' | undefined;
  let at = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g)) {
    pieces.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0] === '{{' || match[0] === '}}') {
      pieces.push(match[0].charAt(0));
      continue;
    }
    const field = match[1];
    if (field === undefined) return undefined;
    const [name = '', conversion = 's'] = field.split('!');
    if (conversion !== 's' && conversion !== 'r') return undefined;
    let value: Expression | undefined;
    if (name === '' || /^\d+$/.test(name)) {
      const how = name === '' ? 'automatic' : 'numbered';
      if (style !== undefined && style !== how) return undefined;
      style = how;
      value = positional[name === '' ? next++ : Number(name)];
    } else value = named.get(name);
    if (!value) return undefined;
    pieces.push(conversion === 's' ? shown(context, value) : help(context, 'repr', context.expression(value)));
  }
  pieces.push(text.slice(at));
  return pieces;
}

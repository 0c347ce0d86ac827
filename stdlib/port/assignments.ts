import type { Assignment, Expression } from '../../interpreter/starlark/syntax/ast.ts';
import { type Context, help, typeOf } from './context.ts';
import { type Doc, group, hardline, separated } from './doc.ts';
import { atom, invoke, type Js, Level, within } from './js.ts';
import { stringLiteral } from './literals.ts';
import { arithmetic } from './operators.ts';
import { isPresent } from './presence.ts';
import { bare, namesIn, outsideName } from './project.ts';
import type { StatementContext } from './statement-context.ts';
import { targetDoc } from './targets.ts';
import { isOnly, Kind, type Type } from './type.ts';
import { typescriptOf } from './typescript.ts';

export function assignmentDoc(context: StatementContext, statement: Assignment): Doc {
  const target = bare(statement.target);
  if (statement.operator !== '=') return augmented(context, statement, target);
  const value = context.expression(statement.value);
  const word = declarationWord(context, statement, target);
  if (target.kind === 'index') return setItem(context, target, value);
  if (target.kind === 'dot') {
    const object = context.expression(target.object);
    const type = typeOf(context, target.object);
    if (isOnly(type, Kind.struct)) {
      context.note(statement, "Tilt refuses to change a struct's fields");
      return [
        invoke(atom('fail'), [atom(stringLiteral(`can't assign to .${target.name} field of struct`), false)]).doc,
        ';',
      ];
    }
    return [within(object, Level.call), `.${target.name} = `, value.doc, ';'];
  }
  if (target.kind === 'tuple' || target.kind === 'list') {
    const parts = partsOf(context, statement.value, target.items.length, value);
    if (target.items.some((item) => !isNameTarget(item))) return takenApart(context, target, parts);
    const pattern = targetDoc(context, target);
    return word ? assigned([word, ' ', pattern], parts) : [pattern, ' = ', parts.doc, ';'];
  }
  return assigned(
    [word ? `${word} ` : '', targetDoc(context, target), word ? annotation(context, statement) : ''],
    value,
  );
}

/** A type, where TypeScript would take the first value for more than it is. */
function annotation(context: StatementContext, statement: Assignment): string {
  const target = bare(statement.target);
  if (!context.isTypescript || target.kind !== 'identifier' || !target.binding) return '';
  const first = typeOf(context, statement.value);
  const all = context.known.variables.get(target.binding) ?? first;
  const isWritten = ['list', 'dict', 'comprehension', 'binary'].includes(bare(statement.value).kind);
  const grows =
    isWritten && first.sites.some((site) => (site.kind === 'dict' || site.kind === 'list') && site.grows === true);
  const changes =
    (first.bits & ~(Kind.unknown | Kind.nothing)) !== (all.bits & ~(Kind.unknown | Kind.nothing)) ||
    (all.bits & ~first.bits) !== 0;
  if (!grows && !changes) return '';
  // What is now this and now that has no type that helps.
  const kinds = [Kind.str, Kind.int, Kind.bool, Kind.list | Kind.tuple, Kind.dict].filter((kind) => all.bits & kind);
  return `: ${kinds.length > 1 ? 'any' : typescriptOf(all)}`;
}

function isNameTarget(target: Expression): boolean {
  if (target.kind === 'identifier') return true;
  if (target.kind === 'paren') return isNameTarget(target.inner);
  return (target.kind === 'tuple' || target.kind === 'list') && target.items.every(isNameTarget);
}

/** Targets that are no names get their parts one after the other. */
function takenApart(context: StatementContext, target: Expression & { kind: 'tuple' | 'list' }, parts: Js): Doc {
  const name = context.names.free('parts');
  const lines = target.items.map((item, index): Doc => {
    const part = atom(`${name}[${index}]`);
    const inner = bare(item);
    const assignment =
      inner.kind === 'index' ? setItem(context, inner, part) : [targetDoc(context, inner), ' = ', part.doc, ';'];
    return [hardline, assignment];
  });
  return [`const ${name} = `, parts.doc, ';', lines];
}

function assigned(left: Doc, value: Js): Doc {
  if (value.canHug || value.level >= Level.call) return group([left, ' = ', value.doc, ';']);
  return group([left, ' = ', value.doc, ';']);
}

function declarationWord(context: StatementContext, statement: Assignment, target: Expression): string {
  const declared = context.declarations.byStatement.get(statement);
  if (!declared || declared.size === 0) return '';
  const names = namesIn(target);
  const word = [...declared.values()].includes('let') ? 'let' : 'const';
  return names.some((binding) => context.exported.has(binding)) ? `export ${word}` : word;
}

/** A value that is taken apart: checked, if its length is not known. */
function partsOf(context: StatementContext, node: Expression, count: number, js: Js): Js {
  const inner = bare(node);
  if ((inner.kind === 'tuple' || inner.kind === 'list') && inner.items.length === count) {
    // Nobody sees this tuple.
    return {
      ...js,
      doc: [
        '[',
        separated(
          inner.items.map((item) => within(context.expression(item), Level.assign)),
          ', ',
        ),
        ']',
      ],
    };
  }
  return hasLength(typeOf(context, node), count) ? js : help(context, 'unpack', js, atom(String(count)));
}

export function hasLength(type: Type, count: number): boolean {
  return (
    isOnly(type, Kind.tuple) &&
    type.sites.length > 0 &&
    type.sites.every((site) => site.kind === 'tuple' && site.items?.length === count)
  );
}

function setItem(context: StatementContext, target: Expression & { kind: 'index' }, value: Js): Doc {
  const object = context.expression(target.object);
  const type = typeOf(context, target.object);
  const key = bare(target.key);
  const isDict =
    isOnly(type, Kind.dict) && !type.sites.some((site) => site.kind === 'dict' && site.key.bits & ~Kind.str);
  const isEnviron = outsideName(target.object) === 'os.environ';
  if (key.kind === 'string' && key.value !== '__proto__' && (isDict || isEnviron || type.bits & Kind.unknown)) {
    const name = key.value;
    const left: Doc = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
      ? [within(object, Level.call), `.${name}`]
      : [within(object, Level.call), '[', stringLiteral(name), ']'];
    return assigned(left, value);
  }
  if (key.kind === 'int' && isPresent(context, type, target.object, key)) {
    return assigned([within(object, Level.call), '[', context.expression(key).doc, ']'], value);
  }
  if (isEnviron || (isDict && isOnly(typeOf(context, key), Kind.str) && !hasOddNames(context))) {
    return assigned([within(object, Level.call), '[', context.expression(key).doc, ']'], value);
  }
  return [help(context, 'setItem', object, context.expression(key), value).doc, ';'];
}

/** The file says a name that a plain object treats in a way of its own. */
function hasOddNames(context: Context): boolean {
  return context.source.file.text.includes('__proto__');
}

function augmented(context: StatementContext, statement: Assignment, target: Expression): Doc {
  const operator = statement.operator.slice(0, -1);
  const type = typeOf(context, target);
  const valueType = typeOf(context, statement.value);
  if (operator === '+' && !isOnly(type, Kind.str | Kind.int | Kind.float | Kind.tuple | Kind.none | Kind.bool)) {
    return inPlace(context, statement, target, type, valueType);
  }
  if (operator === '|' && !isOnly(type, Kind.int | Kind.set)) {
    const value = context.expression(statement.value);
    if (isOnly(type, Kind.dict) && isOnly(valueType, Kind.dict)) {
      return [invoke(atom('Object.assign'), [context.expression(target), value]).doc, ';'];
    }
    return [
      ...(target.kind === 'identifier' ? [targetDoc(context, target), ' = '] : []),
      help(context, 'merge', context.expression(target), value).doc,
      ';',
    ];
  }
  const result = arithmetic(context, operator, target, statement.value, resultOf(type, valueType, operator));
  // What JavaScript has an operator for stays short.
  const value = context.expression(statement.value);
  const isNative = isShort(result, operator);
  const isPlainItem =
    target.kind === 'index' && isPresent(context, typeOf(context, target.object), target.object, bare(target.key));
  if (isNative && isPlainItem) return [context.expression(target).doc, ` ${statement.operator} `, value.doc, ';'];
  if (isNative && target.kind !== 'index')
    return [targetDoc(context, target), ` ${statement.operator} `, value.doc, ';'];
  if (target.kind === 'index') return setItem(context, target, result);
  return assigned(targetDoc(context, target), result);
}

function resultOf(left: Type, right: Type, operator: string): Type {
  if (!isOnly(left, Kind.int) || !isOnly(right, Kind.int)) return left;
  const high =
    operator === '*'
      ? Math.max(...[left.low, left.high].flatMap((a) => [right.low, right.high].map((b) => Math.abs(a * b))))
      : Math.max(Math.abs(left.low) + Math.abs(right.low), Math.abs(left.high) + Math.abs(right.high));
  // What a loop counts up stays small; what it multiplies does not.
  return { ...left, low: -high, high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high };
}

function isShort(result: Js, operator: string): boolean {
  return ['+', '-', '*', '%'].includes(operator) && (result.level === Level.sum || result.level === Level.product);
}

/** `+=`, which changes a list itself. */
function inPlace(
  context: StatementContext,
  statement: Assignment,
  target: Expression,
  type: Type,
  valueType: Type,
): Doc {
  const object = context.expression(target);
  const value = context.expression(statement.value);
  if (isOnly(type, Kind.list) && isOnly(valueType, Kind.list | Kind.tuple)) {
    const node = bare(statement.value);
    const items =
      node.kind === 'list'
        ? node.items.map((item) => context.expression(item))
        : [{ doc: ['...', within(value, Level.assign)] as Doc, level: Level.spread }];
    return [invoke({ doc: [within(object, Level.call), '.push'], level: Level.call }, items).doc, ';'];
  }
  const extended = help(context, 'extend', object, value);
  if (target.kind === 'index') return setItem(context, target, extended);
  return assigned(targetDoc(context, target), extended);
}

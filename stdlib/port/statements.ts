import type {
  Assignment,
  ConditionalExpression,
  DefStatement,
  Expression,
  ForStatement,
  IfStatement,
  Node,
  Statement,
  WhileStatement,
} from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { blocksOf } from '../../interpreter/starlark/syntax/children.ts';
import { elifOf } from '../../interpreter/starlark/syntax/spine.ts';
import { commentDocs, leftovers } from './comment-docs.ts';
import { conditionOf } from './conditions.ts';
import { type Context, help, typeOf } from './context.ts';
import type { Declarations } from './declare.ts';
import { type Doc, group, hardline, indent, separated } from './doc.ts';
import { parameterList, parametersOf, signed } from './functions.ts';
import { arrow, atom, invoke, type Js, Level, within } from './js.ts';
import { stringLiteral } from './literals.ts';
import { changesItems, itemsOf } from './loops.ts';
import { arithmetic } from './operators.ts';
import { isPresent } from './presence.ts';
import { bare, namesIn, outsideName } from './project.ts';
import { targetDoc } from './targets.ts';
import { isOnly, Kind, type Type } from './type.ts';
import { typescriptOf } from './typescript.ts';

/** What the writer of statements needs beyond expressions. */
export interface StatementContext extends Context {
  readonly declarations: Declarations;
  readonly notes: Map<Node, string[]>;
  /** Names that the file exports. */
  readonly exported: ReadonlySet<Binding>;
  load(statement: Statement & { kind: 'load' }): Doc | undefined;
}

/** Statements of one block, each with its comments and the blank lines in front of it. */
export function blockDocs(context: StatementContext, statements: readonly Statement[]): Doc[] {
  const docs: Doc[] = [];
  let previousEnd: number | undefined;
  for (const statement of statements) {
    const doc = statementDoc(context, statement);
    if (doc === undefined) continue;
    if (docs.length > 0 && previousEnd !== undefined) {
      docs.push(hardline);
      for (let n = blankLines(context, previousEnd, startOf(context, statement)); n > 0; n--) docs.push(hardline);
    }
    docs.push(doc);
    previousEnd = endOf(context, statement);
  }
  return docs;
}

/** Where a statement begins with its comments. */
function startOf(context: Context, statement: Statement): number {
  return context.comments.get(statement)?.before[0]?.start ?? statement.start;
}

function endOf(context: Context, statement: Statement): number {
  const own = context.comments.get(statement);
  const last = own?.after.at(-1) ?? own?.suffix.at(-1);
  const inner = blocksOf(statement).at(-1)?.at(-1) as Statement | undefined;
  const innerEnd = inner ? endOf(context, inner) : statement.end;
  return Math.max(statement.end, innerEnd, last ? last.start + last.text.length : 0);
}

/** Blank lines between two places, at most two. */
export function blankLines(context: Context, from: number, to: number): number {
  const lines = context.source.file.text.slice(from, to).match(/\n/g)?.length ?? 0;
  return Math.max(0, Math.min(lines - 1, 2));
}

function statementDoc(context: StatementContext, statement: Statement): Doc | undefined {
  const before: Doc[] = commentDocs(context, statement, 'before').map((text): Doc => [text, hardline]);
  const suffix = commentDocs(context, statement, 'suffix').map((text): Doc => [' ', text]);
  const after: Doc[] = commentDocs(context, statement, 'after').map((text): Doc => [hardline, text]);
  const declared = context.declarations.before.get(statement) ?? [];
  const names = declared
    .filter((binding) => !context.exported.has(binding))
    .map((binding) => context.names.of(binding));
  const exported = declared
    .filter((binding) => context.exported.has(binding))
    .map((binding) => context.names.of(binding));
  const declarations: Doc[] = [];
  const declared_ = (list: readonly string[]) =>
    list.map((name) => (context.isTypescript ? `${name}: any` : name)).join(', ');
  if (names.length > 0) declarations.push(`let ${declared_(names)};`, hardline);
  if (exported.length > 0) declarations.push(`export let ${declared_(exported)};`, hardline);
  const body = bodyDoc(context, statement);
  const lost: Doc[] = leftovers(context, statement, blocksOf(statement)).map((text): Doc => [text, hardline]);
  const notes: Doc[] = takeNotes(context, statement).map((text): Doc => [`// port: ${text}`, hardline]);
  if (body === undefined) {
    const lines = [...before, ...lost, ...suffix, ...after];
    if (lines.length === 0 && declarations.length === 0) return undefined;
    return trimmed([
      ...before,
      ...lost,
      declarations,
      suffix.map((doc) => (Array.isArray(doc) ? doc.slice(1) : doc)),
      after,
    ]);
  }
  return [before, lost, notes, declarations, body, suffix, after];
}

/** Without a line break at the end. */
function trimmed(docs: readonly Doc[]): Doc {
  const flat = docs.flat(9) as Doc[];
  while (flat.at(-1) === hardline) flat.pop();
  while (flat[0] === hardline) flat.shift();
  return flat;
}

function takeNotes(context: StatementContext, statement: Statement): string[] {
  const found: string[] = [];
  const blocks = blocksOf(statement);
  for (const [node, messages] of context.notes) {
    const isHere = node.start >= statement.start && node.end <= statement.end;
    const isDeeper = blocks.some((block) => block.some((inner) => inner.start <= node.start && inner.end >= node.end));
    if (!isHere || isDeeper) continue;
    found.push(...messages);
    context.notes.delete(node);
  }
  return [...new Set(found)];
}

function bodyDoc(context: StatementContext, statement: Statement): Doc | undefined {
  switch (statement.kind) {
    case 'expression':
      return expressionStatement(context, statement.expression);
    case 'assignment':
      return assignmentDoc(context, statement);
    case 'pass':
      return undefined;
    case 'break':
    case 'continue':
      return `${statement.kind};`;
    case 'return':
      if (!statement.value) return 'return;';
      return group(['return ', context.expression(statement.value).doc, ';']);
    case 'load':
      return context.load(statement);
    case 'def':
      return defDoc(context, statement);
    case 'if':
      return ifDoc(context, statement);
    case 'for':
      return forDoc(context, statement);
    case 'while':
      return whileDoc(context, statement);
  }
}

function expressionStatement(context: StatementContext, expression: Expression): Doc | undefined {
  const node = bare(expression);
  // A text that stands alone is a comment.
  if (node.kind === 'string') return docComment(node.value);
  if (node.kind === 'conditional') return choiceStatement(context, node);
  context.discarded.add(node);
  const js = context.expression(node);
  const opens = js.isObject || startsWith(js.doc, 'function');
  return [opens ? ['(', js.doc, ')'] : js.doc, ';'];
}

/** `do() if condition else None` */
function choiceStatement(context: StatementContext, node: ConditionalExpression): Doc {
  const isNothing = (part: Expression) => bare(part).kind === 'identifier' || bare(part).kind === 'string';
  const parts = (part: Expression): Doc => [
    '{',
    indent([hardline, expressionStatement(context, part) ?? '']),
    hardline,
    '}',
  ];
  const front: Doc = [
    'if (',
    condition(context, node.condition),
    ') ',
    isNothing(node.whenTrue) ? '{}' : parts(node.whenTrue),
  ];
  return isNothing(node.whenFalse) ? front : [front, ' else ', parts(node.whenFalse)];
}

function startsWith(doc: Doc, text: string): boolean {
  let first: Doc | undefined = doc;
  while (Array.isArray(first)) first = first[0] as Doc;
  return typeof first === 'string' && first.startsWith(text);
}

export function docComment(text: string): Doc {
  const lines = text
    .replaceAll('*/', '*\\/')
    .split('\n')
    .map((lineText) => lineText.trimEnd());
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift();
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0) return '';
  const widths = lines
    .slice(1)
    .filter((lineText) => lineText !== '')
    .map((lineText) => /^\s*/.exec(lineText)?.[0].length ?? 0);
  const margin = widths.length > 0 ? Math.min(...widths) : 0;
  const clean = lines.map((lineText, index) => (index === 0 ? lineText.trimStart() : lineText.slice(margin)));
  if (clean.length === 1) return `/** ${clean[0]} */`;
  return ['/**', clean.map((lineText): Doc => [hardline, lineText === '' ? ' *' : ` * ${lineText}`]), hardline, ' */'];
}

// ---- assignments

function assignmentDoc(context: StatementContext, statement: Assignment): Doc {
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
    if (target.items.some((item) => !isNameTarget(item))) return takenApart(context, target, parts, word);
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
function takenApart(
  context: StatementContext,
  target: Expression & { kind: 'tuple' | 'list' },
  parts: Js,
  word: string,
): Doc {
  const name = context.names.free('parts');
  void word;
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

function hasLength(type: Type, count: number): boolean {
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
  const result = arithmetic(context, operator, target, statement.value, resultOf(context, type, valueType, operator));
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

function resultOf(context: Context, left: Type, right: Type, operator: string): Type {
  void context;
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

// ---- control flow

function braces(context: StatementContext, statements: readonly Statement[], front: readonly Doc[] = []): Doc {
  const body = blockDocs(context, statements);
  const parts: Doc[] = [...front.map((doc): Doc => [hardline, doc]), ...(body.length > 0 ? [hardline, body] : [])];
  if (parts.length === 0) return '{}';
  return ['{', indent(parts), hardline, '}'];
}

function condition(context: StatementContext, node: Expression): Doc {
  return conditionOf(context, node).doc;
}

function ifDoc(context: StatementContext, statement: IfStatement): Doc {
  const docs: Doc[] = [
    group(['if (', indent(condition(context, statement.condition)), ') ']),
    braces(context, statement.body),
  ];
  const elif = elifOf(statement);
  if (elif) {
    const own = context.comments.get(elif);
    const comments: Doc[] = own ? commentDocs(context, elif, 'before').map((text): Doc => [text, hardline]) : [];
    const rest = ifDoc(context, elif);
    const suffix = commentDocs(context, elif, 'suffix');
    const declared = context.declarations.before.get(elif);
    if (declared)
      return [
        docs,
        ' else {',
        indent([hardline, `let ${declared.map((binding) => context.names.of(binding)).join(', ')};`, hardline, rest]),
        hardline,
        '}',
      ];
    if (comments.length > 0) docs.push(hardline, comments, 'else ', rest);
    else docs.push(' else ', rest);
    for (const text of suffix) docs.push(' ', text);
  } else if (statement.otherwise.length > 0) {
    const body = braces(context, statement.otherwise);
    if (body !== '{}') docs.push(' else ', body);
  }
  return docs;
}

function forDoc(context: StatementContext, statement: ForStatement): Doc {
  const declared = context.declarations.byStatement.get(statement);
  const word = declared ? ([...declared.values()].includes('let') ? 'let ' : 'const ') : '';
  const isWatched = changesItems(context, statement.iterable, statement.body);
  let items = isWatched
    ? help(context, 'iterate', context.expression(statement.iterable))
    : itemsOf(context, statement.iterable).js;
  const target = bare(statement.target);
  if ((target.kind === 'tuple' || target.kind === 'list') && !isWatched)
    items = pairsOf(context, statement.iterable, target.items.length, items);
  else if (target.kind === 'tuple' || target.kind === 'list') items = checked(context, items, target.items.length);
  return [group(['for (', word, targetDoc(context, target), ' of ', items.doc, ') ']), braces(context, statement.body)];
}

/** Items that are taken apart: checked, if their lengths are not known. */
export function pairsOf(context: Context, iterable: Expression, count: number, items: Js): Js {
  const type = typeOf(context, iterable);
  const isEntries =
    outsideName((bare(iterable) as { callee?: Expression }).callee ?? iterable) === 'enumerate' && count === 2;
  const isKnown =
    type.sites.length > 0 &&
    type.sites.every(
      (site) =>
        site.kind !== 'dict' && site.kind !== 'struct' && site.kind !== 'function' && hasLength(site.element, count),
    );
  if (isEntries || isKnown) return items;
  return checked(context, items, count);
}

function checked(context: Context, items: Js, count: number): Js {
  const array: Js = { doc: ['[...', within(items, Level.assign), ']'], level: Level.primary };
  return invoke({ doc: [array.doc, '.map'], level: Level.call }, [
    arrow(['item'], help(context, 'unpack', atom('item'), atom(String(count)))),
  ]);
}

function whileDoc(context: StatementContext, statement: WhileStatement): Doc {
  return [group(['while (', indent(condition(context, statement.condition)), ') ']), braces(context, statement.body)];
}

// ---- functions

function defDoc(context: StatementContext, statement: DefStatement): Doc {
  const { docs, early, description, prologue } = parametersOf(context, statement);
  const [first] = statement.body;
  const text = first?.kind === 'expression' ? bare(first.expression) : undefined;
  const documentation = text?.kind === 'string' ? docComment(text.value) : undefined;
  const comments = documentation && first ? commentDocs(context, first, 'before') : [];
  const body = documentation ? statement.body.slice(1) : statement.body;
  const name = statement.name.binding ? context.names.of(statement.name.binding) : statement.name.name;
  const declared = context.declarations.byStatement.get(statement);
  const isExported = statement.name.binding !== undefined && context.exported.has(statement.name.binding);
  const word = isExported ? 'export ' : '';
  const front: Doc[] = [];
  for (const { name: early_, value } of early)
    front.push(`const ${early_}${context.isTypescript ? ': any' : ''} = `, value.doc, ';', hardline);
  if (documentation !== undefined && documentation !== '') front.push(documentation, hardline);
  for (const comment of comments) front.push(comment, hardline);
  const inner = braces(context, body, prologue);
  if (description !== undefined) {
    const fn: Js = { doc: [`function ${name}`, parameterList(docs), ' ', inner], level: Level.assign, canHug: true };
    const value = signed(context, description, fn);
    const left = declared ? `${word}${[...declared.values()][0]} ${name}` : name;
    return [front, left, ' = ', value.doc, ';'];
  }
  if (declared && [...declared.values()][0] === 'const')
    return [front, `${word}function ${name}`, parameterList(docs), ' ', inner];
  const left = declared ? `${word}let ${name}` : name;
  return [front, left, ` = function ${name}`, parameterList(docs), ' ', inner, ';'];
}

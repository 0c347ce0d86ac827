import type { ConditionalExpression, Expression, Node, Statement } from '../../interpreter/starlark/syntax/ast.ts';
import { blocksOf } from '../../interpreter/starlark/syntax/children.ts';
import { assignmentDoc } from './assignments.ts';
import { condition } from './blocks.ts';
import { commentDocs, leftovers } from './comment-docs.ts';
import type { Context } from './context.ts';
import { forDoc, ifDoc, whileDoc } from './control-flow.ts';
import { defDoc } from './definitions.ts';
import { type Doc, group, hardline, indent } from './doc.ts';
import { docComment } from './doc-comment.ts';
import { isReserved } from './names.ts';
import { bare } from './project.ts';
import type { StatementContext } from './statement-context.ts';

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
  const notes: Doc[] = [...renames(context, statement), ...takeNotes(context, statement)].map(
    (text): Doc => [`// ${text}`, hardline],
  );
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

/** What could not be said faithfully in this statement, apart from its blocks. */
function takeNotes(context: StatementContext, statement: Statement): string[] {
  const found = taken(context.notes, statement).flatMap(([, messages]) => messages);
  return [...new Set(found)].map((message) => `port: ${message}`);
}

/** Which names begin here that are others than in the Tiltfile. */
function renames(context: StatementContext, statement: Statement): string[] {
  const all = taken(context.renamed, statement).map(([{ name }, now]) => ({ name, now }));
  const line = (names: typeof all, why: string) => {
    const words = names.map(({ name, now }) => `${name} is ${now} here`).join(', ');
    return names.length > 0 ? [`${words}: ${why}`] : [];
  };
  return [
    ...line(
      all.filter(({ name }) => isReserved(name)),
      'JavaScript has a use of its own for the word',
    ),
    ...line(
      all.filter(({ name }) => !isReserved(name)),
      'a builtin has the name',
    ),
  ];
}

/** What is kept for places in this statement that lie in none of its blocks; it is kept no longer. */
function taken<N extends Node, T>(kept: Map<N, T>, statement: Statement): (readonly [N, T])[] {
  const blocks = blocksOf(statement);
  const found = [...kept].filter(([node]) => {
    const isHere = node.start >= statement.start && node.end <= statement.end;
    return isHere && !blocks.some((block) => block.some((inner) => inner.start <= node.start && inner.end >= node.end));
  });
  for (const [node] of found) kept.delete(node);
  return found;
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

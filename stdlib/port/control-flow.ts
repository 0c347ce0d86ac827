import type { Expression, ForStatement, IfStatement, WhileStatement } from '../../interpreter/starlark/syntax/ast.ts';
import { elifOf } from '../../interpreter/starlark/syntax/spine.ts';
import { hasLength } from './assignments.ts';
import { braces, condition } from './blocks.ts';
import { commentDocs } from './comment-docs.ts';
import { type Context, help, typeOf } from './context.ts';
import { type Doc, group, hardline, indent } from './doc.ts';
import { arrow, atom, invoke, type Js, Level, within } from './js.ts';
import { changesItems, itemsOf } from './loops.ts';
import { bare, outsideName } from './project.ts';
import type { StatementContext } from './statement-context.ts';
import { targetDoc } from './targets.ts';

export function ifDoc(context: StatementContext, statement: IfStatement): Doc {
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

export function forDoc(context: StatementContext, statement: ForStatement): Doc {
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

export function whileDoc(context: StatementContext, statement: WhileStatement): Doc {
  return [group(['while (', indent(condition(context, statement.condition)), ') ']), braces(context, statement.body)];
}

import type { DefStatement } from '../../interpreter/starlark/syntax/ast.ts';
import { braces } from './blocks.ts';
import { commentDocs } from './comment-docs.ts';
import { type Doc, hardline } from './doc.ts';
import { docComment } from './doc-comment.ts';
import { parameterList, parametersOf, signed } from './functions.ts';
import { type Js, Level } from './js.ts';
import { bare } from './project.ts';
import type { StatementContext } from './statement-context.ts';

export function defDoc(context: StatementContext, statement: DefStatement): Doc {
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

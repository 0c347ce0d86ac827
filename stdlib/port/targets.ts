import type { Expression } from '../../interpreter/starlark/syntax/ast.ts';
import type { Context } from './context.ts';
import { type Doc, separated } from './doc.ts';

/** Names that get values, as JavaScript takes an array apart. */
export function targetDoc(context: Context, target: Expression): Doc {
  switch (target.kind) {
    case 'paren':
      return targetDoc(context, target.inner);
    case 'tuple':
    case 'list':
      return [
        '[',
        separated(
          target.items.map((item) => targetDoc(context, item)),
          ', ',
        ),
        ']',
      ];
    case 'identifier':
      return target.binding ? context.names.of(target.binding) : target.name;
    default:
      return context.expression(target).doc;
  }
}

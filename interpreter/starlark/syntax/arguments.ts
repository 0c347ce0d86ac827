import type { Argument, CallExpression, Expression } from './ast.ts';
import type { SyntaxProblem } from './syntax-error.ts';

/** More of one kind go.starlark.net cannot pass. */
const MOST_ARGUMENTS = 255;

/** What of an argument is evaluated. */
export function evaluated(argument: Argument): Expression {
  switch (argument.kind) {
    case 'named argument':
    case '* argument':
    case '** argument':
      return argument.value;
    default:
      return argument;
  }
}

/** Arguments come in an order: positional ones, named ones, `*args`, `**kwargs`. */
export function checkArguments(call: CallExpression): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const names = new Set<string>();
  const counts = { positional: 0, named: 0, star: 0, starStar: 0 };
  const report = (offset: number, message: string) => problems.push({ offset, message });
  for (const argument of call.arguments) {
    const problem = misplaced(argument, counts);
    if (problem !== undefined) report(argument.start, problem);
    switch (argument.kind) {
      case '* argument':
        counts.star += 1;
        break;
      case '** argument':
        counts.starStar += 1;
        break;
      case 'named argument': {
        const { name } = argument.name;
        if (names.has(name)) report(argument.start, `keyword argument "${name}" is repeated`);
        names.add(name);
        counts.named += 1;
        break;
      }
      default:
        counts.positional += 1;
    }
  }
  const { positional, named } = counts;
  const limit = `arguments in call, limit is ${MOST_ARGUMENTS}`;
  if (positional > MOST_ARGUMENTS) report(call.start, `${positional} positional ${limit}`);
  if (named > MOST_ARGUMENTS) report(call.start, `${named} keyword ${limit}`);
  return problems;
}

interface Seen {
  readonly named: number;
  readonly star: number;
  readonly starStar: number;
}

function misplaced({ kind }: Argument, { named, star, starStar }: Seen): string | undefined {
  switch (kind) {
    case '** argument':
      return starStar ? 'multiple **kwargs not allowed' : undefined;
    case '* argument':
      return starStar ? '*args may not follow **kwargs' : star ? 'multiple *args not allowed' : undefined;
    case 'named argument':
      if (starStar) return 'keyword argument may not follow **kwargs';
      return star ? 'keyword argument may not follow *args' : undefined;
    default:
      if (star) return 'positional argument may not follow *args';
      if (starStar) return 'positional argument may not follow **kwargs';
      return named ? 'positional argument may not follow named' : undefined;
  }
}

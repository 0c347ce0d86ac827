import type { Identifier, Parameter, StarParameter } from './ast.ts';
import type { FunctionScope } from './binding.ts';
import type { Names } from './names.ts';

/** Makes the parameters variables of their function, in the order in which a call fills them. */
export function bindParameters(
  parameters: readonly Parameter[],
  scope: FunctionScope,
  names: Names,
  report: (offset: number, message: string) => void,
): void {
  const bind = (id: Identifier, at: number) => {
    if (names.bind(id)) report(at, `duplicate parameter: ${id.name}`);
    return scope.locals.find(({ name }) => name === id.name);
  };
  let star: StarParameter | undefined;
  let starStar: Identifier | undefined;
  let byKeyword = 0;
  let seenOptional = false;
  for (const parameter of parameters) {
    switch (parameter.kind) {
      case '* parameter':
        if (starStar) report(parameter.start, `* parameter may not follow **${starStar.name}`);
        else if (star) report(parameter.start, 'multiple * parameters not allowed');
        else star = parameter;
        break;
      case '** parameter':
        if (starStar) report(parameter.start, 'multiple ** parameters not allowed');
        starStar = parameter.name;
        break;
      case 'parameter': {
        const { name } = parameter;
        const at = parameter.at ?? name.start;
        const isOptional = parameter.at !== undefined;
        if (starStar) report(at, `${isOptional ? 'optional' : 'required'} parameter may not follow **${starStar.name}`);
        else if (star) byKeyword += 1;
        else {
          scope.positional += 1;
          if (!isOptional && seenOptional) report(at, 'required parameter may not follow optional');
        }
        bind(name, at);
        seenOptional ||= isOptional;
      }
    }
  }
  if (star?.name) scope.star = bind(star.name, star.name.start);
  else if (star && byKeyword === 0) report(star.start, 'bare * must be followed by keyword-only parameters');
  if (starStar) scope.starStar = bind(starStar, starStar.start);
  scope.parameters.push(...scope.locals);
}

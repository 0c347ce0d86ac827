import type { Comprehension, Parameter, Statement } from '../syntax/ast.ts';
import type { Binding, FunctionScope } from '../syntax/binding.ts';
import { stringLiteral } from './constants.ts';
import { Frame } from './frame.ts';
import { PositionTrail } from './position-trail.ts';
import { TargetWriter } from './targets.ts';

/** Functions of JavaScript: those of `def` and `lambda`, and those that comprehensions are. */
export abstract class FunctionWriter extends TargetWriter {
  /** @param place Of an offset: what a signature says about errors of a call. */
  protected abstract place(offset: number): { readonly line: number; readonly column: number };

  protected func(
    scope: FunctionScope,
    parameters: readonly Parameter[],
    doc: string | undefined,
    writeBody: () => void,
  ): void {
    this.trail.set(scope.start);
    this.beginSafe('def');
    const signature = this.out.gap();
    this.#defaults(parameters);
    this.trail.step();
    this.out.write(`,(${scope.parameters.map((binding) => this.names.of(binding)).join(',')})=>{`);
    const outer = { frame: this.frame, trail: this.trail, functionName: this.out.functionName };
    this.frame = new Frame();
    this.trail = new PositionTrail(scope.start);
    this.out.functionName = scope.name;
    const declarations = this.out.gap();
    this.assigned.body(() => {
      for (const parameter of scope.parameters) this.assigned.add(parameter);
      writeBody();
    });
    const variables = scope.locals.filter((binding) => !scope.parameters.includes(binding));
    this.out.fill(declarations, this.frame.declarations(this.#names(variables)));
    this.out.fill(signature, `${this.#signature(scope, doc, this.trail.first)},`);
    this.frame = outer.frame;
    this.trail = outer.trail;
    this.out.functionName = outer.functionName;
    this.out.write('}');
    if (scope.captured.size > 0) this.out.write(`,()=>[${this.#names([...scope.captured]).join(',')}]`);
    this.out.write(')');
  }

  #names(bindings: readonly Binding[]): string[] {
    return bindings.map((binding) => this.names.of(binding));
  }

  /** One for each parameter but `*args` and `**kwargs`, or none at all. Evaluated when the function is made. */
  #defaults(parameters: readonly Parameter[]): void {
    const named = parameters.filter((parameter) => parameter.kind === 'parameter');
    this.out.write('[');
    if (named.some((parameter) => parameter.default)) {
      named.forEach((parameter, index) => {
        if (index > 0) this.out.write(',');
        if (parameter.default) this.expression(parameter.default);
        else this.out.write('void 0');
      });
    }
    this.out.write(']');
  }

  #signature({ name, parameters, positional, star, starStar }: FunctionScope, doc: string | undefined, first: number) {
    const text = (value: string | undefined) => (value === undefined ? 'void 0' : stringLiteral(value));
    const names = parameters.filter((binding) => binding !== star && binding !== starStar);
    const { line, column } = this.place(first);
    const fields = [
      `name:${text(name)}`,
      `names:[${names.map((binding) => text(binding.name)).join(',')}]`,
      `positional:${positional}`,
      `star:${text(star?.name)}`,
      `starStar:${text(starStar?.name)}`,
      `doc:${text(doc)}`,
      `line:${line}`,
      `column:${column}`,
    ];
    return this.constants.constant(`{${fields.join(',')}}`);
  }

  /** A function called on the spot, on a line that stands for no place: its frame is left out, and the inner one takes its part. */
  protected comprehension({ body, clauses }: Comprehension): void {
    const isDict = body.kind === 'entry';
    this.trail.step();
    if (!isDict) this.beginSafe('list');
    this.out.write('(()=>{');
    const outer = this.frame;
    this.frame = new Frame();
    const declarations = this.out.gap();
    this.out.write(isDict ? `var $r=${this.constants.operation('dict')}([]);` : 'var $r=[],$q=0;');
    const writeFrom = (index: number): void => {
      const clause = clauses[index];
      if (clause?.kind === 'for clause') {
        this.loop(clause.target, clause.iterable, clause.start, () => writeFrom(index + 1));
      } else if (clause?.kind === 'if clause') {
        this.out.write('if(');
        this.condition(clause.condition);
        this.out.write('){');
        writeFrom(index + 1);
        this.out.write('}');
      } else if (body.kind === 'entry') {
        this.begin('put', body.at);
        this.out.write('$r,');
        this.expression(body.key);
        this.out.write(',');
        this.expression(body.value);
        this.trail.stepAt(body.at);
        this.out.write(');');
      } else {
        this.out.write('$r[$q++]=');
        this.expression(body);
        this.out.write(';');
      }
    };
    this.assigned.branch(() => writeFrom(0));
    this.out.fill(declarations, this.frame.declarations([]));
    this.frame = outer;
    this.out.write('return $r');
    this.out.beginLine('})()');
    if (!isDict) this.out.write(')');
  }
}

/** The text that a function's body begins with, if it does. */
export function docOf(body: readonly Statement[]): string | undefined {
  const [first] = body;
  return first?.kind === 'expression' && first.expression.kind === 'string' ? first.expression.value : undefined;
}

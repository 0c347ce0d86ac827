import type { Operations } from '../runtime/operations.ts';
import type { BinaryOperator, Expression, Identifier } from '../syntax/ast.ts';
import type { Binding, FileScope } from '../syntax/binding.ts';
import { Assigned } from './assigned.ts';
import { Constants, intLiteral, stringLiteral } from './constants.ts';
import { Frame } from './frame.ts';
import { VariableNames } from './names.ts';
import { Output } from './output.ts';
import { PositionTrail } from './position-trail.ts';

const LITERAL_OF: ReadonlyMap<string, string> = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
]);

const BOOLEAN: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'not in']);

/** A literal up to this length is written twice rather than kept in a variable. */
const LONGEST_COPY = 40;

/** What all parts of the emitter share, and how each of them reaches expressions. */
export abstract class Writer {
  protected readonly out = new Output();
  protected readonly names: VariableNames;
  protected readonly constants = new Constants();
  protected readonly assigned = new Assigned();
  protected frame = new Frame();
  protected trail = new PositionTrail(0);

  constructor(scope: FileScope) {
    this.names = new VariableNames(scope);
  }

  /**
   * Writes an expression of JavaScript for the value. Answers a line of the emitted text if the whole is one call of an operation that
   * begins that line, else 0.
   */
  protected abstract expression(expression: Expression): number;

  /** Writes an expression of JavaScript for whether the value is true. */
  protected abstract condition(expression: Expression): void;

  /** Writes the beginning of a call that can fail at a place: its name and the parenthesis. Answers its line. */
  protected begin(operation: keyof Operations, offset: number): number {
    return this.out.beginPlace(`${this.constants.operation(operation)}(`, offset);
  }

  /** The same for a call that cannot fail. */
  protected beginSafe(operation: keyof Operations): void {
    this.out.write(`${this.constants.operation(operation)}(`);
  }

  protected list(expressions: readonly Expression[]): void {
    expressions.forEach((expression, index) => {
      if (index > 0) this.out.write(',');
      this.expression(expression);
    });
  }

  protected literalOf(id: Identifier): string | undefined {
    return bindingOf(id).scope === 'universal' ? LITERAL_OF.get(id.name) : undefined;
  }

  protected variable(id: Identifier): string {
    return this.names.of(bindingOf(id));
  }

  protected identifier(id: Identifier): void {
    const binding = bindingOf(id);
    const { scope, name } = binding;
    if (scope === 'universal') this.trail.step();
    else this.trail.stepAt(id.start);
    const known = this.#known(id);
    if (known !== undefined) {
      this.out.write(known);
      return;
    }
    const variable = this.names.of(binding);
    this.out.write(`(${variable}!==void 0?${variable}:`);
    this.begin(scope === 'global' ? 'global' : 'local', id.start);
    this.out.write(`void 0,${stringLiteral(name)}))`);
  }

  /** True for what is a boolean of JavaScript whatever its operands are. */
  protected isBoolean(expression: Expression): boolean {
    const inner = withoutParentheses(expression);
    switch (inner.kind) {
      case 'binary':
        return BOOLEAN.has(inner.operator);
      case 'unary':
        return inner.operator === 'not';
      case 'identifier': {
        const literal = this.literalOf(inner);
        return literal === 'true' || literal === 'false';
      }
      default:
        return false;
    }
  }

  /** What can be read again and again and cannot fail, as text: a variable that has a value, or a short literal. */
  protected simple(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'string':
        return expression.value.length <= LONGEST_COPY ? stringLiteral(expression.value) : undefined;
      case 'int':
        return intLiteral(expression);
      case 'identifier':
        return this.#known(expression);
      default:
        return undefined;
    }
  }

  #known(id: Identifier): string | undefined {
    const binding = bindingOf(id);
    const { scope, name } = binding;
    if (scope === 'universal' || scope === 'predeclared') {
      return this.literalOf(id) ?? this.constants.constant(`$m.get(${stringLiteral(name)})`);
    }
    return this.assigned.has(binding) ? this.names.of(binding) : undefined;
  }
}

export function bindingOf(id: Identifier): Binding {
  if (!id.binding) throw new Error(`The name ${id.name} was not resolved`);
  return id.binding;
}

export function withoutParentheses(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === 'paren') inner = inner.inner;
  return inner;
}

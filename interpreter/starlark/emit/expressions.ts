import type { BinaryExpression, DictExpression, Expression, UnaryExpression } from '../syntax/ast.ts';
import { ChainWriter } from './chains.ts';
import { intLiteral, stringLiteral } from './constants.ts';
import { withoutParentheses } from './writer.ts';

const SIGNS = { '-': 'negative', '+': 'positive', '~': 'invert' } as const;

export abstract class ExpressionWriter extends ChainWriter {
  protected override expression(expression: Expression): number {
    switch (expression.kind) {
      case 'identifier':
        this.identifier(expression);
        return 0;
      case 'string':
        return this.#literal(stringLiteral(expression.value));
      case 'int':
        return this.#literal(intLiteral(expression));
      case 'float':
        return this.#literal(this.constants.constant(`$.float(${expression.value})`));
      case 'bytes':
        return this.#literal(this.constants.constant(`$.bytes([${expression.value.join()}])`));
      case 'paren':
        return this.expression(expression.inner);
      case 'tuple':
      case 'list':
        return this.#sequence(expression.kind, expression.items);
      case 'dict':
        return this.#dict(expression);
      case 'comprehension':
        this.comprehension(expression);
        return 0;
      case 'conditional':
        this.out.write('(');
        this.condition(expression.condition);
        this.out.write('?');
        this.expression(expression.whenTrue);
        this.out.write(':');
        this.expression(expression.whenFalse);
        this.out.write(')');
        return 0;
      case 'lambda': {
        const { scope, parameters, body } = expression;
        if (!scope) throw new Error('A lambda was not resolved');
        this.func(scope, parameters, undefined, () => this.returnValue(body));
        return 0;
      }
      case 'unary':
        return this.#unary(expression);
      default:
        return this.chain(expression);
    }
  }

  protected override condition(expression: Expression): void {
    const inner = withoutParentheses(expression);
    if (inner.kind === 'unary' && inner.operator === 'not') {
      this.out.write('!');
      this.condition(inner.operand);
    } else if (inner.kind === 'binary' && (inner.operator === 'and' || inner.operator === 'or')) {
      this.#junction(inner);
    } else if (this.isBoolean(inner)) {
      this.expression(inner);
    } else {
      this.beginSafe('truth');
      this.expression(inner);
      this.out.write(')');
    }
  }

  /** All terms of `a and b and c`, from left to right: such chains may be long. */
  #junction({ operator, left, right }: BinaryExpression): void {
    const terms = [right];
    let first = withoutParentheses(left);
    while (first.kind === 'binary' && first.operator === operator) {
      terms.push(first.right);
      first = withoutParentheses(first.left);
    }
    this.out.write('(');
    this.condition(first);
    for (const term of terms.reverse()) {
      this.out.write(operator === 'and' ? '&&' : '||');
      this.condition(term);
    }
    this.out.write(')');
  }

  /** `return` and a value. What ends with a call is called from where the `return` stands, so both are the call's place. */
  protected returnValue(expression: Expression): void {
    const inner = withoutParentheses(expression);
    const start = this.out.beginPlace('return(', inner.start);
    const line = this.expression(inner);
    const offset = line > 0 ? this.out.offsetOf(line) : undefined;
    if (offset !== undefined) this.out.setPlace(start, offset);
    else this.out.removePlace(start);
    this.out.write(');');
    this.assigned.end();
  }

  #literal(text: string): 0 {
    this.trail.step();
    this.out.write(text);
    return 0;
  }

  #sequence(kind: 'tuple' | 'list', items: readonly Expression[]): 0 {
    const literals = kind === 'tuple' ? items.map(literalText) : [];
    if (literals.length > 0 && !literals.includes(undefined)) {
      return this.#literal(this.constants.constant(`$.tuple([${literals.join(',')}])`));
    }
    this.beginSafe(kind);
    this.out.write('[');
    this.list(items);
    this.trail.step();
    this.out.write('])');
    return 0;
  }

  #dict({ entries }: DictExpression): number {
    this.trail.step();
    const keys = entries.map(({ key }) => (key.kind === 'string' || key.kind === 'int' ? key.value : undefined));
    if (!keys.includes(undefined) && new Set(keys).size === keys.length) {
      this.beginSafe('dict');
      this.out.write('[');
      entries.forEach(({ key, value, at }, index) => {
        if (index > 0) this.out.write(',');
        this.list([key, value]);
        this.trail.stepAt(at);
      });
      this.out.write('])');
      return 0;
    }
    const dict = this.frame.temporary(`$d${this.#dicts++}`);
    this.out.write(`(${dict}=${this.constants.operation('dict')}([]),`);
    for (const { key, value, at } of entries) {
      this.begin('insert', at);
      this.out.write(`${dict},`);
      this.list([key, value]);
      this.trail.stepAt(at);
      this.out.write('),');
    }
    this.out.write(`${dict})`);
    this.#dicts -= 1;
    return 0;
  }

  /** Displays of dicts that the point lies in and that are filled entry by entry: each has a variable of its own. */
  #dicts = 0;

  #unary({ operator, operand, start }: UnaryExpression): number {
    if (operator === 'not') {
      this.out.write('!');
      this.condition(operand);
      this.trail.stepAt(start);
      return 0;
    }
    if (operator === '-' && operand.kind === 'int' && operand.value !== 0) {
      this.out.write(`(-${intLiteral(operand)})`);
      this.trail.step();
      this.trail.stepAt(start);
      return 0;
    }
    const line = this.begin(SIGNS[operator], start);
    this.expression(operand);
    this.trail.stepAt(start);
    this.out.write(')');
    return line;
  }
}

/** A string or an int that stands there as such. */
function literalText(expression: Expression): string | undefined {
  if (expression.kind === 'string') return stringLiteral(expression.value);
  return expression.kind === 'int' ? intLiteral(expression) : undefined;
}

import type { Operations } from '../runtime/operations.ts';
import { evaluated } from '../syntax/arguments.ts';
import type { BinaryExpression, BinaryOperator, CallExpression, Expression } from '../syntax/ast.ts';
import { beginningOf, isLink, type Link, spineOf } from '../syntax/spine.ts';
import { stringLiteral } from './constants.ts';
import { foldLiterals, isSum } from './fold.ts';
import { FunctionWriter } from './functions.ts';
import { withoutParentheses } from './writer.ts';

/** Operators but `and`, `or`, `not in`, `!=`, which are put together from others. */
const OPERATIONS: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or' | 'not in' | '!='>, keyof Operations>> = {
  '==': 'equal',
  '<': 'less',
  '>': 'greater',
  '<=': 'lessOrEqual',
  '>=': 'greaterOrEqual',
  in: 'isIn',
  '|': 'or',
  '^': 'xor',
  '&': 'and',
  '<<': 'shiftLeft',
  '>>': 'shiftRight',
  '-': 'subtract',
  '+': 'add',
  '*': 'multiply',
  '%': 'remainder',
  '/': 'divide',
  '//': 'floorDivide',
};

/** So many calls may stand in each other at most; a longer chain goes on with what it has in a variable. */
const MOST_NESTED_CALLS = 24;

/** Operators, parts of values and calls: all that begins with another expression. */
export abstract class ChainWriter extends FunctionWriter {
  /** Calls that are begun and not ended. */
  #open = 0;

  /** Writes an expression that begins with another one, and all that this begins with. */
  protected chain(expression: Link): number {
    const beginning = beginningOf(expression);
    if (!isLink(beginning) && !isSum(expression)) {
      const line = this.#begin(expression);
      this.#open += 1;
      this.expression(beginning);
      this.#end(expression, line);
      this.#open -= 1;
      return line;
    }
    const { leaf, links } = foldLiterals(spineOf(expression));
    const parts = links.filter(({ kind }, index) => kind !== 'dot' || links[index + 1]?.kind !== 'call');
    const most = Math.max(1, MOST_NESTED_CALLS - this.#open);
    if (parts.length <= most) return this.#nested(parts, leaf);
    const value = this.frame.temporary('$c');
    this.out.write('(');
    for (let from = 0; from < parts.length; from += most) {
      this.out.write(from > 0 ? `,${value}=` : `${value}=`);
      this.#nested(parts.slice(from, from + most), from > 0 ? value : leaf);
    }
    this.out.write(')');
    return 0;
  }

  /** @param leaf What the innermost of the parts begins with. A method that is called belongs to its call. */
  #nested(parts: readonly Link[], leaf: Expression | string): number {
    const lines = parts.map(() => 0);
    for (let index = parts.length - 1; index >= 0; index--) lines[index] = this.#begin(parts[index] as Link);
    this.#open += parts.length;
    const line = typeof leaf === 'string' ? 0 : this.expression(leaf);
    if (typeof leaf === 'string') this.out.write(leaf);
    parts.forEach((part, index) => {
      this.#end(part, lines[index] ?? 0);
      this.#open -= 1;
    });
    return parts.length > 0 ? (lines.at(-1) ?? 0) : line;
  }

  /** Writes what stands before that which the link begins with. Answers the line if it is one call of an operation, else 0. */
  #begin(link: Link): number {
    switch (link.kind) {
      case 'binary':
        return this.#beginBinary(link);
      case 'dot':
        return this.begin('attribute', link.at);
      case 'index':
        return this.begin('index', link.at);
      case 'slice':
        this.trail.set(link.at);
        return this.begin('slice', link.at);
      case 'call':
        return this.#beginCall(link);
    }
  }

  /** Writes what stands after it. */
  #end(link: Link, line: number): void {
    switch (link.kind) {
      case 'binary':
        this.#endBinary(link);
        return;
      case 'dot':
        this.trail.stepAt(link.at);
        this.out.write(`,${stringLiteral(link.name)})`);
        return;
      case 'index':
        this.out.write(',');
        this.expression(link.key);
        this.trail.stepAt(link.at);
        this.out.write(')');
        return;
      case 'slice':
        for (const bound of [link.from, link.to, link.step]) this.#bound(bound);
        this.trail.step();
        this.out.setPlace(line, this.trail.last);
        this.out.write(')');
        return;
      case 'call':
        this.#endCall(link);
    }
  }

  #bound(bound: Expression | undefined): void {
    this.out.write(',');
    if (bound) {
      this.expression(bound);
    } else {
      this.trail.step();
      this.out.write('void 0');
    }
  }

  // ---- operators

  #beginBinary(link: BinaryExpression): number {
    const { operator, left, at } = link;
    if (operator === 'and' || operator === 'or') {
      const start = this.isBoolean(left) ? '(' : `(${this.constants.operation('truth')}(${this.frame.temporary('$t')}=`;
      this.out.write(start);
      return 0;
    }
    if (this.#isIdentity(link)) {
      this.out.write('(');
      return 0;
    }
    if (operator !== '!=' && operator !== 'not in') return this.begin(OPERATIONS[operator], at);
    this.out.write('(!');
    this.begin(operator === '!=' ? 'equal' : 'isIn', at);
    return 0;
  }

  #endBinary(link: BinaryExpression): void {
    const { operator, left, right, at } = link;
    if (operator === 'and' || operator === 'or') {
      this.#endLogical(operator, left, right);
      return;
    }
    const isIdentity = this.#isIdentity(link);
    this.out.write(isIdentity ? `${operator}=` : ',');
    this.expression(right);
    this.trail.stepAt(at);
    const isNegated = !isIdentity && (operator === '!=' || operator === 'not in');
    this.out.write(isNegated ? '))' : ')');
  }

  #endLogical(operator: 'and' | 'or', left: Expression, right: Expression): void {
    if (this.isBoolean(left)) {
      this.out.write(operator === 'and' ? '&&' : '||');
      this.expression(right);
      this.out.write(')');
      return;
    }
    this.out.write(operator === 'and' ? ')?' : ')?$t:');
    this.expression(right);
    this.out.write(operator === 'and' ? ':$t)' : ')');
  }

  /** A comparison with a literal that equals nothing but itself: JavaScript's own is enough. */
  #isIdentity({ operator, left, right }: BinaryExpression): boolean {
    return (operator === '==' || operator === '!=') && (this.#isUnique(left) || this.#isUnique(right));
  }

  #isUnique(expression: Expression): boolean {
    const inner = withoutParentheses(expression);
    return inner.kind === 'string' || (inner.kind === 'identifier' && this.literalOf(inner) !== undefined);
  }

  // ---- calls

  #beginCall(call: CallExpression): number {
    const { callee } = call;
    if (callee.kind !== 'dot') return this.begin(`call${variantOf(call)}`, call.at);
    // `x.name(…)`: the method is not bound to `x` just to be called.
    const line = this.begin(`invoke${variantOf(call)}`, call.at);
    this.begin('method', callee.at);
    if (this.simple(callee.object) === undefined) this.out.write(`${this.frame.temporary('$t')}=`);
    return line;
  }

  #endCall(call: CallExpression): void {
    const { callee } = call;
    if (callee.kind === 'dot') {
      this.trail.stepAt(callee.at);
      this.out.write(`,${stringLiteral(callee.name)}),${this.simple(callee.object) ?? '$t'}`);
    }
    this.#arguments(call);
    this.trail.stepAt(call.at);
    this.out.write(')');
  }

  #arguments(call: CallExpression): void {
    const { arguments: args } = call;
    const variant = variantOf(call);
    const named = args.filter((argument) => argument.kind === 'named argument');
    const star = args.find(({ kind }) => kind === '* argument');
    const starStar = args.find(({ kind }) => kind === '** argument');
    const positional = args.filter(({ kind }) => !kind.endsWith(' argument')) as Expression[];
    if (variant !== '' && variant !== 'Keywords' && variant !== 'Spread') {
      for (const argument of positional) {
        this.out.write(',');
        this.expression(argument);
      }
      return;
    }
    this.out.write(',[');
    this.list(positional);
    this.out.write(']');
    if (variant === '') return;
    const names = named.map(({ name }) => stringLiteral(name.name));
    this.out.write(`,${this.constants.constant(`[${names.join(',')}]`)},[`);
    this.list(named.map(({ value }) => value));
    this.out.write(']');
    if (variant !== 'Spread') return;
    for (const spread of [star, starStar]) {
      this.out.write(',');
      if (spread) this.expression(evaluated(spread));
      else this.out.write('void 0');
    }
  }
}

/** Which of the operations for calls takes the arguments. */
function variantOf({ arguments: args }: CallExpression): '' | '0' | '1' | '2' | '3' | 'Keywords' | 'Spread' {
  if (args.some(({ kind }) => kind === '* argument' || kind === '** argument')) return 'Spread';
  if (args.some(({ kind }) => kind === 'named argument')) return 'Keywords';
  switch (args.length) {
    case 0:
    case 1:
    case 2:
    case 3:
      return `${args.length}`;
    default:
      return '';
  }
}

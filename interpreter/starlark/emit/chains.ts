import type { Operations } from '../runtime/operations.ts';
import { evaluated } from '../syntax/arguments.ts';
import type { BinaryExpression, BinaryOperator, CallExpression, DotExpression, Expression } from '../syntax/ast.ts';
import { type Link, spineOf } from '../syntax/spine.ts';
import { stringLiteral } from './constants.ts';
import { foldLiterals } from './fold.ts';
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

/** A link as it is written: what stands before all that it begins with, and what after. */
interface Part {
  begin(): number;
  end(line: number): void;
}

/** Operators, parts of values and calls: all that begins with another expression. */
export abstract class ChainWriter extends FunctionWriter {
  /** Writes an expression that begins with another one, and all that this begins with. */
  protected chain(expression: Expression): number {
    const { leaf, links } = foldLiterals(spineOf(expression));
    if (links.length === 0) return this.expression(leaf);
    const parts = this.#parts(links);
    const most = Math.max(1, MOST_NESTED_CALLS - this.#open);
    if (parts.length <= most) return this.#nested(parts, () => this.expression(leaf));
    const value = this.frame.temporary('$c');
    this.out.write('(');
    for (let from = 0; from < parts.length; from += most) {
      if (from > 0) this.out.write(',');
      this.out.write(`${value}=`);
      this.#nested(parts.slice(from, from + most), () => {
        if (from === 0) this.expression(leaf);
        else this.out.write(value);
      });
    }
    this.out.write(')');
    return 0;
  }

  #nested(parts: readonly Part[], writeLeaf: () => void): number {
    const begun = parts.toReversed().map((part) => ({ part, line: part.begin() }));
    this.#open += parts.length;
    writeLeaf();
    for (const { part, line } of begun.toReversed()) {
      part.end(line);
      this.#open -= 1;
    }
    return begun[0]?.line ?? 0;
  }

  /** Calls that are begun and not ended. */
  #open = 0;

  #parts(links: readonly Link[]): Part[] {
    const parts: Part[] = [];
    links.forEach((link, index) => {
      const next = links[index + 1];
      if (link.kind === 'dot' && next?.kind === 'call') return;
      const before = links[index - 1];
      parts.push(link.kind === 'call' && before?.kind === 'dot' ? this.#methodCall(link, before) : this.#part(link));
    });
    return parts;
  }

  #part(link: Link): Part {
    switch (link.kind) {
      case 'binary':
        return this.#binary(link);
      case 'dot':
        return {
          begin: () => this.begin('attribute', link.at),
          end: () => {
            this.trail.stepAt(link.at);
            this.out.write(`,${stringLiteral(link.name)})`);
          },
        };
      case 'index':
        return {
          begin: () => this.begin('index', link.at),
          end: () => {
            this.out.write(',');
            this.expression(link.key);
            this.trail.stepAt(link.at);
            this.out.write(')');
          },
        };
      case 'slice':
        return {
          begin: () => {
            this.trail.set(link.at);
            return this.begin('slice', link.at);
          },
          end: (line) => {
            for (const bound of [link.from, link.to, link.step]) {
              this.out.write(',');
              if (bound) {
                this.expression(bound);
              } else {
                this.trail.step();
                this.out.write('void 0');
              }
            }
            this.trail.step();
            this.out.setPlace(line, this.trail.last);
            this.out.write(')');
          },
        };
      case 'call':
        return this.#call(link);
    }
  }

  #binary({ operator, left, right, at }: BinaryExpression): Part {
    if (operator === 'and' || operator === 'or') return this.#logical(operator, left, right);
    const compared = operator === '==' || operator === '!=';
    if (compared && (this.#isUnique(left) || this.#isUnique(right))) {
      return {
        begin: () => {
          this.out.write('(');
          return 0;
        },
        end: () => {
          this.out.write(`${operator}=`);
          this.expression(right);
          this.trail.stepAt(at);
          this.out.write(')');
        },
      };
    }
    const isNegated = operator === '!=' || operator === 'not in';
    const operation = operator === '!=' ? 'equal' : operator === 'not in' ? 'isIn' : OPERATIONS[operator];
    return {
      begin: () => {
        if (isNegated) this.out.write('(!');
        const line = this.begin(operation, at);
        return isNegated ? 0 : line;
      },
      end: () => {
        this.out.write(',');
        this.expression(right);
        this.trail.stepAt(at);
        this.out.write(isNegated ? '))' : ')');
      },
    };
  }

  /** True for a literal that equals nothing but itself: JavaScript's comparison is enough. */
  #isUnique(expression: Expression): boolean {
    const inner = withoutParentheses(expression);
    return inner.kind === 'string' || (inner.kind === 'identifier' && this.literalOf(inner) !== undefined);
  }

  #logical(operator: 'and' | 'or', left: Expression, right: Expression): Part {
    const isBoolean = this.isBoolean(left);
    const value = isBoolean ? '' : this.frame.temporary('$t');
    return {
      begin: () => {
        this.out.write(isBoolean ? '(' : `(${this.constants.operation('truth')}(${value}=`);
        return 0;
      },
      end: () => {
        if (isBoolean) this.out.write(operator === 'and' ? '&&' : '||');
        else this.out.write(operator === 'and' ? ')?' : `)?${value}:`);
        this.expression(right);
        this.out.write(!isBoolean && operator === 'and' ? `:${value})` : ')');
      },
    };
  }

  // ---- calls

  #call(call: CallExpression): Part {
    return {
      begin: () => this.begin(`call${this.#variant(call)}`, call.at),
      end: () => {
        this.#arguments(call);
        this.trail.stepAt(call.at);
        this.out.write(')');
      },
    };
  }

  /** `x.name(…)`: the method is not bound to `x` just to be called. */
  #methodCall(call: CallExpression, dot: DotExpression): Part {
    const { object } = dot;
    const simple = this.simple(object);
    const receiver = simple ?? this.frame.temporary('$t');
    return {
      begin: () => {
        const line = this.begin(`invoke${this.#variant(call)}`, call.at);
        this.begin('method', dot.at);
        if (simple === undefined) this.out.write(`${receiver}=`);
        return line;
      },
      end: () => {
        this.trail.stepAt(dot.at);
        this.out.write(`,${stringLiteral(dot.name)}),${receiver}`);
        this.#arguments(call);
        this.trail.stepAt(call.at);
        this.out.write(')');
      },
    };
  }

  #variant({ arguments: args }: CallExpression): '' | '0' | '1' | '2' | '3' | 'Keywords' | 'Spread' {
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

  #arguments(call: CallExpression): void {
    const { arguments: args } = call;
    const variant = this.#variant(call);
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

import type { Operations } from '../runtime/operations.ts';
import type {
  Assignment,
  AugmentedOperator,
  DefStatement,
  Expression,
  IfStatement,
  LoadStatement,
  Statement,
} from '../syntax/ast.ts';
import { elifOf } from '../syntax/spine.ts';
import type { Branch } from './assigned.ts';
import { stringLiteral } from './constants.ts';
import { ExpressionWriter } from './expressions.ts';
import { docOf } from './functions.ts';
import { bindingOf, withoutParentheses } from './writer.ts';

/** A list and a dict are changed in place by some. */
const OPERATIONS: Readonly<Record<AugmentedOperator, keyof Operations>> = {
  '+=': 'addInPlace',
  '|=': 'orInPlace',
  '-=': 'subtract',
  '*=': 'multiply',
  '/=': 'divide',
  '//=': 'floorDivide',
  '%=': 'remainder',
  '&=': 'and',
  '^=': 'xor',
  '<<=': 'shiftLeft',
  '>>=': 'shiftRight',
};

export abstract class StatementWriter extends ExpressionWriter {
  #labels = 0;

  protected statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        // A literal by itself is a comment.
        if (isLiteral(statement.expression)) return;
        this.expression(statement.expression);
        this.out.write(';');
        return;
      case 'assignment':
        if (statement.operator === '=') this.#assignment(statement);
        else this.#augmented(statement, OPERATIONS[statement.operator]);
        return;
      case 'pass':
        return;
      case 'break':
      case 'continue':
        this.out.write(`${statement.kind};`);
        this.assigned.end();
        return;
      case 'return':
        if (statement.value) {
          this.returnValue(statement.value);
        } else {
          this.trail.step();
          this.out.write('return null;');
          this.assigned.end();
        }
        return;
      case 'load':
        this.#load(statement);
        return;
      case 'def':
        this.#def(statement);
        return;
      case 'if':
        this.#if(statement);
        return;
      case 'for':
        this.loop(statement.target, statement.iterable, statement.start, () => this.statements(statement.body));
        return;
      case 'while':
        this.out.write('while(');
        this.condition(statement.condition);
        this.out.write('){');
        this.assigned.branch(() => this.statements(statement.body));
        this.out.write('}');
    }
  }

  // ---- assignments

  #assignment({ target, value, at }: Assignment): void {
    const inner = withoutParentheses(target);
    const writeValue = () => {
      this.expression(value);
    };
    switch (inner.kind) {
      case 'identifier':
        this.out.write(`${this.variable(inner)}=`);
        writeValue();
        this.trail.step();
        this.out.write(';');
        this.assigned.add(bindingOf(inner));
        return;
      case 'tuple':
      case 'list':
        if (!this.#exchange(inner.items, value)) this.unpack(inner.items, writeValue, at);
        return;
      case 'index':
        if (this.simple(inner.object) !== undefined && this.simple(inner.key) !== undefined) {
          this.setIndex(inner.object, inner.key, inner.at, writeValue);
          return;
        }
        break;
      case 'dot':
        if (this.simple(inner.object) !== undefined) {
          this.setAttribute(inner.object, inner.name, inner.at, writeValue);
          return;
        }
    }
    // The value comes before the place where it goes.
    const held = this.frame.temporary('$v');
    this.out.write(`${held}=`);
    writeValue();
    this.out.write(';');
    this.assign(inner, held, at);
  }

  /** `a, b = b, a`: nothing needs to be packed. False if it is something else. */
  #exchange(targets: readonly Expression[], value: Expression): boolean {
    const inner = withoutParentheses(value);
    if (inner.kind !== 'tuple' || inner.items.length !== targets.length) return false;
    const ids = targets.filter((target) => target.kind === 'identifier');
    if (ids.length < targets.length) return false;
    inner.items.forEach((item, index) => {
      this.out.write(`${this.frame.temporary(`$x${index}`)}=`);
      this.expression(item);
      this.out.write(';');
    });
    ids.forEach((id, index) => {
      this.out.write(`${this.variable(id)}=$x${index};`);
      this.assigned.add(bindingOf(id));
    });
    return true;
  }

  #augmented({ target, value, at }: Assignment, operation: keyof Operations): void {
    const inner = withoutParentheses(target);
    const writeSum = (writeOld: () => void) => {
      this.begin(operation, at);
      writeOld();
      this.out.write(',');
      this.expression(value);
      this.trail.stepAt(at);
      this.out.write(')');
    };
    switch (inner.kind) {
      case 'identifier':
        this.out.write(`${this.variable(inner)}=`);
        writeSum(() => this.identifier(inner));
        this.out.write(';');
        this.assigned.add(bindingOf(inner));
        return;
      case 'index': {
        const object = this.frame.temporary('$o');
        const key = this.frame.temporary('$k');
        this.begin('setIndex', inner.at);
        this.out.write(`${object}=`);
        this.expression(inner.object);
        this.out.write(`,${key}=`);
        this.expression(inner.key);
        this.out.write(',');
        writeSum(() => {
          this.begin('index', inner.at);
          this.out.write(`${object},${key})`);
          this.trail.stepAt(inner.at);
        });
        this.trail.stepAt(inner.at);
        this.out.write(');');
        return;
      }
      case 'dot': {
        const object = this.frame.temporary('$o');
        const name = stringLiteral(inner.name);
        this.begin('setAttribute', inner.at);
        this.out.write(`${object}=`);
        this.expression(inner.object);
        this.out.write(`,${name},`);
        writeSum(() => {
          this.begin('attribute', inner.at);
          this.out.write(`${object},${name})`);
          this.trail.stepAt(inner.at);
        });
        this.trail.stepAt(inner.at);
        this.out.write(');');
        return;
      }
      default:
        throw new Error(`A ${inner.kind} cannot be changed`);
    }
  }

  #load({ path, symbols, start }: LoadStatement): void {
    const values = this.frame.temporary('$u0');
    this.out.write(`${values}=`);
    this.out.beginPlace('$m.load(', start);
    this.trail.stepAt(start);
    this.out.write(`${stringLiteral(path.value)},[${symbols.map(({ name }) => stringLiteral(name)).join(',')}]);`);
    // From the last one on: if a name is bound twice, the first one stays.
    for (const [index, { local }] of [...symbols.entries()].reverse()) {
      this.out.write(`${this.variable(local)}=${values}[${index}];`);
      this.assigned.add(bindingOf(local));
    }
  }

  #def({ name, parameters, body, scope }: DefStatement): void {
    if (!scope) throw new Error(`The function ${name.name} was not resolved`);
    this.out.write(`${this.variable(name)}=`);
    this.func(scope, parameters, docOf(body), () => {
      this.statements(body);
      if (!this.assigned.isDead) {
        this.trail.step();
        this.out.write('return null');
      }
    });
    this.out.write(';');
    this.assigned.add(bindingOf(name));
  }

  // ---- branches

  /** A chain of `elif`s may be long, so its branches stand one after the other and leave a block that has a label. */
  #if(statement: IfStatement): void {
    const branches: Branch[] = [];
    const label = elifOf(statement) ? `$l${this.#labels++}` : undefined;
    if (label) this.out.write(`${label}:{`);
    let part: IfStatement | undefined = statement;
    while (part) {
      const { condition, body, otherwise }: IfStatement = part;
      this.out.write('if(');
      this.condition(condition);
      this.out.write('){');
      branches.push(this.assigned.branch(() => this.statements(body)));
      const elif = elifOf(part);
      const isLast = !elif && otherwise.length === 0;
      this.out.write(label && !isLast ? `break ${label}}` : '}');
      part = elif;
      if (elif) continue;
      if (!label && otherwise.length > 0) this.out.write('else{');
      branches.push(this.assigned.branch(() => this.statements(otherwise)));
      if (!label && otherwise.length > 0) this.out.write('}');
    }
    if (label) this.out.write('}');
    this.assigned.join(branches);
  }
}

function isLiteral({ kind }: Expression): boolean {
  return kind === 'string' || kind === 'bytes' || kind === 'int' || kind === 'float';
}

import { checkArguments, evaluated } from './arguments.ts';
import type {
  CallExpression,
  Comprehension,
  Expression,
  File,
  IfStatement,
  LoadStatement,
  Parameter,
  Statement,
} from './ast.ts';
import type { FileScope, FunctionScope } from './binding.ts';
import { type KnownNames, Names } from './names.ts';
import { bindParameters } from './parameters.ts';
import { elifOf, spineOf } from './spine.ts';

import type { SyntaxProblem } from './syntax-error.ts';

export type Resolved =
  | { readonly ok: true; readonly scope: FileScope }
  | { readonly ok: false; readonly problems: readonly SyntaxProblem[] };

/**
 * Says for every name of a file what it stands for, and finds the mistakes that need no run. With the options that Tilt sets: at the
 * top level there may be any statement, a global variable may be assigned again, and a name means there what it means so far.
 */
export function resolve(file: File, known: KnownNames): Resolved {
  const resolver = new Resolver(known);
  resolver.statements(file.statements);
  const scope = resolver.names.finish();
  return resolver.problems.length > 0 ? { ok: false, problems: resolver.problems } : { ok: true, scope };
}

/** Each is several levels of the JavaScript that is made of it. */
const MOST_COMPREHENSIONS = 50;

class Resolver {
  readonly problems: SyntaxProblem[] = [];
  readonly names: Names;
  #loops = 0;
  #conditions = 0;
  #comprehensions = 0;

  constructor(known: KnownNames) {
    this.names = new Names(known, (offset, message) => this.#report(offset, message));
  }

  #report(offset: number, message: string): void {
    this.problems.push({ offset, message });
  }

  statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        this.#expression(statement.expression);
        return;
      case 'break':
      case 'continue':
        if (this.#loops === 0) this.#report(statement.start, `${statement.kind} not in a loop`);
        return;
      case 'pass':
        return;
      case 'if':
        this.#if(statement);
        return;
      case 'assignment':
        this.#expression(statement.value);
        this.#assign(statement.target, statement.operator !== '=');
        return;
      case 'def':
        this.names.bind(statement.name);
        statement.scope = this.#function(statement.name.name, statement.start, statement.parameters, () => {
          this.statements(statement.body);
        });
        return;
      case 'for':
        this.#expression(statement.iterable);
        this.#assign(statement.target, false);
        this.#loop(statement.body);
        return;
      case 'while':
        this.#expression(statement.condition);
        this.#loop(statement.body);
        return;
      case 'return':
        if (!this.names.func) this.#report(statement.start, 'return statement not within a function');
        if (statement.value) this.#expression(statement.value);
        return;
      case 'load':
        this.#load(statement);
        return;
    }
  }

  #loop(body: readonly Statement[]): void {
    this.#loops += 1;
    this.statements(body);
    this.#loops -= 1;
  }

  #if(first: IfStatement): void {
    this.#conditions += 1;
    let part: IfStatement | undefined = first;
    while (part) {
      this.#expression(part.condition);
      this.statements(part.body);
      const elif = elifOf(part);
      if (!elif) this.statements(part.otherwise);
      part = elif;
    }
    this.#conditions -= 1;
  }

  #load(statement: LoadStatement): void {
    if (this.names.func) this.#report(statement.start, 'load statement within a function');
    else if (this.#loops > 0) this.#report(statement.start, 'load statement within a loop');
    else if (this.#conditions > 0) this.#report(statement.start, 'load statement within a conditional');
    for (const { name, local, literal } of statement.symbols) {
      if (name === '') {
        this.#report(literal.start + 1, 'load: empty identifier');
        continue;
      }
      if (name.startsWith('_')) {
        this.#report(literal.start + 1, `load: names with leading underscores are not exported: ${name}`);
      }
      this.names.bindLocal(local);
    }
  }

  #assign(target: Expression, isAugmented: boolean): void {
    switch (target.kind) {
      case 'identifier':
        this.names.bind(target);
        return;
      case 'index':
        this.#expression(target.object);
        this.#expression(target.key);
        return;
      case 'dot':
        this.#expression(target.object);
        return;
      case 'tuple':
      case 'list':
        if (isAugmented) {
          this.#report(target.start, `can't use ${target.kind} expression in augmented assignment`);
        }
        for (const item of target.items) this.#assign(item, isAugmented);
        return;
      case 'paren':
        this.#assign(target.inner, isAugmented);
        return;
      default:
        this.#report(target.start, `can't assign to ${GO_NAMES[target.kind]}`);
    }
  }

  // ---- expressions

  #expressions(expressions: readonly (Expression | undefined)[]): void {
    for (const expression of expressions) if (expression) this.#expression(expression);
  }

  #expression(expression: Expression): void {
    switch (expression.kind) {
      case 'identifier':
        this.names.use(expression);
        return;
      case 'string':
      case 'bytes':
      case 'int':
      case 'float':
        return;
      case 'paren':
        this.#expression(expression.inner);
        return;
      case 'list':
      case 'tuple':
        this.#expressions(expression.items);
        return;
      case 'dict':
        for (const { key, value } of expression.entries) this.#expressions([key, value]);
        return;
      case 'comprehension':
        this.#comprehension(expression);
        return;
      case 'conditional':
        this.#expressions([expression.condition, expression.whenTrue, expression.whenFalse]);
        return;
      case 'lambda':
        expression.scope = this.#function('lambda', expression.start, expression.parameters, () => {
          this.#expression(expression.body);
        });
        return;
      case 'unary':
        this.#expression(expression.operand);
        return;
      default:
        this.#spine(expression);
        return;
    }
  }

  /** Chains like `a + b + c` or `a.b().c()` may be long: from their beginning on. */
  #spine(expression: Expression): void {
    const { leaf, links } = spineOf(expression);
    this.#expression(leaf);
    for (const link of links) {
      switch (link.kind) {
        case 'binary':
          this.#expression(link.right);
          break;
        case 'index':
          this.#expression(link.key);
          break;
        case 'slice':
          this.#expressions([link.from, link.to, link.step]);
          break;
        case 'call':
          this.#arguments(link);
          break;
        case 'dot':
          break;
      }
    }
  }

  #comprehension({ start, clauses, body }: Comprehension): void {
    this.#comprehensions += 1;
    if (this.#comprehensions === MOST_COMPREHENSIONS + 1) {
      this.#report(start, `nested too deeply (more than ${MOST_COMPREHENSIONS} comprehensions)`);
    }
    clauses.forEach((clause, index) => {
      if (clause.kind === 'if clause') {
        this.#expression(clause.condition);
        return;
      }
      // What the first one goes over belongs to the outer block; the others see its own variables.
      if (index === 0) {
        this.#expression(clause.iterable);
        this.names.enter(undefined);
      }
      this.#assign(clause.target, false);
      if (index > 0) this.#expression(clause.iterable);
    });
    if (body.kind === 'entry') this.#expressions([body.key, body.value]);
    else this.#expression(body);
    this.names.leave();
    this.#comprehensions -= 1;
  }

  #arguments(call: CallExpression): void {
    this.problems.push(...checkArguments(call));
    for (const argument of call.arguments) this.#expression(evaluated(argument));
  }

  #function(name: string, start: number, parameters: readonly Parameter[], body: () => void): FunctionScope {
    for (const parameter of parameters) {
      if (parameter.kind === 'parameter' && parameter.default) this.#expression(parameter.default);
    }
    const scope: FunctionScope = {
      name,
      start,
      parameters: [],
      locals: [],
      captured: new Set(),
      positional: 0,
      star: undefined,
      starStar: undefined,
    };
    const loops = this.#loops;
    this.#loops = 0;
    this.names.enter(scope);
    bindParameters(parameters, scope, this.names, (offset, message) => this.#report(offset, message));
    body();
    this.names.leave();
    this.#loops = loops;
    return scope;
  }
}

/** What go.starlark.net calls that which cannot be assigned to. */
const GO_NAMES: Readonly<
  Record<Exclude<Expression['kind'], 'identifier' | 'index' | 'dot' | 'tuple' | 'list' | 'paren'>, string>
> = {
  string: 'literal',
  bytes: 'literal',
  int: 'literal',
  float: 'literal',
  dict: 'dictexpr',
  comprehension: 'comprehension',
  conditional: 'condexpr',
  lambda: 'lambdaexpr',
  unary: 'unaryexpr',
  binary: 'binaryexpr',
  slice: 'sliceexpr',
  call: 'callexpr',
};

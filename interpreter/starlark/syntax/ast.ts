import type { Binding, FunctionScope } from './binding.ts';

/**
 * The tree of a Starlark file. Every place is an offset into the file's text (in UTF-16 units): lines and columns are counted only
 * where somebody reads them (position.ts), and what stands between two nodes, blank lines too, can be read from the text.
 * Comments are no nodes: `comments.ts` says to which node each of them belongs.
 */
export interface File {
  readonly kind: 'file';
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** From `#` up to the end of its line, which is no part of it. */
export interface Comment {
  readonly start: number;
  readonly text: string;
  /** Nothing but blanks stands before it in its line. */
  readonly ownLine: boolean;
}

interface Span {
  /** Offset of the first character. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | BranchStatement
  | ReturnStatement
  | LoadStatement
  | DefStatement
  | IfStatement
  | ForStatement
  | WhileStatement;

export interface ExpressionStatement extends Span {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `target = value`, `target += value`, … */
export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly target: Expression;
  /** Offset of the operator. */
  readonly at: number;
  readonly operator: '=' | AugmentedOperator;
  readonly value: Expression;
}

export type AugmentedOperator = '+=' | '-=' | '*=' | '/=' | '//=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=';

export interface BranchStatement extends Span {
  readonly kind: 'break' | 'continue' | 'pass';
}

export interface ReturnStatement extends Span {
  readonly kind: 'return';
  readonly value: Expression | undefined;
}

/** `load("path", "name", local="name")` */
export interface LoadStatement extends Span {
  readonly kind: 'load';
  readonly path: StringLiteral;
  readonly symbols: readonly LoadedSymbol[];
}

export interface LoadedSymbol extends Span {
  readonly kind: 'loaded symbol';
  /** The name in this file: for `"name"` it is the literal without its quotes. */
  readonly local: Identifier;
  /** The name in the other file, and the literal that says it. */
  readonly name: string;
  readonly literal: StringLiteral;
}

export interface DefStatement extends Span {
  readonly kind: 'def';
  readonly name: Identifier;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** Set by the resolver. */
  scope: FunctionScope | undefined;
}

export interface IfStatement extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly body: readonly Statement[];
  /** Offset of the `elif` or `else`, if there is one. An `elif` is the one statement, an `if` of its own, that stands in `otherwise`. */
  readonly elseAt: number | undefined;
  readonly otherwise: readonly Statement[];
}

export interface ForStatement extends Span {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
}

export interface WhileStatement extends Span {
  readonly kind: 'while';
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export type Parameter = NamedParameter | StarParameter;

/** `x` or `x=value` */
export interface NamedParameter extends Span {
  readonly kind: 'parameter';
  readonly name: Identifier;
  /** Offset of `=`, if there is one. */
  readonly at: number | undefined;
  readonly default: Expression | undefined;
}

/** `*`, `*args` or `**kwargs` */
export interface StarParameter extends Span {
  readonly kind: '* parameter' | '** parameter';
  readonly name: Identifier | undefined;
}

export type Expression =
  | Identifier
  | StringLiteral
  | BytesLiteral
  | IntLiteral
  | FloatLiteral
  | ParenExpression
  | TupleExpression
  | ListExpression
  | DictExpression
  | Comprehension
  | ConditionalExpression
  | LambdaExpression
  | UnaryExpression
  | BinaryExpression
  | DotExpression
  | IndexExpression
  | SliceExpression
  | CallExpression;

export interface Identifier extends Span {
  readonly kind: 'identifier';
  readonly name: string;
  /** Set by the resolver. */
  binding: Binding | undefined;
}

export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface BytesLiteral extends Span {
  readonly kind: 'bytes';
  readonly value: Uint8Array;
}

export interface IntLiteral extends Span {
  readonly kind: 'int';
  /** A number within ±(2^53-1), else a bigint. */
  readonly value: number | bigint;
}

export interface FloatLiteral extends Span {
  readonly kind: 'float';
  readonly value: number;
}

export interface ParenExpression extends Span {
  readonly kind: 'paren';
  readonly inner: Expression;
}

/** Without parentheses: those of `(1, 2)` are a `paren` around it. Only `()` includes its own. */
export interface TupleExpression extends Span {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface ListExpression extends Span {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface DictExpression extends Span {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

export interface DictEntry extends Span {
  readonly kind: 'entry';
  readonly key: Expression;
  /** Offset of the colon. */
  readonly at: number;
  readonly value: Expression;
}

/** `[body for …]`, or `{key: value for …}` */
export interface Comprehension extends Span {
  readonly kind: 'comprehension';
  readonly body: Expression | DictEntry;
  /** The first is always a `for`. */
  readonly clauses: readonly (ForClause | IfClause)[];
}

export interface ForClause extends Span {
  readonly kind: 'for clause';
  readonly target: Expression;
  readonly iterable: Expression;
}

export interface IfClause extends Span {
  readonly kind: 'if clause';
  readonly condition: Expression;
}

/** `whenTrue if condition else whenFalse` */
export interface ConditionalExpression extends Span {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface LambdaExpression extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
  /** Set by the resolver. */
  scope: FunctionScope | undefined;
}

export interface UnaryExpression extends Span {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}

export type BinaryOperator =
  | 'or'
  | 'and'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | 'not in'
  | '|'
  | '^'
  | '&'
  | '<<'
  | '>>'
  | '-'
  | '+'
  | '*'
  | '%'
  | '/'
  | '//';

export interface BinaryExpression extends Span {
  readonly kind: 'binary';
  readonly left: Expression;
  /** Offset of the operator: in `not in`, of the `in`. */
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly right: Expression;
}

/** `object.name` */
export interface DotExpression extends Span {
  readonly kind: 'dot';
  readonly object: Expression;
  /** Offset of the dot. */
  readonly at: number;
  readonly name: string;
}

/** `object[key]` */
export interface IndexExpression extends Span {
  readonly kind: 'index';
  readonly object: Expression;
  /** Offset of the bracket. */
  readonly at: number;
  readonly key: Expression;
}

/** `object[from:to:step]` */
export interface SliceExpression extends Span {
  readonly kind: 'slice';
  readonly object: Expression;
  /** Offset of the bracket. */
  readonly at: number;
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}

export interface CallExpression extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  /** Offset of the parenthesis. */
  readonly at: number;
  readonly arguments: readonly Argument[];
}

export type Argument = Expression | NamedArgument | StarArgument;

/** `name=value` */
export interface NamedArgument extends Span {
  readonly kind: 'named argument';
  readonly name: Identifier;
  readonly value: Expression;
}

/** `*value` or `**value` */
export interface StarArgument extends Span {
  readonly kind: '* argument' | '** argument';
  readonly value: Expression;
}

/** Whatever a comment can belong to. */
export type Node = Statement | Expression | Parameter | Argument | LoadedSymbol | DictEntry | ForClause | IfClause;

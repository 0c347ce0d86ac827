import type { Call } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { Session } from '../session.ts';
import type { AnyParameter, Parameter, ParameterType } from './parameter.ts';

/** By name, in the order in which they can be given by position. */
export type Parameters = Readonly<Record<string, AnyParameter>>;

/** What `run` gets: each parameter's value under its own name. */
export type Arguments<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T, infer Absent> ? T | Absent : never;
};

/**
 * A function that scripts can call. Everything about it is derived from here: how arguments are bound and checked,
 * the declarations for editors, the reference page.
 */
export interface BuiltinSchema<P extends Parameters> {
  /** Dotted: `os.path.join`. */
  readonly name: string;
  /** Sentences for the reference; the first one says what it does. */
  readonly doc: string;
  readonly parameters: P;
  /** Any number of further positional arguments; they stand before the parameters, which are then keywords only. */
  readonly rest?: RestParameter;
  /** Of its declarations in TypeScript, where `returns` needs some: `<T = any>`. */
  readonly typeParameters?: string;
  /** What it answers, as a type in TypeScript. */
  readonly returns: string;
  /** Its declarations in TypeScript, where what is derived from the parameters says too little. They name parameters as the schema does. */
  readonly signature?: string;
  /** A few lines of JavaScript that show its use. */
  readonly example?: string;
  run(args: Arguments<P>, call: Call, session: Session, rest: readonly ScriptValue[]): ScriptValue;
}

export interface RestParameter {
  readonly name: string;
  readonly type: ParameterType<ScriptValue>;
  readonly doc: string;
  /** Keywords that no parameter has are let through, unread. */
  readonly ignoresKeywords?: boolean;
}

/** A builtin whose parameters' types do not matter any more. */
export interface Builtin extends Omit<BuiltinSchema<Parameters>, 'run'> {
  run(args: Readonly<Record<string, unknown>>, call: Call, session: Session, rest: readonly ScriptValue[]): ScriptValue;
}

/** Declares a builtin; `run` sees its arguments with the types of their schema. */
export function builtin<const P extends Parameters>(schema: BuiltinSchema<P>): Builtin {
  // The binding hands exactly these parameters to `run`.
  return schema as unknown as Builtin;
}

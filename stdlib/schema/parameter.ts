import type { Call } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';

/**
 * The type of a parameter: how it reads a script's value, and how editors and readers see it.
 * `read` throws `Refusal` with the reason alone (`got int, want bool`); the binding adds builtin and parameter.
 */
export interface ParameterType<T> {
  /** The type in TypeScript, for the declarations that editors read. */
  readonly typescript: string;
  /** The same for a value that is given by position, where that cannot be everything: a plain object stands for keywords there. */
  readonly positional?: string;
  /** Takes a plain object. An optional parameter of such a type can only be given by keyword. */
  readonly takesObject: boolean;
  read(value: ScriptValue, call: Call): T;
}

export interface Parameter<T, Absent> {
  readonly type: ParameterType<T>;
  readonly doc: string;
  readonly required: boolean;
  /** What `run` gets when it is not given. */
  readonly absent: Absent;
  /** The default in words, for the reference; empty when there is nothing to say. */
  readonly defaultText: string;
}

/** Any parameter, when its types do not matter. */
export type AnyParameter = Parameter<unknown, unknown>;

export function required<T>(type: ParameterType<T>, doc: string): Parameter<T, never> {
  return { type, doc, required: true, absent: undefined as never, defaultText: '' };
}

/** Without a default, `run` gets `undefined` when the parameter is not given. */
export function optional<T>(type: ParameterType<T>, doc: string): Parameter<T, undefined> {
  return { type, doc, required: false, absent: undefined, defaultText: '' };
}

export function withDefault<T, D>(type: ParameterType<T>, absent: D, doc: string): Parameter<T, D> {
  return { type, doc, required: false, absent, defaultText: JSON.stringify(absent) ?? '' };
}

/** The same type, which says more in TypeScript than what it checks: the values that are known. */
export function shownAs<T>(type: ParameterType<T>, typescript: string): ParameterType<T> {
  return { ...type, typescript };
}

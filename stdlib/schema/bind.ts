import type { BuiltinFunction, Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptObject, ScriptValue } from '../../interpreter/value.ts';
import type { Session } from '../session.ts';
import type { Builtin } from './builtin.ts';
import { isPlainObject } from './kind.ts';
import { nearest } from './nearest.ts';
import type { AnyParameter } from './parameter.ts';

/** The schema as the binding needs it, made once. */
interface Plan {
  readonly builtin: Builtin;
  readonly names: readonly string[];
  readonly parameters: readonly AnyParameter[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** How many parameters can be given by position. */
  readonly positional: number;
}

/** Makes the function of the host that checks the arguments and calls the builtin. */
export function bind(builtin: Builtin, session: Session): BuiltinFunction {
  const names = Object.keys(builtin.parameters);
  const plan: Plan = {
    builtin,
    names,
    parameters: Object.values(builtin.parameters),
    indexOf: new Map(names.map((name, index) => [name, index])),
    positional: names.length,
  };
  if (builtin.rest) return (call) => runWithRest(plan, call, session);
  return (call) => builtin.run(bindArguments(plan, call), call, session, []);
}

function bindArguments(plan: Plan, call: Call): Record<string, unknown> {
  const keywords = call.keywords ?? keywordsOf(plan, call.args);
  const guessed = keywords !== undefined && call.keywords === undefined;
  const positionalCount = guessed ? call.args.length - 1 : call.args.length;
  if (positionalCount > plan.positional) {
    throw new Refusal(`${call.name}: got ${positionalCount} arguments, want at most ${plan.positional}`);
  }
  const bound: Record<string, unknown> = {};
  for (let i = 0; i < positionalCount; i++) bindPositional(plan, i, call, bound);
  if (keywords !== undefined) bindKeywords(plan, keywords, call, bound);
  fillAbsent(plan, call, bound);
  return bound;
}

function runWithRest(plan: Plan, call: Call, session: Session): ScriptValue {
  const { builtin } = plan;
  const last = call.args.at(-1);
  const bound: Record<string, unknown> = {};
  let rest = call.args;
  if (call.keywords !== undefined) bindKeywords(plan, call.keywords, call, bound);
  else if (call.args.length > 1 && isPlainObject(last) && isAllKeywords(plan, last)) {
    rest = call.args.slice(0, -1);
    bindKeywords(plan, last, call, bound);
  }
  fillAbsent(plan, call, bound);
  return builtin.run(bound, call, session, rest);
}

/** The trailing object, if it stands for keywords and not for a value of its own. */
function keywordsOf(plan: Plan, args: readonly ScriptValue[]): ScriptObject | undefined {
  const last = args.length > 0 ? args[args.length - 1] : undefined;
  if (!isPlainObject(last)) return undefined;
  const parameter = plan.parameters[args.length - 1];
  if (parameter === undefined || !parameter.required) return last;
  if (parameter.type.takesObject) return undefined;
  return Object.keys(last).some((key) => plan.indexOf.has(key)) ? last : undefined;
}

function isAllKeywords(plan: Plan, candidate: ScriptObject): boolean {
  const keys = Object.keys(candidate);
  return keys.length > 0 && keys.every((key) => plan.indexOf.has(key));
}

function bindPositional(plan: Plan, index: number, call: Call, bound: Record<string, unknown>): void {
  const value = call.args[index];
  // Left out, so that a later one can be given.
  if (value === undefined) return;
  const parameter = plan.parameters[index] as AnyParameter;
  const name = plan.names[index] as string;
  try {
    bound[name] = parameter.type.read(value, call);
  } catch (error) {
    throw explained(error, `${call.name}: for parameter ${name}`);
  }
}

function bindKeywords(plan: Plan, keywords: ScriptObject, call: Call, bound: Record<string, unknown>): void {
  for (const name in keywords) {
    const index = plan.indexOf.get(name);
    if (index === undefined) {
      if (plan.builtin.rest?.ignoresKeywords) continue;
      throw new Refusal(unexpectedKeyword(plan, call, name));
    }
    const value = keywords[name];
    if (value === undefined) continue;
    if (name in bound) {
      throw new Refusal(`${call.name}: got multiple values for keyword argument ${JSON.stringify(name)}`);
    }
    try {
      bound[name] = (plan.parameters[index] as AnyParameter).type.read(value, call);
    } catch (error) {
      throw explained(error, `${call.name}: for parameter ${JSON.stringify(name)}`);
    }
  }
}

function fillAbsent(plan: Plan, call: Call, bound: Record<string, unknown>): void {
  for (let i = 0; i < plan.names.length; i++) {
    const name = plan.names[i] as string;
    if (name in bound) continue;
    const parameter = plan.parameters[i] as AnyParameter;
    if (parameter.required) throw new Refusal(`${call.name}: missing argument for ${name}`);
    bound[name] = parameter.absent;
  }
}

function unexpectedKeyword(plan: Plan, call: Call, name: string): string {
  const message = `${call.name}: unexpected keyword argument ${JSON.stringify(name)}`;
  const near = nearest(name, plan.names);
  return near === undefined ? message : `${message} (did you mean ${near}?)`;
}

function explained(error: unknown, place: string): unknown {
  return error instanceof Refusal ? new Refusal(`${place}: ${error.message}`) : error;
}

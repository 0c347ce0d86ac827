import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { ResourceLimits } from '../declarations.ts';
import { duration } from './duration-type.ts';
import { typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { quote, show } from './show.ts';

/** A limit on time, in milliseconds: a duration above zero. */
export const timeLimit: ParameterType<number> = {
  ...duration,
  read(value, call) {
    const ms = duration.read(value, call);
    if (ms <= 0) throw new Refusal(`a limit must be longer than 0; got ${quote(String(value))}`);
    return ms;
  },
};

/** A span of time that may be nothing, in milliseconds. */
export const timeSpan: ParameterType<number> = {
  ...duration,
  read(value, call) {
    const ms = duration.read(value, call);
    if (ms < 0) throw new Refusal(`it cannot be less than 0; got ${quote(String(value))}`);
    return ms;
  },
};

const MOST_RETRIES = 100;

/** How many more times something is tried. */
export const retryCount: ParameterType<number> = {
  typescript: 'number',
  takesObject: false,
  read(value: ScriptValue) {
    if (typeName(value) !== 'int') throw new Refusal(`got ${typeName(value)}, want int`);
    const count = Number(value);
    if (count < 0 || count > MOST_RETRIES) throw new Refusal(`must be from 0 to ${MOST_RETRIES}; got ${show(value)}`);
    return count;
  },
};

/** The limits that a call gives; what it does not give is left out. */
export function limitsOf(args: {
  readonly timeout: number | undefined;
  readonly readiness_timeout: number | undefined;
  readonly retries?: number | undefined;
}): ResourceLimits {
  return {
    ...(args.timeout !== undefined && { timeoutMs: args.timeout }),
    ...(args.readiness_timeout !== undefined && { readinessTimeoutMs: args.readiness_timeout }),
    ...(args.retries !== undefined && { retries: args.retries }),
  };
}

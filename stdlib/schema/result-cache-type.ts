import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import type { ResultCacheRule } from '../model/resource.ts';
import { stringsOfValue } from './collection-types.ts';
import { explained } from './explained.ts';
import { internalTypeName, isPlainObject } from './kind.ts';
import { nearest } from './nearest.ts';
import type { ParameterType } from './parameter.ts';
import { localPathList } from './path-types.ts';
import { quote } from './show.ts';

const MEMBERS = ['inputs', 'outputs', 'env'];

/** `{ inputs, outputs, env }`, its paths made absolute; `null` is none. */
export const resultCache: ParameterType<ResultCacheRule | undefined> = {
  typescript:
    '{ readonly inputs: string | readonly string[]; readonly outputs?: string | readonly string[]; readonly env?: string | readonly string[] } | null',
  positional: 'null',
  takesObject: true,
  read(value, call) {
    if (value === null || value === undefined) return undefined;
    if (!isPlainObject(value)) throw new Refusal(`expected dict, got ${internalTypeName(value)}`);
    for (const name of Object.keys(value)) {
      if (MEMBERS.includes(name)) continue;
      const near = nearest(name, MEMBERS);
      const hint = near === undefined ? `. It takes ${MEMBERS.join(', ')}` : ` (did you mean ${near}?)`;
      throw new Refusal(`unexpected member ${quote(name)}${hint}`);
    }
    const inputs = paths(value.inputs, 'inputs', call);
    if (inputs.length === 0) {
      throw new Refusal('inputs must name at least one path: nothing else tells when the result is of no use any more');
    }
    return { inputs, outputs: paths(value.outputs, 'outputs', call), env: stringsOfValue(value.env, 'env') };
  },
};

function paths(value: ScriptValue, name: string, call: Call): readonly string[] {
  return explained(name, () => localPathList.read(value, call));
}

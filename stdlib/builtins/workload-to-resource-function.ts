import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { builtin } from '../schema/builtin.ts';
import { internalTypeName } from '../schema/kind.ts';
import { type ParameterType, required } from '../schema/parameter.ts';
import { scriptFunction } from '../schema/scalar-types.ts';

const namer: ParameterType<ReturnType<typeof scriptFunction.read>> = {
  ...scriptFunction,
  typescript: '(workload: K8sObjectID) => string',
};

/** The sandbox checks how many arguments the function takes, which nobody else can see: the prelude wraps it. */
export const workloadToResourceFunction = builtin({
  name: 'workload_to_resource_function',
  doc: 'Names the resources of workloads: the function is called with each of them when the Tiltfile has run. Without it they have the names of their objects.',
  parameters: { func: required(namer, 'Answers the name of the resource.') },
  returns: 'void',
  example: 'workload_to_resource_function(({ name, namespace }) => `${namespace}-${name}`);',
  run({ func }, call, { declarations }) {
    const nameOf = (workload: KubernetesObject): string => {
      const answer = call.invoke(func, [objectId(workload)]);
      if (typeof answer === 'string') return answer;
      const name = func.name || 'lambda';
      throw new Refusal(`${name}: invalid return value. wanted: string. got: ${internalTypeName(answer)}`);
    };
    declarations.workloadNamer = { nameOf, position: call.position };
    return undefined;
  },
});

function objectId({ apiVersion, kind, name, namespace }: KubernetesObject): Tagged {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return new Tagged('K8sObjectID', { name, kind, namespace: namespace || 'default', group });
}

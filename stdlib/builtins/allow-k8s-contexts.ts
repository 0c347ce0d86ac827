import { Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { membersOf } from '../schema/collection-types.ts';
import { internalTypeName } from '../schema/kind.ts';
import { required } from '../schema/parameter.ts';
import { checkedByBuiltin } from '../schema/scalar-types.ts';

export const allowK8sContexts = builtin({
  name: 'allow_k8s_contexts',
  doc: 'Allows to deploy to Kubernetes contexts beside those of local clusters (kind, minikube, k3d, Docker Desktop, …), which are always allowed.',
  parameters: {
    contexts: required(checkedByBuiltin('string | readonly string[] | null'), 'Names of contexts.'),
  },
  returns: 'void',
  example: "allow_k8s_contexts(['staging', 'dev-cluster']);",
  run({ contexts }, _call, { declarations }) {
    for (const name of membersOf(contexts)) {
      if (typeof name !== 'string') {
        const given = internalTypeName(name);
        throw new Refusal(`allow_k8s_contexts contexts must be a string or a sequence of strings; found a ${given}`);
      }
      declarations.allowedContexts.push(name);
    }
    return undefined;
  },
});

import { sessionContext } from '../kubernetes/session-context.ts';
import { builtin } from '../schema/builtin.ts';

export const k8sNamespace = builtin({
  name: 'k8s_namespace',
  doc: 'Answers the namespace of the Kubernetes context that is used: `default` when it names none, empty when there is no context.',
  parameters: {},
  returns: 'string',
  example: "print('deploying to', k8s_namespace() || 'nowhere');",
  run: (_args, _call, session) => sessionContext(session)?.namespace ?? '',
});

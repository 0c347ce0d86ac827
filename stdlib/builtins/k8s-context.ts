import { sessionContext } from '../kubernetes/session-context.ts';
import { builtin } from '../schema/builtin.ts';

export const k8sContext = builtin({
  name: 'k8s_context',
  doc: 'Answers the name of the Kubernetes context that is used. Empty when there is none.',
  parameters: {},
  returns: 'string',
  example: "if (k8s_context() === 'production') fail('not here');",
  run: (_args, _call, session) => sessionContext(session)?.name ?? '',
});

import type { Broker } from '../../interpreter/broker.ts';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { isLocalCluster } from '../model/cluster-product.ts';
import type { Session } from '../session.ts';
import { type KubeContext, kubeconfigPaths, usedContext } from './kubeconfig.ts';

/** Read once for a session, at the first use: what a script does to its environment later does not count. */
const contexts = new WeakMap<Session, { readonly context: KubeContext | undefined }>();

/** The Kubernetes context of the session, or nothing where there is no cluster to talk to. */
export function sessionContext(session: Session, broker: Broker): KubeContext | undefined {
  const known = contexts.get(session);
  if (known) return known.context;
  const context = readContext(session, broker);
  contexts.set(session, { context });
  return context;
}

function readContext({ options }: Session, broker: Broker): KubeContext | undefined {
  const home = broker.environment.get('HOME') ?? broker.environment.get('USERPROFILE') ?? '';
  const environment = { kubeconfig: broker.environment.get('KUBECONFIG'), home };
  const decoder = new TextDecoder();
  const files = kubeconfigPaths(environment, options.cwd).flatMap((path) => {
    const read = broker.readFile(path);
    return read.ok ? [{ path, text: decoder.decode(read.value) }] : [];
  });
  return usedContext(files, { context: options.kubeContext, namespace: options.kubeNamespace }, home);
}

/** Whether this session may change things in the cluster at hand: it is local by nature, allowed, or there is none. */
export function isAllowed(session: Session, broker: Broker): boolean {
  const context = sessionContext(session, broker);
  if (!context || isLocalCluster(context.product)) return true;
  return session.declarations.allowedContexts.includes(context.name);
}

/** Why nothing may be deployed, or `undefined` when it may. */
export function whyNotDeploy(session: Session, broker: Broker): string | undefined {
  if (isAllowed(session, broker)) return undefined;
  const name = sessionContext(session, broker)?.name ?? '';
  return (
    `Stop! ${name} might be production.\n` +
    `If you're sure you want to deploy there, add:\n` +
    `\tallow_k8s_contexts('${name}')\n` +
    `to your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`
  );
}

/** Throws `Refusal` for a builtin whose commands could reach a production cluster. */
export function refuseInProduction(call: Call, session: Session): void {
  if (isAllowed(session, call.broker)) return;
  const name = sessionContext(session, call.broker)?.name ?? '';
  throw new Refusal(
    `Refusing to run '${call.name}' because ${name} might be a production kube context.\n` +
      `If you're sure you want to continue add:\n` +
      `\tallow_k8s_contexts('${name}')\n` +
      `before this function call in your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`,
  );
}

import { readFileSync } from 'node:fs';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { isLocalCluster } from '../model/cluster-product.ts';
import { kubeconfigPaths } from '../model/kubeconfig.ts';
import type { Session } from '../session.ts';
import { type KubeContext, usedContext } from './kubeconfig.ts';

/** Read once for a session, at the first use. */
const contexts = new WeakMap<Session, { readonly context: KubeContext | undefined }>();

/** The Kubernetes context of the session, or nothing where there is no cluster to talk to. */
export function sessionContext(session: Session): KubeContext | undefined {
  const known = contexts.get(session);
  if (known) return known.context;
  const context = readContext(session);
  contexts.set(session, { context });
  return context;
}

/**
 * The program reads the kubeconfig for itself, not for the script: the script cannot send it elsewhere by changing its
 * environment, and a new current context does not reload the Tiltfile of a session that uses another.
 */
function readContext({ options }: Session): KubeContext | undefined {
  const environment = options.kubeEnvironment ?? {
    kubeconfig: process.env.KUBECONFIG,
    home: process.env.HOME ?? process.env.USERPROFILE,
  };
  const files = kubeconfigPaths(environment, options.cwd).flatMap((path) => {
    const text = textOf(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const choice = { context: options.kubeContext, namespace: options.kubeNamespace };
  return usedContext(files, choice, environment.home ?? '');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether this session may change things in the cluster at hand: it is local by nature, allowed, or there is none. */
export function isAllowed(session: Session): boolean {
  const context = sessionContext(session);
  if (!context || isLocalCluster(context.product)) return true;
  return session.declarations.allowedContexts.includes(context.name);
}

/** Why nothing may be deployed, or `undefined` when it may. A plan deploys nothing. */
export function whyNotDeploy(session: Session): string | undefined {
  return session.options.subcommand === 'plan' ? undefined : refusalToDeploy(session);
}

/** What a plan tells in place of being refused. */
export function passedOverRefusal(session: Session): { readonly deployRefusal?: string } {
  const reason = session.options.subcommand === 'plan' ? refusalToDeploy(session) : undefined;
  return reason === undefined ? {} : { deployRefusal: reason };
}

function refusalToDeploy(session: Session): string | undefined {
  if (isAllowed(session)) return undefined;
  const name = sessionContext(session)?.name ?? '';
  return (
    `Stop! ${name} might be production.\n` +
    `If you're sure you want to deploy there, add:\n` +
    `\tallow_k8s_contexts('${name}')\n` +
    `to your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`
  );
}

/** Throws `Refusal` for a builtin whose commands could reach a production cluster. */
export function refuseInProduction(call: Pick<Call, 'name'>, session: Session): void {
  if (isAllowed(session)) return;
  const name = sessionContext(session)?.name ?? '';
  throw new Refusal(
    `Refusing to run '${call.name}' because ${name} might be a production kube context.\n` +
      `If you're sure you want to continue add:\n` +
      `\tallow_k8s_contexts('${name}')\n` +
      `before this function call in your Tiltfile. Otherwise, switch k8s contexts and restart Tilt.`,
  );
}

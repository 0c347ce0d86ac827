import type { Pod, Workload } from '../clients/kubernetes/objects.ts';
import { isController, judgeController } from './controller-verdict.ts';
import { judgeCustom } from './custom-verdict.ts';
import { judgeJob } from './job-verdict.ts';
import type { PodContext } from './pod-trouble.ts';
import { judgePods } from './pods-verdict.ts';
import { judgeGone, pending, type Root, type Verdict, type VerdictMode } from './verdict.ts';

/** Judges an object by its own status first, and by its pods where that does not tell enough. */
export function judge(root: Root, pods: readonly Pod[], mode: VerdictMode, context: PodContext): Verdict {
  const { kind, name } = root.ref;
  // It is done when it is applied: what its runs come to shows long after.
  if (kind === 'CronJob') return { kind: 'none' };
  if (kind === 'Job') return judgeJob(root, root.object as Workload | undefined, pods, mode, context);
  if (!isController(kind) && kind !== 'Pod') return judgeCustom(root, pods, mode, context);
  if (root.goneAt !== undefined) return judgeGone(root, root.goneAt, context.now);
  if (!root.object) return root.isHidden ? judgePods(pods, mode, context) : pending(`waiting for ${kind} "${name}"`);
  if (kind === 'Pod') return judgePods([root.object as Pod], mode, context);
  if (mode === 'succeeded') return pods.length === 0 ? pending('waiting for pod') : judgePods(pods, mode, context);
  return judgeController(root, root.object as Workload, pods, context);
}

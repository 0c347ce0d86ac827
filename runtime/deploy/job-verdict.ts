import type { Condition, Pod, Workload } from '../clients/kubernetes/objects.ts';
import { byAge } from './current-pods.ts';
import { podHealth } from './pod-health.ts';
import { NO_CONTEXT, type PodContext, type Trouble } from './pod-trouble.ts';
import { judgePods } from './pods-verdict.ts';
import {
  condition,
  failedBy,
  isTrouble,
  judgeGone,
  pending,
  type Root,
  type Verdict,
  type VerdictMode,
  waitingReason,
} from './verdict.ts';

/** Who queues Jobs sets them going itself; anyone else's suspended Job waits for a person. */
const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** A Job retries by itself: only its own conditions say that it has failed. */
export function judgeJob(
  root: Root,
  job: Workload | undefined,
  pods: readonly Pod[],
  mode: VerdictMode,
  context: PodContext,
): Verdict {
  if (!job && root.goneAt !== undefined) return judgeGone(root, root.goneAt, context.now);
  if (!job) return root.isHidden ? judgePods(pods, mode, context) : pending(`waiting for Job "${root.ref.name}"`);
  if (condition(job, 'Complete', 'True')) return { kind: 'succeeded' };
  const failed = condition(job, 'Failed', 'True');
  if (failed) return jobFailure(root, failed, pods);
  if (root.goneAt !== undefined) return judgeDeleted(root, job, pods, root.goneAt, context.now);
  // It is as it was asked to be, and nothing of it will run.
  if (job.spec?.suspend)
    return job.metadata.labels?.[QUEUE_LABEL] === undefined
      ? { kind: 'succeeded' }
      : pending('the Job is suspended, and waits in its queue');
  if (mode === 'job-ready') return pods.length === 0 ? pending('waiting for pod') : judgePods(pods, 'ready', context);
  return judgeTries(job, pods, context);
}

/** A Job that wants to be deleted after its end has ended, when its pods are known to have done their work. */
function judgeDeleted(root: Root, job: Workload, pods: readonly Pod[], goneAt: number, now: number): Verdict {
  const { ttlSecondsAfterFinished, completions = 1 } = job.spec ?? {};
  if (ttlSecondsAfterFinished === undefined) return judgeGone(root, goneAt, now);
  const done = pods.filter(({ status }) => status?.phase === 'Succeeded').length;
  if (done >= completions) return { kind: 'succeeded' };
  const crash = pods.map(crashOf).find((found) => found !== undefined);
  const words = crash ? `: ${crash.message}` : '';
  return failedBy(`Job "${root.ref.name}" was deleted before its end was seen${words}`, false);
}

function judgeTries(job: Workload, pods: readonly Pod[], context: PodContext): Verdict {
  const judged = pods.map((pod) => ({ pod, health: podHealth(pod, context) }));
  const healths = judged.map(({ health }) => health);
  const stuck = judged.find(({ health }) => isTrouble(health) && !health.trouble.crashed && !health.trouble.podFailed);
  if (stuck && isTrouble(stuck.health)) return { kind: 'failed', trouble: stuck.health.trouble, pod: stuck.pod };
  const recheckAt = healths.flatMap((health) => (health.kind === 'pending' && health.recheckAt) || [])[0];
  const restarting = healths.find((health) => isTrouble(health) && !health.trouble.podFailed);
  if (restarting && isTrouble(restarting)) return pending(`the Job tries again: ${restarting.trouble.message}`);
  const tries = job.status?.failed ?? 0;
  if (tries > 0) return pending(`${tries} of ${(job.spec?.backoffLimit ?? 6) + 1} tries failed`, recheckAt);
  const completions = job.spec?.completions ?? 1;
  if (completions > 1) return pending(`${job.status?.succeeded ?? 0} of ${completions} pods have completed`, recheckAt);
  const runs = healths.some(({ kind }) => kind === 'ready');
  return pending(runs ? 'the Job is running' : waitingReason(healths, 'waiting for pod'), recheckAt);
}

function jobFailure(root: Root, { reason, message }: Condition, pods: readonly Pod[]): Verdict {
  const newest = [...pods].sort(byAge).reverse();
  const ended = newest.find((pod) => crashOf(pod) !== undefined);
  const crash = ended && crashOf(ended);
  const why = [reason, message].filter(Boolean).join(': ');
  const words = `Job "${root.ref.name}" failed${why === '' ? '' : ` (${why})`}`;
  if (!crash) return failedBy(words, false);
  return { kind: 'failed', trouble: { ...crash, message: `${words}: ${crash.message}`, mayHeal: false }, pod: ended };
}

function crashOf(pod: Pod): Trouble | undefined {
  // A pod whose Job has given up is taken away; how it ended still counts.
  const { deletionTimestamp: _, ...metadata } = pod.metadata;
  const health = podHealth({ ...pod, metadata }, NO_CONTEXT);
  return isTrouble(health) && health.trouble.crashed ? health.trouble : undefined;
}

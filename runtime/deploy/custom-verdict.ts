import { groupOf, isBuiltIn } from '../clients/kubernetes/built-in-groups.ts';
import type { Condition, Pod, Workload } from '../clients/kubernetes/objects.ts';
import type { PodContext } from './pod-trouble.ts';
import { judgePods } from './pods-verdict.ts';
import { condition, failedBy, judgeGone, pending, type Root, type Verdict, type VerdictMode } from './verdict.ts';

const READY = ['Ready', 'Available'];
const DONE = ['Succeeded', 'Complete', 'Completed'];
// How long a controller may take to say its first word.
const FIRST_STATUS_MS = 3_000;

/** Whether objects of the version may have conditions that say how they do: custom resources, and servers of further APIs. */
export function hasConditions(apiVersion: string): boolean {
  return !isBuiltIn(apiVersion) || groupOf(apiVersion) === 'apiregistration.k8s.io';
}

/** An object of a kind that is not known here: by its conditions where it has telling ones, and by its pods. */
export function judgeCustom(root: Root, pods: readonly Pod[], mode: VerdictMode, context: PodContext): Verdict {
  const byPods = pods.length > 0 ? judgePods(pods, mode, context) : undefined;
  if (byPods?.kind === 'failed') return byPods;
  if (hasConditions(root.ref.apiVersion) && !root.isHidden) {
    const { kind, name } = root.ref;
    if (root.goneAt !== undefined) return judgeGone(root, root.goneAt, context.now);
    if (!root.object) return pending(`waiting for ${kind} "${name}"`);
    const byConditions = judgeConditions(root, root.object as Workload, mode, context.now);
    if (byConditions) return byConditions;
  }
  return byPods ?? (root.makesPods ? pending('waiting for pod') : { kind: 'none' });
}

function judgeConditions(root: Root, object: Workload, mode: VerdictMode, now: number): Verdict | undefined {
  const generation = object.metadata.generation ?? 0;
  const { observedGeneration = generation, conditions } = object.status ?? {};
  const what = `${root.ref.kind} "${root.ref.name}"`;
  if (generation < root.generation || observedGeneration < generation)
    return pending(`${what} waits for its controller`);
  if (conditions === undefined) return waitForFirst(object, what, now);
  const stalled = condition(object, 'Stalled', 'True') ?? condition(object, 'Failed', 'True');
  if (stalled) return failedBy(`${what} failed: ${wordsOf(stalled)}`, stalled.type === 'Stalled');
  return mode === 'succeeded' ? whetherDone(what, conditions) : whetherReady(what, generation, conditions);
}

function waitForFirst(object: Workload, what: string, now: number): Verdict | undefined {
  const until = Date.parse(object.metadata.creationTimestamp ?? '') + FIRST_STATUS_MS;
  return now < until ? pending(`${what} waits for its controller`, until) : undefined;
}

function whetherReady(what: string, generation: number, conditions: readonly Condition[]): Verdict | undefined {
  const found = firstOf(READY, conditions);
  if (!found) return undefined;
  if ((found.observedGeneration ?? generation) < generation) return pending(`${what} waits for its controller`);
  return found.status === 'True' ? { kind: 'ready' } : pending(`${what} is not ready: ${wordsOf(found)}`);
}

function whetherDone(what: string, conditions: readonly Condition[]): Verdict | undefined {
  const found = firstOf(DONE, conditions);
  if (!found) return undefined;
  if (found.status === 'True') return { kind: 'succeeded' };
  const hasFailed = found.status === 'False' && found.type === 'Succeeded';
  return hasFailed ? failedBy(`${what} failed: ${wordsOf(found)}`, false) : pending(`${what}: ${wordsOf(found)}`);
}

function firstOf(types: readonly string[], conditions: readonly Condition[]): Condition | undefined {
  for (const type of types) {
    const found = conditions.find((item) => item.type === type);
    if (found) return found;
  }
  return undefined;
}

function wordsOf({ type, status, reason, message }: Condition): string {
  return message?.trim() || reason || `${type} is ${status}`;
}

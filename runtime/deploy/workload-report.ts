import type { PodReadiness } from '../../stdlib/model/kubernetes.ts';
import type { SourcePosition } from '../../stdlib/model/position.ts';
import type { Pod } from '../clients/kubernetes/objects.ts';
import { failure } from '../state/failure.ts';
import type { WorkloadReport, WorkloadState } from '../state/workload.ts';
import { byAge, currentPods } from './current-pods.ts';
import { podRestarts, podStatus } from './pod-status.ts';
import type { PodContext } from './pod-trouble.ts';
import { judgePods } from './pods-verdict.ts';
import type { Root, Verdict, VerdictMode } from './verdict.ts';
import { judge } from './workload-verdict.ts';

export interface OwnedPod {
  readonly pod: Pod;
  /** The uid of the applied object that it belongs to; empty when an extra selector found it. */
  readonly rootUid: string;
}

/** All that decides how a resource does. */
export interface WorkloadView extends PodContext {
  readonly position: SourcePosition | undefined;
  readonly podReadiness: PodReadiness;
  readonly roots: readonly Root[];
  readonly pods: readonly OwnedPod[];
  /** Further pods are expected by selectors. */
  readonly selectsPods: boolean;
  /** Only those that selectors find count: how the objects do says nothing. */
  readonly countsSelectedOnly: boolean;
  /** The last lines that a container wrote before it ended. */
  lastLines(podUid: string, container: string): readonly string[];
}

export interface TimedReport {
  readonly report: WorkloadReport;
  /** When to look again although nothing changes; milliseconds since the epoch. */
  readonly recheckAt: number | undefined;
  /** The pod whose end is reported, whose log should be read to the end before. */
  readonly endedPods: readonly Pod[];
}

/** How a resource does, from the objects in the cluster. */
export function reportWorkload(view: WorkloadView): TimedReport {
  const shown = newestPod(view);
  const verdicts = view.podReadiness === 'ignore' ? [] : judgeAll(view);
  const failed = verdicts.filter((verdict) => verdict.kind === 'failed');
  // What cannot heal decides.
  const worst = failed.find(({ trouble }) => !trouble.mayHeal) ?? failed[0];
  const state = combine(view, verdicts, worst);
  const times = verdicts.flatMap((verdict) => ('recheckAt' in verdict && verdict.recheckAt ? [verdict.recheckAt] : []));
  return {
    report: {
      state,
      podName: shown?.metadata.name ?? '',
      podStatus: shown ? podStatus(shown) : '',
      restarts: shown ? podRestarts(shown) : 0,
    },
    recheckAt: times.length === 0 ? undefined : Math.min(...times),
    endedPods: endedPods(view, state, worst),
  };
}

function judgeAll(view: WorkloadView): readonly Verdict[] {
  const mode = verdictMode(view);
  const podsOf = (uid: string) => view.pods.filter(({ rootUid }) => rootUid === uid).map(({ pod }) => pod);
  const roots = view.countsSelectedOnly ? [] : view.roots;
  const verdicts = roots.map((root) => judge(root, podsOf(root.ref.uid), mode, view));
  const selected = podsOf('');
  if (selected.length > 0) return [...verdicts, judgePods(selected, mode, view)];
  const nothingElse = verdicts.every((verdict) => verdict.kind === 'none');
  return view.selectsPods && nothingElse ? [...verdicts, { kind: 'pending', reason: 'waiting for pod' }] : verdicts;
}

function verdictMode({ podReadiness, roots }: WorkloadView): VerdictMode {
  if (podReadiness === 'succeeded') return 'succeeded';
  const makers = roots.filter(({ ref }) => MAKERS.has(ref.kind));
  // Only who asks for it gets a Job that counts as running when its pods are ready.
  return makers.length > 0 && makers.every(({ ref }) => ref.kind === 'Job') ? 'job-ready' : 'ready';
}

const MAKERS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Pod']);

function combine(
  view: WorkloadView,
  verdicts: readonly Verdict[],
  worst: (Verdict & { kind: 'failed' }) | undefined,
): WorkloadState {
  if (worst) {
    const { trouble, pod } = worst;
    const lines = pod && trouble.crashed ? view.lastLines(pod.metadata.uid, trouble.container) : [];
    const words = trouble.lastWords.trim();
    const details = words === '' || lines.includes(words) ? lines : [...lines, ...words.split('\n')];
    return {
      status: 'failed',
      failure: failure('workload', trouble.message, details, view.position),
      mayHeal: trouble.mayHeal,
    };
  }
  const waiting = verdicts.find((verdict) => verdict.kind === 'pending');
  if (waiting) return { status: 'pending', reason: waiting.reason };
  const telling = verdicts.filter((verdict) => verdict.kind !== 'none');
  const over = telling.length > 0 && telling.every((verdict) => verdict.kind === 'succeeded');
  return { status: over ? 'succeeded' : 'ready' };
}

function endedPods(
  view: WorkloadView,
  state: WorkloadState,
  worst: (Verdict & { kind: 'failed' }) | undefined,
): readonly Pod[] {
  if (worst?.pod) return [worst.pod];
  return state.status === 'succeeded' ? view.pods.map(({ pod }) => pod) : [];
}

/** The newest pod of the applied version that stays. */
function newestPod({ roots, pods }: WorkloadView): Pod | undefined {
  const all = [...pods].sort((a, b) => byAge(a.pod, b.pod)).map(({ pod }) => pod);
  const current = roots.flatMap((root) =>
    currentPods(
      root,
      pods.filter(({ rootUid }) => rootUid === root.ref.uid).map(({ pod }) => pod),
    ),
  );
  const staying = (list: readonly Pod[]) => list.filter((pod) => !pod.metadata.deletionTimestamp);
  const fresh = all.filter((pod) => current.includes(pod));
  return staying(fresh).at(-1) ?? staying(all).at(-1) ?? all.at(-1);
}

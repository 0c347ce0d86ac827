import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { createDeployer, type Deployer } from '../../../runtime/deploy/deployer.ts';
import type { Deployed, Output, Running } from '../../../runtime/engine/ports.ts';
import type { Result } from '../../../runtime/state/failure.ts';
import type { PodReport } from '../../../runtime/state/pod-report.ts';
import type { WorkloadReport, WorkloadState } from '../../../runtime/state/workload.ts';
import type { Json, KubernetesObject } from '../../../stdlib/model/kubernetes.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';
import { kubernetes } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

export const BUSYBOX = '127.0.0.1:5000/tilt-ts-test/busybox:latest';
const SETTINGS = { allowedContexts: [], defaultRegistry: undefined };
const POD_SECONDS = 60_000;

/** A namespace of the test's own in a real cluster, and what the deployer says about it. */
export class ClusterRig {
  readonly client: KubernetesClient;
  readonly deployer: Deployer;
  readonly namespace: string;
  readonly #watches: Watched[] = [];

  private constructor(client: KubernetesClient, namespace: string) {
    this.client = client;
    this.deployer = createDeployer(client);
    this.namespace = namespace;
  }

  static async create(name: string): Promise<ClusterRig> {
    docker('tag', 'busybox', BUSYBOX);
    docker('push', '-q', BUSYBOX);
    const rig = new ClusterRig(new KubernetesClient(), `tilt-ts-${name}-${process.pid}`);
    const connected = await rig.deployer.connect(SETTINGS);
    assert.ok(connected.ok, connected.ok ? '' : connected.failure.message);
    await rig.client.json('/api/v1/namespaces', {
      method: 'POST',
      body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: rig.namespace } }),
    });
    return rig;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.stop()));
    await this.client.json(`/api/v1/namespaces/${this.namespace}`, { method: 'DELETE' });
    await this.client.close();
  }

  /** In the rig's namespace. */
  object(
    apiVersion: string,
    kind: string,
    name: string,
    more: { readonly [key: string]: Json } = {},
  ): KubernetesObject {
    const metadata = { name, namespace: this.namespace };
    return { apiVersion, kind, name, namespace: this.namespace, body: { apiVersion, kind, metadata, ...more } };
  }

  deployment(
    name: string,
    script: string,
    more: { replicas?: number; container?: Record<string, Json>; pod?: Record<string, Json> } = {},
  ) {
    const labels = { app: name };
    return this.object('apps/v1', 'Deployment', name, {
      spec: {
        replicas: more.replicas ?? 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec(script, more.container, more.pod) },
      },
    });
  }

  job(name: string, script: string, backoffLimit = 0, more: { readonly [key: string]: Json } = {}): KubernetesObject {
    return this.object('batch/v1', 'Job', name, {
      spec: { backoffLimit, template: { spec: { ...podSpec(script), restartPolicy: 'Never', ...more } } },
    });
  }

  async apply(resource: KubernetesResource): Promise<{ readonly result: Result<Deployed>; readonly log: string }> {
    const output = new TextOutput();
    const request = { resource, images: [], timeoutMs: 30_000 };
    const result = await this.deployer.apply(request, output, new AbortController().signal);
    return { result, log: output.text };
  }

  /** Applies, which must succeed, and watches. */
  async deploy(
    name: string,
    objects: readonly KubernetesObject[],
    more: Partial<KubernetesResource> = {},
  ): Promise<Watched> {
    const resource = kubernetes(name, { objects, ...more });
    const { result, log } = await this.apply(resource);
    assert.ok(result.ok, result.ok ? '' : `${result.failure.message}\n${result.failure.details.join('\n')}\n${log}`);
    const watched = new Watched(this.deployer, resource, result.value, log);
    this.#watches.push(watched);
    return watched;
  }

  async delete(deployed: Deployed): Promise<string> {
    const output = new TextOutput();
    const result = await this.deployer.delete(deployed.objects, output, new AbortController().signal);
    assert.ok(result.ok, result.ok ? '' : result.failure.message);
    return output.text;
  }

  async pods(): Promise<
    readonly {
      readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
    }[]
  > {
    const list = await this.client.json<{ items: [] }>(`/api/v1/namespaces/${this.namespace}/pods`);
    return list.items;
  }

  async deletePod(name: string): Promise<void> {
    await this.client.json(`/api/v1/namespaces/${this.namespace}/pods/${name}`, { method: 'DELETE' });
  }
}

export function podSpec(
  script: string,
  container: Record<string, Json> = {},
  pod: Record<string, Json> = {},
): Record<string, Json> {
  return {
    terminationGracePeriodSeconds: 0,
    containers: [
      { name: 'main', image: BUSYBOX, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script], ...container },
    ],
    ...pod,
  };
}

class TextOutput implements Output {
  text = '';
  write(text: string): void {
    this.text += text;
  }
}

/** Everything that a watch has said. */
export class Watched {
  readonly deployed: Deployed;
  readonly applyLog: string;
  readonly resource: KubernetesResource;
  readonly reports: WorkloadReport[] = [];
  readonly logs: { readonly pod: string; readonly container: string; readonly text: string }[] = [];
  readonly notes: string[] = [];
  pods: readonly PodReport[] = [];
  readonly #running: Running;

  constructor(deployer: Deployer, resource: KubernetesResource, deployed: Deployed, applyLog: string) {
    this.deployed = deployed;
    this.applyLog = applyLog;
    this.resource = resource;
    this.#running = deployer.watch(resource, deployed, {
      workload: (report) => void this.reports.push(report),
      pods: (pods) => {
        this.pods = pods;
      },
      log: (pod, container, text) => void this.logs.push({ pod, container, text }),
      note: (text) => void this.notes.push(text),
    });
  }

  get last(): WorkloadReport | undefined {
    return this.reports.at(-1);
  }

  get lines(): readonly string[] {
    return this.logs.map(({ text }) => text);
  }

  /** Waits until the resource is in a state; answers the report. */
  async until<S extends WorkloadState['status']>(
    status: S,
  ): Promise<WorkloadReport & { readonly state: { readonly status: S } }> {
    await this.untilTrue(() => this.last?.state.status === status, `the state ${status}`);
    return this.last as WorkloadReport & { readonly state: { readonly status: S } };
  }

  async untilTrue(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    try {
      await pollUntil(condition, POD_SECONDS, what);
    } catch (error) {
      throw new Error(
        `${String(error)}\n${JSON.stringify(this.reports.slice(-5), null, 1)}\n${this.notes.join('\n')}\n${this.lines.slice(-20).join('\n')}`,
      );
    }
  }

  async stop(): Promise<void> {
    await this.#running.stop();
  }
}

/** A state of `failed`, whole. */
export function failedState(report: WorkloadReport): WorkloadState & { readonly status: 'failed' } {
  assert.equal(report.state.status, 'failed', JSON.stringify(report));
  return report.state as WorkloadState & { readonly status: 'failed' };
}

function docker(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8', timeout: 60_000 });
  assert.equal(status, 0, `docker ${args.join(' ')}: ${stderr}`);
}

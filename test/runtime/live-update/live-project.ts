import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { deployment, type Fields, kubectl } from '../../support/cluster-project.ts';
import { pollUntil } from '../../support/poll.ts';
import { makeProject, type RunningProgram, startProgram } from '../../support/program.ts';

/** A project whose Deployment `web` runs an image of its own, in a namespace of its own. */
export class LiveProject {
  readonly cwd: string;
  readonly namespace: string;
  /** The image of the project; `$IMAGE` in its files. */
  readonly image: string;
  readonly #test: TestContext;

  private constructor(test: TestContext, cwd: string, namespace: string, image: string) {
    this.#test = test;
    this.cwd = cwd;
    this.namespace = namespace;
    this.image = image;
  }

  /** `files` beside `Dockerfile` and `www/index.html`, which there are by default. */
  static async create(
    test: TestContext,
    tiltfile: string,
    files: Readonly<Record<string, string>> = {},
    objects: (image: string) => readonly Fields[] = (image) => [web(image)],
  ): Promise<LiveProject> {
    const id = randomUUID().slice(0, 8);
    const [namespace, image] = [`tilt-ts-live-${id}`, `tilt-ts-live/web-${id}`];
    await kubectl('create', 'namespace', namespace);
    test.after(() => kubectl('delete', 'namespace', namespace, '--wait=false'));
    test.after(() => removeImages(image));
    const written = Object.entries({
      Dockerfile: 'FROM busybox\nCOPY www /www\n',
      'www/index.html': 'one',
      'objects.yaml': objects(image)
        .map((object) => JSON.stringify(object))
        .join('\n---\n'),
      'Tiltfile.js': `k8s_yaml('objects.yaml');\n${tiltfile}`,
      ...files,
    }).map(([name, text]) => [name, text.replaceAll('$IMAGE', image)] as const);
    return new LiveProject(test, makeProject(test, Object.fromEntries(written)), namespace, image);
  }

  file(name: string): string {
    return path.join(this.cwd, name);
  }

  /** Starts `up` and waits until `pods` pods are ready and followed. */
  async up(
    pods = 1,
    env: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Promise<RunningProgram> {
    const program = startProgram(this.#test, ['up', '--namespace', this.namespace, ...flags], { cwd: this.cwd, env });
    await program.waitFor(/DONE IN/, 60_000);
    await this.untilReady(pods);
    return program;
  }

  async untilReady(pods: number): Promise<void> {
    await pollUntil(async () => (await this.pods()).length === pods, 60_000, `${pods} ready pods`);
  }

  /** Names of the pods that are ready and stay. */
  async pods(): Promise<readonly string[]> {
    const list = JSON.parse(await kubectl('get', 'pods', '-n', this.namespace, '-o', 'json')) as {
      readonly items: readonly {
        readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
        readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
      }[];
    };
    return list.items
      .filter(({ metadata, status }) => {
        const isReady = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
        return isReady === true && metadata.deletionTimestamp === undefined;
      })
      .map(({ metadata }) => metadata.name);
  }

  /** What a command in a pod prints, with what went wrong; the only pod when none is named. */
  async sh(script: string, pod?: string, container = 'main'): Promise<string> {
    const name = pod ?? (await this.pods())[0] ?? 'none';
    return kubectl('exec', '-n', this.namespace, name, '-c', container, '--', 'sh', '-c', script).catch(
      (error: Error) => error.message,
    );
  }

  async untilSh(script: string, expected: string, pod?: string): Promise<void> {
    let last = '';
    const isThere = async (): Promise<boolean> => {
      last = (await this.sh(script, pod)).trim();
      return last === expected;
    };
    await pollUntil(isThere, 30_000, `"${script}" printing "${expected}"`).catch((error: Error) => {
      throw new Error(`${error.message}; it printed "${last}"`);
    });
  }
}

export const SERVE = 'while true; do sleep 1; done';

export function web(image: string, container: Fields = {}, spec: Fields = {}, pod: Fields = {}): Fields {
  const main = { name: 'main', image, command: ['sh', '-c', `trap exit TERM; ${SERVE}`], ...container };
  return deployment('web', { terminationGracePeriodSeconds: 0, containers: [main], ...pod }, spec);
}

function removeImages(image: string): void {
  const name = image.slice(image.lastIndexOf('/') + 1);
  const refs = execFileSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' })
    .split('\n')
    .filter((ref) => ref.includes(name));
  if (refs.length > 0) execFileSync('docker', ['rmi', '-f', ...refs], { stdio: 'ignore' });
}

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { makeProject } from './program.ts';

/** Programs that stand in for kind, k3d, minikube and docker: what they are told is written down, and they remember what they made. */
export interface FakeClusterTools {
  readonly folder: string;
  /** The environment in which they are found. */
  readonly env: Readonly<Record<string, string>>;
  /** What was run so far; parts that differ from run to run have other names. */
  calls(): readonly string[];
  /** Clusters and registries that are there. */
  left(): readonly string[];
  /** Objects that were made in the cluster. */
  readonly made: unknown[];
  /** Lets calls that begin so wait until they are released or ended. */
  hold(call: 'kind create' | 'kind delete'): void;
  release(): void;
}

const SCRIPTS = {
  kind: `
name() { while [ $# -gt 0 ]; do [ "$1" = --name ] && echo "$2"; shift; done; }
case "$1 $2" in
  'get clusters') ls "$state/clusters" ;;
  'create cluster')
    cat >"$state/config"
    echo "Creating cluster \\"$(name "$@")\\" ..." >&2
    mkdir "$state/clusters/$(name "$@")" || exit 1
    hold create
    while [ $# -gt 0 ]; do [ "$1" = --kubeconfig ] && cp "$state/kubeconfig" "$2"; shift; done ;;
  'delete cluster') hold delete; rm -rf "$state/clusters/$(name "$@")" ;;
  'get nodes') echo "$(name "$@")-control-plane" ;;
  'get kubeconfig') cat "$state/kubeconfig" ;;
esac`,
  docker: `
case "$1" in
  run) while [ $# -gt 0 ]; do [ "$1" = --name ] && touch "$state/registries/$2"; shift; done ;;
  port) echo '127.0.0.1:49321' ;;
  ps) ls "$state/registries" | grep -- "-registry-\${5##*=}-" ;;
  rm) shift 3; for name; do rm "$state/registries/$name"; done ;;
  exec) cat >>"$state/calls" ;;
esac; true`,
  k3d: `
case "$1 $2" in
  'cluster list') for name in $(ls "$state/clusters"); do echo "$name   1/1   0/0   true"; done ;;
  'cluster create') echo "INFO[0000] Creating $3"; mkdir "$state/clusters/$3" ;;
  'cluster delete') rm -r "$state/clusters/$3" ;;
  'kubeconfig get') cat "$state/kubeconfig" ;;
esac`,
  minikube: `
case "$1" in
  profile) [ -z "$(ls "$state/clusters")" ] && { echo '{"error":{"Op":"open","Err":2}}'; exit 14; }
    printf '{"invalid":[],"valid":[{"Name":"%s"}]}' "$(ls "$state/clusters")" ;;
  start) mkdir "$state/clusters/$3"; cp "$state/kubeconfig" "$KUBECONFIG" ;;
  update-context) cp "$state/kubeconfig" "$KUBECONFIG" ;;
  delete) rm -r "$state/clusters/$3" ;;
esac`,
};

/** `before` is put in front of a tool's own words, to let it fail. */
export async function fakeClusterTools(
  t: TestContext,
  before: Partial<Record<keyof typeof SCRIPTS, string>> = {},
): Promise<FakeClusterTools> {
  const made: unknown[] = [];
  const folder = makeProject(t, {});
  const state = path.join(folder, 'fake');
  for (const name of ['clusters', 'registries', 'bin']) mkdirSync(path.join(state, name), { recursive: true });
  writeFileSync(path.join(state, 'calls'), '');
  writeFileSync(path.join(state, 'kubeconfig'), kubeconfig(await startApi(t, made)));
  const hold = 'hold() { while [ "$(cat "$state/hold" 2>/dev/null)" = "kind $1" ]; do sleep 0.05; done; }';
  for (const [name, script] of Object.entries(SCRIPTS)) {
    const file = path.join(state, 'bin', name);
    const head = `#!/bin/sh\nstate='${state}'\n${hold}\necho "${name} $*" >>"$state/calls"`;
    writeFileSync(file, `${head}\n${before[name as keyof typeof SCRIPTS] ?? ''}\n${script}\n`);
    chmodSync(file, 0o755);
  }
  t.after(() => rmSync(path.join(state, 'hold'), { force: true }));
  return {
    folder,
    env: {
      PATH: `${path.join(state, 'bin')}:${process.env.PATH}`,
      TILT_TS_STATE: path.join(folder, 'state'),
      DOCKER_HOST: '',
      DOCKER_CONFIG: path.join(folder, 'docker'),
    },
    calls: () =>
      readFileSync(path.join(state, 'calls'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/(registry-\w+)-[\da-f]{8}/g, '$1-ID').replace(/\S+\.kubeconfig/, 'FILE')),
    left: () => ['clusters', 'registries'].flatMap((name) => readdirSync(path.join(state, name))),
    made,
    hold: (call) => writeFileSync(path.join(state, 'hold'), call),
    release: () => rmSync(path.join(state, 'hold'), { force: true }),
  };
}

/** What the program keeps of clusters, by the names of its files. */
export function kept({ env }: FakeClusterTools): readonly string[] {
  const folder = path.join(env.TILT_TS_STATE ?? '', 'clusters');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** A cluster that knows no object, and takes new ones. */
async function startApi(t: TestContext, made: unknown[]): Promise<number> {
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"reason":"NotFound"}');
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      made.push(JSON.parse(text));
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

function kubeconfig(port: number): string {
  return `apiVersion: v1
kind: Config
current-context: kind-x
clusters: [{name: kind-x, cluster: {server: "http://127.0.0.1:${port}"}}]
contexts: [{name: kind-x, context: {cluster: kind-x, user: u}}]
users: [{name: u, user: {token: s3cr3t}}]
`;
}

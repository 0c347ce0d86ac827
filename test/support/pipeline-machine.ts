import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, type TestContext } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A part of a pipeline's file that a shell runs. */
export interface ShellPart {
  readonly shell: readonly [string, ...string[]];
  readonly script: string;
}

/** A machine as pipelines find it: it can download kind and Node, and install this package, without leaving this machine. */
export interface PipelineMachine {
  run(part: ShellPart, cwd: string): Promise<{ readonly code: number; readonly output: string }>;
  /** Clusters that are there. */
  clusters(): readonly string[];
}

let installed: string | undefined;
after(() => {
  if (installed !== undefined) rmSync(installed, { recursive: true, force: true });
});

/** The package as npm would publish it, installed in a folder; once for all tests of a file. */
function installPackage(): string {
  if (installed !== undefined) return installed;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-pack-'));
  installed = folder;
  const npm = (...args: readonly string[]): string =>
    execFileSync('npm', [...args, '--silent'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const packed = npm('pack', '--ignore-scripts', '--pack-destination', folder).trim();
  npm('install', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', path.join(folder, packed));
  return folder;
}

/**
 * `env` are the variables that the system itself sets; `hasKind`: kind is there before. The one cluster at hand stands in for each
 * that is made, with a namespace of its own.
 */
export function pipelineMachine(
  t: TestContext,
  { env, hasKind = false }: { readonly env: Readonly<Record<string, string>>; readonly hasKind?: boolean },
): PipelineMachine {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-pipeline-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clusters = path.join(folder, 'clusters');
  for (const name of [clusters, path.join(folder, 'bin'), path.join(folder, 'global/bin'), path.join(folder, 'home')])
    mkdirSync(name, { recursive: true });
  const script = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\nset -e\n${text}`);
    chmodSync(file, 0o755);
    return file;
  };
  const kind = script('downloads/kind', kindText(clusters, process.env.KUBECONFIG ?? ''));
  if (hasKind) copyFileSync(kind, path.join(folder, 'bin/kind'));
  const npm = npmText(installPackage(), path.join(folder, 'global'));
  script('bin/npm', npm);
  script('downloads/node/bin/npm', npm);
  script('bin/apk', '[ "$1" = add ]');
  script(
    'bin/curl',
    `case "$*" in *http://localhost:*) PATH='${process.env.PATH}' exec curl "$@" ;; esac
for last; do :; done
while [ $# -gt 0 ]; do [ "$1" = --output ] && file=$2; shift; done
case "$last" in
  https://kind.sigs.k8s.io/dl/v*/kind-linux-amd64) cp '${kind}' "$file" ;;
  https://nodejs.org/dist/v*/node-v*-linux-x64.tar.xz) tar --create --xz --directory '${folder}/downloads' node ;;
  *) echo "curl: (22) $last" >&2; exit 22 ;;
esac`,
  );
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GITHUB_|GITLAB_|CI$)/.test(name))),
    PATH: [`${folder}/bin`, `${folder}/global/bin`, withoutKind(process.env.PATH ?? '')].join(path.delimiter),
    HOME: path.join(folder, 'home'),
    KUBECONFIG: path.join(folder, 'nothing'),
    DOCKER_CONFIG: path.join(folder, 'docker'),
    BASH_ENV: path.join(folder, 'bash-env'),
    NO_COLOR: '1',
    ...env,
  };
  writeFileSync(environment.BASH_ENV, '');
  return {
    clusters: () => readdirSync(clusters),
    run: ({ shell: [program, ...args], script: text }, cwd) =>
      new Promise((resolve) => {
        const child = spawn(program, [...args, text], { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (chunk: string) => {
            output += chunk;
          });
        child.once('close', (code) => resolve({ code: code ?? -1, output }));
      }),
  };
}

/** Each name is a namespace of the cluster at hand; nothing is left of it when it is deleted. */
function kindText(clusters: string, kubeconfig: string): string {
  return `export KUBECONFIG='${kubeconfig}'
while [ $# -gt 0 ]; do case $1 in
  --name) name=$2; shift 2 ;; --kubeconfig) file=$2; shift 2 ;; --config|--wait) shift 2 ;; *) words="$words $1"; shift ;;
esac; done
case $words in
  ' get clusters') ls '${clusters}' ;;
  ' create cluster')
    kubectl create namespace "$name" >&2
    touch "${clusters}/$name"
    cp "$KUBECONFIG" "$file"
    kubectl --kubeconfig "$file" config set-context --current --namespace "$name" >&2 ;;
  ' delete cluster') kubectl delete namespace "$name" --wait=false >&2; rm "${clusters}/$name" ;;
  *) echo "kind:$words" >&2; exit 1 ;;
esac
`;
}

/** Installs what `installPackage` made where npm would put it, and nothing else. */
function npmText(from: string, global: string): string {
  return `case "$*" in
  'install --global tilt-ts') ln -s '${from}/node_modules/.bin/tilt-ts' '${global}/bin/tilt-ts' ;;
  'install --prefix '*' --no-save tilt-ts') ln -s '${from}/node_modules' "$3/node_modules" ;;
  *) echo "npm: $*" >&2; exit 1 ;;
esac
`;
}

function withoutKind(searched: string): string {
  return searched
    .split(path.delimiter)
    .filter((folder) => !existsSync(path.join(folder, 'kind')))
    .join(path.delimiter);
}

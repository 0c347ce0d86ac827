import { spawnSync } from 'node:child_process';

/** Parts of the real world that a test may need. */
export type Part =
  | 'docker'
  | 'compose'
  | 'cluster'
  | 'busybox'
  | 'deno'
  | 'helm'
  | 'kustomize'
  | 'kind'
  | 'git'
  | 'ssh'
  | 'openssl'
  | 'kubectl'
  | 'chromium';

const CHECKS: Readonly<Record<Part, { readonly argv: readonly string[]; readonly missing: string }>> = {
  docker: { argv: ['docker', 'info'], missing: 'no Docker engine answers' },
  compose: { argv: ['docker', 'compose', 'version'], missing: 'Docker has no Compose plugin' },
  cluster: {
    argv: ['kubectl', 'get', '--raw', '/readyz', '--request-timeout=5s'],
    missing: 'no Kubernetes cluster answers',
  },
  busybox: { argv: ['docker', 'image', 'inspect', 'busybox'], missing: 'the Docker engine has no image "busybox"' },
  kubectl: { argv: ['kubectl', 'version', '--client'], missing: 'kubectl is not installed' },
  chromium: { argv: ['/usr/bin/chromium', '--version'], missing: 'there is no /usr/bin/chromium' },
  openssl: { argv: ['openssl', 'version'], missing: 'openssl is not installed' },
  ssh: { argv: ['sh', '-c', 'command -v ssh-keygen && command -v ssh-add'], missing: 'OpenSSH is not installed' },
  git: { argv: ['git', '--version'], missing: 'git is not installed' },
  deno: { argv: ['deno', '--version'], missing: 'deno is not installed' },
  helm: { argv: ['helm', 'version'], missing: 'helm is not installed' },
  kind: {
    argv: ['sh', '-c', 'kind get clusters | grep -qx kind'],
    missing: 'kind has no cluster "kind"',
  },
  kustomize: { argv: ['kustomize', 'version'], missing: 'kustomize is not installed' },
};

const answers = new Map<Part, string | false>();

/**
 * For the `skip` option of a test: why it must be skipped, or `false`. In CI nothing is skipped: the test runs and fails.
 */
export function skipWithout(...parts: readonly Part[]): string | false {
  if (process.env.CI === 'true') return false;
  for (const part of parts) {
    let answer = answers.get(part);
    if (answer === undefined) {
      const { argv, missing } = CHECKS[part];
      const [program = '', ...args] = argv;
      answer = spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0 ? false : missing;
      answers.set(part, answer);
    }
    if (answer !== false) return answer;
  }
  return false;
}

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Workplace } from './measure.ts';

/** A cluster that is local by its name and that nobody can reach: no measure needs one. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: kind-bench, cluster: { server: 'http://127.0.0.1:1' } }]
users: [{ name: kind-bench, user: {} }]
contexts: [{ name: kind-bench, context: { cluster: kind-bench, user: kind-bench } }]
current-context: kind-bench
`;

/** A temporary folder with a home of its own, so that no program meets what a person has set up. */
export function makeWorkplace(sample: string): Workplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-bench-'));
  const home = path.join(folder, 'home');
  const kubeconfig = path.join(folder, 'kubeconfig');
  mkdirSync(home);
  writeFileSync(kubeconfig, KUBECONFIG);
  const inherited = Object.entries(process.env).filter(([name]) => !/^(TILT_|XDG_|NODE_|npm_)/.test(name));
  return {
    folder,
    sample,
    environment: {
      ...Object.fromEntries(inherited),
      HOME: home,
      KUBECONFIG: kubeconfig,
      DO_NOT_TRACK: '1',
      TILT_DISABLE_ANALYTICS: '1',
    },
  };
}

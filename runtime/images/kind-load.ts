import os from 'node:os';
import type { Environment } from '../clients/docker/docker-config.ts';
import { runToEnd } from '../clients/process/run-to-end.ts';
import type { Output } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';
import { indentLines } from './format.ts';

export interface KindLoad {
  /** With tag, as the engine knows it. */
  readonly image: string;
  readonly clusterName: string;
}

const KEPT_LINES = 20;

/** Copies an image from the engine into the nodes of a kind cluster. */
export async function loadIntoKind(
  { image, clusterName }: KindLoad,
  environment: Environment,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  output.write(`     Loading image to KIND\n`);
  const argv = ['kind', 'load', 'docker-image', image, '--name', clusterName];
  const spec = { argv, dir: os.tmpdir(), env: environment };
  // Of each stream, so that half a line of one does not become part of the other's.
  const rest = { stdout: '', stderr: '' };
  const show = (text: string, stream: 'stdout' | 'stderr'): void => {
    const end = text.lastIndexOf('\n');
    if (end >= 0) output.write(`${indentLines(rest[stream] + text.slice(0, end), '     ')}\n`);
    rest[stream] = end >= 0 ? text.slice(end + 1) : rest[stream] + text;
  };
  const ended = await runToEnd(spec, show, signal);
  for (const stream of ['stdout', 'stderr'] as const) if (rest[stream] !== '') show('\n', stream);
  const head = `Cannot load "${image}" into the kind cluster "${clusterName}"`;
  if (signal.aborted) {
    return { ok: false, failure: failure('cancelled', `Loading "${image}" into the kind cluster was stopped`) };
  }
  if (!ended.ok) {
    const hint = 'Install kind (https://kind.sigs.k8s.io), or give the cluster a registry';
    const message =
      ended.error.code === 'ENOENT' ? `${head}: "kind" is not in PATH. ${hint}` : `${head}: ${ended.error.message}`;
    return { ok: false, failure: failure('image-push', message) };
  }
  if (ended.value.exitCode === 0) return { ok: true, value: undefined };
  const lines = [ended.value.stdout, ended.value.stderr].flatMap((bytes) =>
    Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean),
  );
  const end =
    ended.value.exitCode === null
      ? `was ended by ${ended.value.signal}`
      : `ended with exit code ${ended.value.exitCode}`;
  return { ok: false, failure: failure('image-push', `${head}: kind ${end}`, lines.slice(-KEPT_LINES)) };
}

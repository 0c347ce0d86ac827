import { setTimeout as sleep } from 'node:timers/promises';
import {
  familiarName,
  type ImageReference,
  parseImageReference,
  repositoryName,
} from '../../stdlib/model/image-reference.ts';
import { stringAt, valueAt } from '../clients/docker/docker-config.ts';
import type { DockerEngine, EngineMessage } from '../clients/docker/docker-engine.ts';
import { type RegistryLogin, registryAuthHeader } from '../clients/docker/registry-login.ts';
import type { Output } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';
import { engineFailure, streamedError } from './engine-failure.ts';
import { formatBytes } from './format.ts';

export interface PushRequest {
  /** With tag: `127.0.0.1:5000/example_web:tilt-0123456789abcdef`. */
  readonly pushRef: string;
  readonly imageId: string;
}

const INDENT = '     ';
const PROGRESS_PAUSE_MS = 2_000;
/** Between tries of a push. */
const PAUSES_MS = [1_000, 3_000];

/** Pushes an image, unless the registry already has the very same one under the very same name. */
export async function pushImage(
  engine: DockerEngine,
  request: PushRequest,
  findLogin: (registry: string) => Promise<RegistryLogin | undefined>,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { pushRef } = request;
  const parsed = parseImageReference(pushRef);
  if (!parsed.ok) {
    return { ok: false, failure: failure('image-push', `Cannot push "${pushRef}": ${parsed.message}`) };
  }
  const reference = parsed.value;
  const name = familiarName(reference);
  output.write(`${INDENT}Pushing with Docker client\n${INDENT}Authenticating to image repo: ${name}\n`);
  const headers = { 'X-Registry-Auth': registryAuthHeader(await findLogin(reference.domain), reference.domain) };
  const call = { headers, signal, whileDoing: `pushing "${pushRef}"` };

  if (await isPushed(engine, request, reference, call)) {
    output.write(`${INDENT}The registry has it already\n`);
    return { ok: true, value: undefined };
  }
  const refused = (text: string) =>
    failure('image-push', `Cannot push "${pushRef}": ${text}${pushHint(text, reference.domain)}`);
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    output.write(`${INDENT}Sending image data\n`);
    const progress = new PushProgress(output);
    let words = '';
    const pushed = await engine.stream(
      { ...call, method: 'POST', path: `/images/${name}/push`, query: { tag: reference.tag } },
      undefined,
      (message) => {
        words = streamedError(message) || words;
        progress.add(message);
      },
    );
    if (!pushed.ok && pushed.problem.kind === 'refused') words = pushed.problem.message;
    else if (!pushed.ok) {
      return { ok: false, failure: engineFailure(pushed.problem, `The push of "${pushRef}"`, refused) };
    }
    if (words === '') return { ok: true, value: undefined };
    if (pauseMs === undefined || !isPassing(words)) return { ok: false, failure: refused(words) };
    output.write(`${INDENT}The push failed: ${words}. Trying again in ${pauseMs / 1000} s\n`, 'warn');
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
  throw new Error('the last try has no pause after it');
}

/** Whether a registry may just be starting, or a connection to it broke: what was sent already need not be sent again. */
function isPassing(words: string): boolean {
  return /connection refused|connection reset|broken pipe|unexpected EOF|: EOF|timeout|50[0234] |Service Unavailable|Bad Gateway/i.test(
    words,
  );
}

/**
 * True only when the engine knows under which digest it pushed this image to this repository, and the registry answers
 * that same digest for the tag. Any doubt is a no.
 */
async function isPushed(
  engine: DockerEngine,
  { imageId, pushRef }: PushRequest,
  reference: ImageReference,
  call: { headers: Readonly<Record<string, string>>; signal: AbortSignal; whileDoing: string },
): Promise<boolean> {
  const image = await engine.call({ ...call, headers: {}, method: 'GET', path: `/images/${imageId}/json` });
  const repoDigests = image.ok ? valueAt(image.value, 'RepoDigests') : undefined;
  const known = (Array.isArray(repoDigests) ? repoDigests : []).flatMap((text) => {
    const parsed = parseImageReference(String(text));
    return parsed.ok && repositoryName(parsed.value) === repositoryName(reference) ? [parsed.value.digest] : [];
  });
  if (known.length === 0) return false;
  const there = await engine.call({ ...call, method: 'GET', path: `/distribution/${pushRef}/json` });
  return there.ok && known.includes(stringAt(valueAt(there.value, 'Descriptor'), 'digest'));
}

/** A line a layer when it is done, and now and then one while it is under way. */
class PushProgress {
  readonly #output: Output;
  readonly #writtenAt = new Map<string, number>();

  constructor(output: Output) {
    this.#output = output;
  }

  add(message: EngineMessage): void {
    const { id, status } = message;
    if (typeof id !== 'string' || typeof status !== 'string' || status === 'Preparing' || status === 'Waiting') return;
    const current = Number(valueAt(message.progressDetail, 'current') ?? 0);
    const total = Number(valueAt(message.progressDetail, 'total') ?? 0);
    if (current === 0) {
      this.#output.write(`${INDENT}${id}: ${status}\n`);
      return;
    }
    const now = Date.now();
    const last = this.#writtenAt.get(id) ?? this.#writtenAt.set(id, now).get(id) ?? now;
    if (now - last < PROGRESS_PAUSE_MS) return;
    this.#writtenAt.set(id, now);
    const size = total >= current ? `${formatBytes(current)} / ${formatBytes(total)}` : formatBytes(current);
    this.#output.write(`${INDENT}${id}: ${status} ${size}\n`);
  }
}

function pushHint(words: string, registry: string): string {
  if (/unauthorized|denied|authentication required|no basic auth/i.test(words)) {
    return `. Log in with: docker login ${registry}`;
  }
  if (/no space left on device/i.test(words)) {
    return `. Make room on the disk of the registry "${registry}"`;
  }
  if (/connection refused|no such host|i\/o timeout|no route to host/i.test(words)) {
    return `. Check that the registry "${registry}" runs and that the Docker engine can reach it`;
  }
  return '';
}

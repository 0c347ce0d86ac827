import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { DockerEngine, EngineCall } from '../clients/docker/docker-engine.ts';
import type { EngineProblem } from '../clients/docker/engine-problem.ts';
import {
  type AccessIo,
  type ContainerAccess,
  explainWriteError,
  type RunEnd,
  type WriteEnd,
} from './container-access.ts';
import { containerOwner } from './container-owner.ts';

/** A way into a container of a Docker engine: files go in by the engine, which needs no program in the container. */
export function dockerAccess(engine: DockerEngine, id: string, name: string): ContainerAccess {
  const call = (method: EngineCall['method'], path: string, signal: AbortSignal, more: Partial<EngineCall> = {}) =>
    ({ method, path, signal, whileDoing: `updating container "${name}"`, ...more }) as const;
  const inspect = async (signal: AbortSignal): Promise<Inspected | undefined> => {
    const found = await engine.call(call('GET', `/containers/${id}/json`, signal));
    return found.ok ? (found.value as Inspected) : undefined;
  };

  async function run(argv: readonly string[], { onOutput, signal }: AccessIo): Promise<RunEnd> {
    const made = await engine.call(
      call('POST', `/containers/${id}/exec`, signal, json({ AttachStdout: true, AttachStderr: true, Cmd: argv })),
    );
    if (!made.ok) return impossible(made.problem, signal);
    const execId = (made.value as { readonly Id?: string }).Id ?? '';
    const started = await engine.read(
      call('POST', `/exec/${execId}/start`, signal, json({ Detach: false, Tty: false })),
    );
    if (!started.ok) {
      const { problem } = started;
      const isMissing =
        problem.kind === 'refused' && /executable file not found|no such file|permission denied/i.test(problem.message);
      return isMissing ? { kind: 'exited', code: 127 } : impossible(problem, signal);
    }
    await readFrames(started.value, onOutput);
    signal.throwIfAborted();
    const ended = await engine.call(call('GET', `/exec/${execId}/json`, signal));
    if (!ended.ok) return impossible(ended.problem, signal);
    const { ExitCode: code } = ended.value as { readonly ExitCode?: number | null };
    if (typeof code === 'number') return { kind: 'exited', code };
    return { kind: 'impossible', why: 'the engine does not tell how the command ended', mayBeGone: true };
  }

  async function remove(paths: readonly string[], signal: AbortSignal): Promise<WriteEnd> {
    let output = '';
    const onOutput = (text: string): void => {
      output += text;
    };
    const io = { onOutput, signal };
    const end = await run(['rm', '-rf', '--', ...paths], io);
    if (end.kind === 'impossible') return { ok: false, why: end.why, mayBeGone: end.mayBeGone };
    if (end.code === 0) return OK;
    if (end.code === 126 || end.code === 127) {
      const why = 'files cannot be deleted: the image has no "rm", and the engine cannot delete files by itself';
      return { ok: false, why, mayBeGone: false };
    }
    return { ok: false, why: `files cannot be deleted: ${explainWriteError(output, end.code)}`, mayBeGone: true };
  }

  return {
    async write(removed, archives, io) {
      if (removed.length > 0) {
        const end = await remove(removed, io.signal);
        if (!end.ok) return end;
      }
      const user = (await inspect(io.signal))?.Config?.User ?? '';
      for await (const body of archives(await containerOwner(engine, id, user, io.signal))) {
        const headers = { 'Content-Type': 'application/x-tar' };
        const sent = await engine.call(
          call('PUT', `/containers/${id}/archive`, io.signal, { query: { path: '/' }, headers, body }),
        );
        if (!sent.ok) return { ok: false, ...impossible(sent.problem, io.signal, 'files cannot be copied: ') };
      }
      return OK;
    },
    run,
    async restart({ signal }) {
      const done = await engine.call(call('POST', `/containers/${id}/restart`, signal, { query: { t: '0' } }));
      return done.ok ? OK : { ok: false, ...impossible(done.problem, signal, 'the container cannot be restarted: ') };
    },
    stillRuns: async (signal) => (await inspect(signal))?.State?.Running === true,
  };
}

interface Inspected {
  readonly State?: { readonly Running?: boolean };
  readonly Config?: { readonly User?: string };
}

const OK: WriteEnd = { ok: true };

function json(value: object): Pick<EngineCall, 'headers' | 'body'> {
  return { headers: { 'Content-Type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) };
}

function impossible(
  problem: EngineProblem,
  signal: AbortSignal,
  prefix = '',
): { readonly kind: 'impossible'; readonly why: string; readonly mayBeGone: boolean } {
  signal.throwIfAborted();
  const why = problem.kind === 'cancelled' ? 'it was stopped' : problem.message;
  return { kind: 'impossible', why: `${prefix}${why}`, mayBeGone: true };
}

/** Reads the two outputs of a program: each piece has a header of eight bytes, of which the last four are its length. */
async function readFrames(stream: Readable, onOutput: (text: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(4)) {
        const end = 8 + rest.readUInt32BE(4);
        onOutput(decoder.write(rest.subarray(8, end)));
        rest = rest.subarray(end);
      }
    }
  } catch {
    // The connection broke: how the program ended is asked next.
  }
}

import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { WORDS, type WorkerStart } from './wire.ts';

/** QuickJS recurses on the thread's own stack: it must be larger than what `Limits.stackBytes` can make of it. */
const WORKER_STACK_MB = 32;

/** A worker with its side channels. */
export interface Servant {
  readonly worker: Worker;
  readonly answers: MessagePort;
  readonly words: Int32Array;
}

/** Starts a worker. It does not keep the process alive. */
export function startServant(workerUrl: URL): Servant {
  const channel = new MessageChannel();
  const words = new Int32Array(new SharedArrayBuffer(WORDS * 4));
  const start: WorkerStart = { answers: channel.port2, words };
  const worker = new Worker(loadable(workerUrl), {
    workerData: start,
    transferList: [channel.port2],
    resourceLimits: { stackSizeMb: WORKER_STACK_MB },
  });
  worker.unref();
  channel.port1.unref();
  return { worker, answers: channel.port1, words };
}

/** Under Node 20 a worker cannot load TypeScript by itself: when this program runs from its sources, tsx is put in front. */
function loadable(workerUrl: URL): URL {
  if (!workerUrl.pathname.endsWith('.ts') || 'Deno' in globalThis) return workerUrl;
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(workerUrl.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

import type { Broker } from './broker.ts';
import { type Library, Refusal } from './builtin.ts';
import { Control, isStackFull } from './control.ts';
import type { Engine } from './engine.ts';
import type { EvaluationRequest } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import { moduleLocator } from './locate-module.ts';
import { Modules } from './modules.ts';
import { everythingAllowed } from './permissions.ts';
import { Sandbox } from './sandbox.ts';
import { failureOf, limitFailure, makeFailure, neverSettles } from './script-failure.ts';
import type { Ending } from './wire.ts';
import { type Mainland, WorkerBroker } from './worker-broker.ts';

/** A library for one evaluation; `finish` runs when the script came to its end and answers plain data. */
export interface PreparedLibrary {
  readonly library: Library;
  finish(broker: Broker): unknown;
}

export type CreateLibrary = (options: unknown, main: { readonly file: string }) => PreparedLibrary;

export interface Surroundings {
  readonly engine: Engine;
  readonly createLibrary: CreateLibrary;
  readonly mainland: Mainland;
  stopRequested(): boolean;
  /** Told when the script computes and when the host does. */
  onSwitch(inHost: boolean): void;
}

export interface Evaluated {
  readonly ending: Ending;
  /** True when the engine must not be used again: memory ran out in it, or QuickJS found itself in disorder. */
  readonly spoilt: boolean;
}

/** Evaluates one script from its beginning to its end. Throws what is a bug of the host; then too the engine is spoilt. */
export function evaluateScript(request: EvaluationRequest, around: Surroundings): Evaluated {
  const broker = new WorkerBroker(around.mainland, request.permissions ?? everythingAllowed, request.environment);
  const { library, finish } = around.createLibrary(request.libraryOptions, { file: request.file });
  const control = new Control(request.limits.computeMs, around.stopRequested, around.onSwitch);
  const locate = moduleLocator(library, broker, control);
  const modules = new Modules(request.file, library, (...asked) => broker.readModule(...asked), locate);
  const sandbox = new Sandbox(around.engine, {
    library,
    limits: request.limits,
    modules,
    broker,
    outside: broker,
    control,
  });
  sandbox.boot();
  let failure: ScriptFailure | undefined;
  try {
    failure = runMain(sandbox, modules, control, request);
  } catch (error) {
    if (!isStackFull(error)) throw error;
    return { ending: { ok: false, failure: limitFailure('stack-limit', request.limits, [], modules) }, spoilt: true };
  }
  const ending: Ending = failure ? { ok: false, failure } : finishLibrary(() => finish(broker), modules);
  return { ending, spoilt: !tidyUp(sandbox, failure) };
}

/** QuickJS does not get over a failed allocation in all places, and says so by aborting when its runtime is freed. */
function tidyUp(sandbox: Sandbox, failure: ScriptFailure | undefined): boolean {
  if (failure?.kind === 'memory-limit') return false;
  try {
    sandbox.dispose();
    return true;
  } catch {
    return false;
  }
}

function finishLibrary(finish: () => unknown, modules: Modules): Ending {
  try {
    return { ok: true, result: finish() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fault = { kind: 'refused', message: error.message, position: error.position } as const;
    return { ok: false, failure: makeFailure(fault, (file) => modules.textOf(file)) };
  }
}

function runMain(
  sandbox: Sandbox,
  modules: Modules,
  control: Control,
  { file, limits }: EvaluationRequest,
): ScriptFailure | undefined {
  const end = sandbox.evaluate(file);
  if (end.state === 'fulfilled') end.namespace.dispose();
  const thrown = end.state === 'rejected' ? end.error : sandbox.drain();
  const reason = control.reason;
  if (reason?.kind === 'bug') throw reason.error;
  const rejection = thrown || reason ? undefined : sandbox.unhandledRejection();
  const error = thrown ?? rejection;
  if (reason?.kind === 'exit') {
    error?.dispose();
    return undefined;
  }
  if (reason) {
    error?.dispose();
    return limitFailure(reason.kind, limits, sandbox.seenAt, modules);
  }
  const tight = sandbox.memoryIsTight;
  const described = error && sandbox.describe(error);
  if (tight && (described ? described.nothing : end.state === 'pending')) {
    return limitFailure('memory-limit', limits, sandbox.seenAt, modules);
  }
  const failure = described && failureOf(described, sandbox, modules, limits);
  if (failure && rejection && failure.kind === 'thrown') {
    const message = `A promise was rejected and nothing handles it: ${failure.message}`;
    return { ...failure, kind: 'rejected', message };
  }
  if (failure || end.state === 'fulfilled') return failure;
  return neverSettles(file, modules);
}

import type { PermissionPolicy } from './broker.ts';
import { type Library, Refusal } from './builtin.ts';
import { Control } from './control.ts';
import type { Engine } from './engine.ts';
import type { EvaluationRequest } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import { Modules } from './modules.ts';
import { Sandbox } from './sandbox.ts';
import { failureOf, makeFailure } from './script-failure.ts';
import type { Ending } from './wire.ts';
import { type Mainland, WorkerBroker } from './worker-broker.ts';

/** A library for one evaluation; `finish` runs when the script came to its end and answers plain data. */
export interface PreparedLibrary {
  readonly library: Library;
  finish(): unknown;
}

export type CreateLibrary = (options: unknown, main: { readonly file: string }) => PreparedLibrary;

export interface Surroundings {
  readonly engine: Engine;
  readonly createLibrary: CreateLibrary;
  readonly policy: PermissionPolicy;
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
  const broker = new WorkerBroker(around.mainland, around.policy, request.environment);
  const { library, finish } = around.createLibrary(request.libraryOptions, { file: request.file });
  const modules = new Modules(request.file, library.moduleName, (path) => broker.readModule(path));
  const control = new Control(request.limits.computeMs, around.stopRequested, around.onSwitch);
  const sandbox = new Sandbox(around.engine, { library, limits: request.limits, modules, broker, control });
  sandbox.boot();
  const failure = runMain(sandbox, modules, control, request);
  const ending: Ending = failure ? { ok: false, failure } : finishLibrary(finish, modules);
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
  let thrown = end.state === 'rejected' ? end.error : sandbox.drain();
  if (control.reason?.kind === 'bug') {
    thrown?.dispose();
    throw control.reason.error;
  }
  if (control.reason?.kind === 'exit') {
    thrown?.dispose();
    return undefined;
  }
  const reason = control.reason?.kind;
  const described = thrown && sandbox.describe(thrown);
  thrown = undefined;
  const failed = described && failureOf(described, sandbox, modules, limits);
  switch (reason) {
    case 'stopped':
      return { ...(failed ?? noPlace), kind: 'stopped', message: 'The script was stopped' };
    case 'time-limit':
      return {
        ...(failed ?? noPlace),
        kind: 'time-limit',
        message: `The script computes for longer than the ${seconds(limits.computeMs)} that it may take`,
      };
    case undefined:
      break;
  }
  if (failed) return failed;
  if (end.state === 'pending') {
    return { ...noPlace, kind: 'rejected', message: `${file} waits (await) for a promise that never settles` };
  }
  return undefined;
}

const noPlace = { position: undefined, stack: [], codeFrame: undefined, builtin: undefined };

function seconds(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import type { Command, CommandResult, EffectResult } from '../../interpreter/broker.ts';
import { startEvaluator } from '../../interpreter/evaluate.ts';
import type { Evaluation, EvaluationHost, EvaluationOutcome, Limits } from '../../interpreter/evaluation.ts';
import type { ScriptFailure } from '../../interpreter/failure.ts';
import type { Permissions } from '../../interpreter/permissions.ts';

export const limits: Limits = { memoryBytes: 64 * 2 ** 20, stackBytes: 2 ** 18, computeMs: 20_000 };

export const workerUrl = new URL('./worker.ts', import.meta.url);

/** What the library of worker.ts answers at the end of a script. */
export interface Result {
  /** What the script gave to `keep`. */
  readonly seen: readonly unknown[];
  /** Where the script called `declare`: `file:line:column`. */
  readonly positions: readonly string[];
  readonly main: string;
}

export interface Options {
  readonly limits?: Partial<Limits>;
  readonly libraryOptions?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  readonly run?: EvaluationHost['runCommand'];
  /** Gets all that is printed, as it comes. */
  readonly onPrint?: (text: string) => void;
}

/** A folder and an evaluator for the tests of one file; both go when the file's tests are over. */
export function evaluateHere() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tilt-ts-interpreter-')));
  const evaluator = startEvaluator(workerUrl);
  after(() => {
    evaluator.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const printed: string[] = [];

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }

  function start(name: string, options: Options = {}): Evaluation<Result> {
    printed.length = 0;
    const request = {
      file: join(folder, name),
      environment: options.environment ?? {},
      limits: { ...limits, ...options.limits },
      permissions: options.permissions,
      libraryOptions: options.libraryOptions,
    };
    const print = (text: string) => {
      printed.push(text);
      options.onPrint?.(text);
    };
    return evaluator.evaluate<Result>(request, { print, runCommand: options.run ?? noCommands });
  }

  /** Writes a script beside other files and evaluates it. */
  function evaluate(
    name: string,
    script: string,
    files: Readonly<Record<string, string>> = {},
    options: Options = {},
  ): Promise<EvaluationOutcome<Result>> {
    write({ ...files, [name]: script });
    return start(name, options).outcome;
  }

  async function succeed(...args: Parameters<typeof evaluate>): Promise<Result> {
    const outcome = await evaluate(...args);
    assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.failure.message}\n${outcome.failure.codeFrame}`);
    return outcome.result;
  }

  async function fail(...args: Parameters<typeof evaluate>): Promise<ScriptFailure & { readonly at: string }> {
    const outcome = await evaluate(...args);
    assert.ok(!outcome.ok, 'the script succeeded');
    const { position } = outcome.failure;
    const at = position ? `${position.file.replace(`${folder}/`, '')}:${position.line}:${position.column}` : 'nowhere';
    return { ...outcome.failure, at };
  }

  return { folder, printed, write, start, evaluate, succeed, fail };
}

async function noCommands(command: Command): Promise<EffectResult<CommandResult>> {
  throw new Error(`this test runs no commands: ${command.argv.join(' ')}`);
}

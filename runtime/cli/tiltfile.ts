import path from 'node:path';
import type { ScriptFailure } from '../../interpreter/failure.ts';
import type { AddedObject } from '../../stdlib/model/extension.ts';
import type { Subcommand } from '../../stdlib/session.ts';
import { runToEnd } from '../clients/process/run-to-end.ts';
import { DEFAULT_LIMITS, type Loader } from '../load/loader.ts';
import { findTiltfile } from '../load/tiltfile-path.ts';
import { type Failure, failure } from '../state/failure.ts';
import type { LogLevel } from '../state/log-line.ts';
import { type PermissionFlags, permissionsOf } from './permission-flags.ts';
import { type Evaluated, type EvaluatedResult, withRegistered } from './registered-tiltfiles.ts';

/** What the commands that read a Tiltfile have in common. */
export interface TiltfileOptions extends PermissionFlags {
  /** `-f` */
  readonly file?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  /** How long the script itself may compute. */
  readonly tiltfileTimeout?: number | undefined;
  /** Resources to run; none means all. */
  readonly names: readonly string[];
  /** `--frozen-lock`: refuse extensions that the lock file does not pin. */
  readonly frozenLock?: boolean | undefined;
  /** Fetch these extensions or repositories anew; all of them if there is no name. */
  readonly renew?: readonly string[] | undefined;
  /** The words after `--`. */
  readonly tiltfileArgs: readonly string[];
  /** Extensions and their repositories that were added to the running session. */
  readonly added?: readonly AddedObject[] | undefined;
}

export type TiltfileResult =
  | ({ readonly ok: true; readonly file: string } & Evaluated)
  | Extract<EvaluatedResult, { readonly ok: false }>;

/** Finds and evaluates the Tiltfile. `print` gets what it prints, line by line or in pieces. */
export async function loadTiltfile(
  loader: Loader,
  subcommand: Subcommand,
  options: TiltfileOptions,
  print: (text: string, level: LogLevel) => void,
  signal: AbortSignal,
): Promise<TiltfileResult> {
  const cwd = process.cwd();
  const found = findTiltfile(options.file, cwd);
  if (!found.ok) {
    return {
      ok: false,
      failure: failure('tiltfile', found.message),
      stopped: false,
      configFiles: found.lookedFor,
    };
  }
  const { file, others } = found;
  const passedOver =
    others.length === 0 ? '' : ` (not ${others.map((other) => path.basename(other)).join(', ')}; choose with -f)`;
  print(`Loading Tiltfile at: ${file}${passedOver}\n`, 'info');
  const evaluate = (what: Script) => evaluateScript(loader, subcommand, what, options, print, signal);
  const main = await evaluate({ file, args: options.tiltfileArgs, names: options.names, added: options.added });
  if (!main.ok || main.tiltfile.registered.length === 0) return main.ok ? { ...main, file } : main;
  const lockFolder = path.dirname(file);
  const whole = await withRegistered(main, ({ name, file: of, args }) => {
    print(`Loading extension "${name}" at: ${of}\n`, 'info');
    return evaluate({ file: of, args, names: [], lockFolder });
  });
  return whole.ok ? { ...whole, file } : whole;
}

/** A script to evaluate. */
interface Script {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly names: readonly string[];
  readonly lockFolder?: string;
  readonly added?: readonly AddedObject[] | undefined;
}

async function evaluateScript(
  loader: Loader,
  subcommand: Subcommand,
  { file, args, names, lockFolder, added }: Script,
  options: TiltfileOptions,
  print: (text: string, level: LogLevel) => void,
  signal: AbortSignal,
): Promise<EvaluatedResult> {
  const cwd = process.cwd();
  const outcome = await loader.load(
    {
      options: {
        mainFile: file,
        args,
        subcommand,
        commandLine: process.argv.slice(1),
        cwd,
        enabledNames: names,
        kubeContext: options.context,
        kubeNamespace: options.namespace,
        // The thread of the script has the environment that there was when it began.
        kubeEnvironment: { kubeconfig: process.env.KUBECONFIG, home: process.env.HOME ?? process.env.USERPROFILE },
        extensions: { frozenLock: options.frozenLock, renew: options.renew, lockFolder, added },
      },
      environment: definedVariables(process.env),
      permissions: permissionsOf(options, { cwd, path: process.env.PATH }),
      limits: { ...DEFAULT_LIMITS, computeMs: options.tiltfileTimeout ?? DEFAULT_LIMITS.computeMs },
    },
    {
      print,
      runCommand: ({ argv, program, dir, env, stdin }, environment, output, abort) =>
        runToEnd({ argv, program, dir, env: { ...environment, ...env }, stdin }, output, abort),
    },
    signal,
  );
  if (outcome.ok) {
    const configFiles = [...new Set([...outcome.tiltfile.graph.configFiles, ...outcome.record.filesRead])];
    return { ok: true, tiltfile: outcome.tiltfile, configFiles, record: outcome.record };
  }
  return {
    ok: false,
    failure: scriptFailure(outcome.failure, cwd),
    // A command that the script waited for may be what was stopped.
    stopped: outcome.failure.kind === 'stopped' || signal.aborted,
    configFiles: [file, ...outcome.record.filesRead],
  };
}

/** A script's failure in the words of the session: the code frame and the calls that led to it are its details. */
function scriptFailure(script: ScriptFailure, cwd: string): Failure {
  const calls = script.stack.map(
    (frame) =>
      `at ${frame.functionName} (${path.relative(cwd, frame.file) || frame.file}:${frame.line}:${frame.column})`,
  );
  const frame = script.codeFrame?.split('\n') ?? [];
  const trace = script.traceback?.split('\n') ?? (calls.length > 1 ? calls : []);
  const known = failure('tiltfile', script.message, [...frame, ...trace], script.position);
  const { builtin } = script;
  // Scripts do not know names that begin so.
  const tells = builtin !== undefined && !builtin.startsWith('__') && !script.message.includes(builtin);
  return tells ? { ...known, builtin } : known;
}

function definedVariables(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

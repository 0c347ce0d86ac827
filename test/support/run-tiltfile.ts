import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command, CommandResult, EffectResult } from '../../interpreter/broker.ts';
import { type Evaluator, startEvaluator } from '../../interpreter/evaluate.ts';
import type { EvaluationOutcome } from '../../interpreter/evaluation.ts';
import type { LoadedTiltfile } from '../../stdlib/declarations.ts';
import type { LibraryOptions } from '../../stdlib/session.ts';

export interface TiltfileRun {
  /** The folder that the files were in, which is gone. */
  readonly folder: string;
  readonly outcome: EvaluationOutcome<LoadedTiltfile>;
  /** All that was printed, with the folder's path as `$DIR`. */
  readonly printed: string;
}

/** A worker in which Tiltfiles run, one after the other. */
export function tiltfileRunner(): {
  /** `options` replace those that a Tiltfile has by default. */
  run(files: Record<string, string>, options?: Partial<LibraryOptions>): Promise<TiltfileRun>;
  dispose(): void;
} {
  const evaluator = startEvaluator(new URL('./tilt-worker.ts', import.meta.url));
  return { run: (files, options = {}) => runTiltfile(evaluator, files, options), dispose: () => evaluator.dispose() };
}

/** Puts files into a new folder and runs `Tiltfile.js` of them, or `Tiltfile` where there is none. */
async function runTiltfile(
  evaluator: Evaluator,
  files: Record<string, string>,
  options: Partial<LibraryOptions>,
): Promise<TiltfileRun> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tiltfile-')));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const mainFile = path.join(folder, 'Tiltfile.js' in files ? 'Tiltfile.js' : 'Tiltfile');
    const libraryOptions: LibraryOptions = {
      mainFile,
      args: [],
      subcommand: 'up',
      cwd: folder,
      enabledNames: [],
      kubeEnvironment: { kubeconfig: undefined, home: folder },
      ...options,
    };
    let printed = '';
    const evaluation = evaluator.evaluate<LoadedTiltfile>(
      {
        file: mainFile,
        environment: { PATH: process.env.PATH ?? '', STAGE: 'dev' },
        limits: { memoryBytes: 256 * 1024 * 1024, stackBytes: 512 * 1024, computeMs: 30_000 },
        libraryOptions,
      },
      {
        runCommand: (command, environment, output, signal) => run(command, environment, output, signal),
        print: (text) => {
          printed += text;
        },
      },
    );
    const outcome = await evaluation.outcome;
    return { folder, outcome, printed: printed.replaceAll(folder, '$DIR') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plainest way to run a command to its end. */
function run(
  command: Command,
  environment: Readonly<Record<string, string>>,
  output: (text: string) => void,
  signal: AbortSignal,
): Promise<EffectResult<CommandResult>> {
  return new Promise((resolve) => {
    const [program = '', ...args] = command.argv;
    const env = { ...environment, ...command.env };
    const child = spawn(command.program ?? program, args, { argv0: program, cwd: command.dir, env });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const keep = (parts: Buffer[]) => (data: Buffer) => {
      parts.push(data);
      output(String(data));
    };
    child.stdout.on('data', keep(stdout));
    child.stderr.on('data', keep(stderr));
    signal.addEventListener('abort', () => void child.kill('SIGKILL'), { once: true });
    child.stdin.on('error', () => {});
    child.stdin.end(command.stdin ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ ok: false, error: { code: error.code ?? '', message: error.message, subject: program } });
    });
    child.on('close', (exitCode, signal) => {
      resolve({
        ok: true,
        value: { exitCode, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) },
      });
    });
  });
}

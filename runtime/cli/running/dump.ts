import { writeFileSync } from 'node:fs';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from './session-address.ts';
import { type WebApi, withWebApi } from './web-api.ts';

export type DumpSubject = 'engine' | 'webview' | 'logstore';

/** Prints what the running program knows, as JSON. Answers the exit code. */
export function dump(subject: DumpSubject, flags: ServerFlags): Promise<number> {
  return withWebApi(flags, async (api) => {
    if (subject === 'engine') process.stdout.write(pretty(await answer(api, '/api/dump/engine')));
    else {
      const view = JSON.parse(await answer(api, '/api/view')) as { readonly logList?: unknown };
      process.stdout.write(pretty(JSON.stringify(subject === 'webview' ? view : view.logList)));
    }
    return ExitCode.ok;
  });
}

/** Saves all that the running program shows, to be looked at later. Answers the exit code. */
export function createSnapshot(file: string | undefined, flags: ServerFlags): Promise<number> {
  return withWebApi(flags, async (api) => {
    const snapshot = await answer(api, '/api/snapshot/local');
    if (file === undefined || file === '-') process.stdout.write(snapshot.endsWith('\n') ? snapshot : `${snapshot}\n`);
    else {
      try {
        writeFileSync(file, snapshot);
      } catch (error) {
        throw new CommandProblem(`Cannot write "${file}": ${(error as Error).message}`);
      }
    }
    return ExitCode.ok;
  });
}

async function answer(api: WebApi, path: string): Promise<string> {
  const { status, text } = await api.get(path);
  if (status !== 200) throw new CommandProblem(`(${status}): ${text.trim()}`);
  return text;
}

function pretty(json: string): string {
  return `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`;
}

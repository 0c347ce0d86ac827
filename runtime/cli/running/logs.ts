import { createInterface } from 'node:readline';
import { paintFor } from '../../report/colour.ts';
import { LogText } from '../../report/log-text.ts';
import type { LogLevel, LogLine, LogSource } from '../../state/log-line.ts';
import { ExitCode } from '../exit-code.ts';
import type { ServerFlags } from './session-address.ts';
import { type WebApi, withWebApi } from './web-api.ts';

export interface LogsFlags extends ServerFlags {
  readonly follow?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly tail?: number | undefined;
  /** Milliseconds. */
  readonly since?: number | undefined;
  readonly level?: 'warn' | 'error' | undefined;
  readonly source?: 'all' | 'build' | 'runtime' | undefined;
}

/** A line as the running program sends it. */
interface SentLine {
  readonly time: string;
  readonly resource: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly spanID: string;
  readonly source: 'build' | 'runtime';
}

/** Prints the log of the running program, or of some of its resources. Answers the exit code. */
export function logs(resources: readonly string[], flags: LogsFlags): Promise<number> {
  const whenOver =
    'The log of a session is there as long as that runs. "snapshot create" keeps it meanwhile, and ci --log-dir FOLDER beyond the end.';
  return withWebApi(
    flags,
    async (api) => {
      await print(api, resources, flags);
      return ExitCode.ok;
    },
    whenOver,
  );
}

async function print(api: WebApi, resources: readonly string[], flags: LogsFlags): Promise<void> {
  const query = new URLSearchParams(resources.map((name) => ['resource', name]));
  if (flags.follow === true) query.set('follow', 'true');
  if (flags.tail !== undefined) query.set('tail', String(flags.tail));
  if (flags.since !== undefined) query.set('since', `${flags.since}ms`);
  if (flags.level !== undefined) query.set('level', flags.level);
  if (flags.source !== undefined) query.set('source', flags.source);
  const body = await api.stream(`/api/logs?${query}`);
  paintFor(process.stdout);
  const text = new LogText({ names: resources.length !== 1 });
  for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue;
    const written = process.stdout.write(flags.json === true ? `${line}\n` : text.render(logLine(JSON.parse(line))));
    // Whoever reads may be slower than the log: nothing is to gather here.
    if (!written) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

function logLine({ time, resource, level, message, spanID, source }: SentLine): LogLine {
  const isOwn = resource === '(Tiltfile)' || resource === '(global)' || resource === '';
  const from: LogSource = source === 'runtime' ? 'runtime' : 'build';
  return {
    sequence: 0,
    at: Date.parse(time),
    resource: isOwn ? '' : resource,
    source: from,
    level,
    span: spanID,
    text: message,
  };
}

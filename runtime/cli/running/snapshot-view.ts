import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listenHttp } from '../../server/listener.ts';
import { SNAPSHOT_PATH, snapshotAnswerer } from '../../server/snapshot-server.ts';
import { ExitCode } from '../exit-code.ts';
import { onInterrupt } from '../interrupt.ts';
import { openInBrowser } from '../open-in-browser.ts';

export interface SnapshotViewFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Whether the browser is opened. */
  readonly open: boolean;
}

/** Shows a saved session in the browser until it is stopped; `-` reads it from stdin. Answers the exit code. */
export async function viewSnapshot(
  file: string,
  { port = 0, host = 'localhost', open }: SnapshotViewFlags,
): Promise<number> {
  const read = readSnapshot(file);
  if (!read.ok) {
    process.stderr.write(`Error: ${read.message}\n`);
    return ExitCode.usage;
  }
  const hosts = new Set([host.toLowerCase()]);
  const pageFolder = path.join(import.meta.dirname, 'web');
  let listener: Awaited<ReturnType<typeof listenHttp>>;
  try {
    listener = await listenHttp(host, port, async () => snapshotAnswerer({ text: read.text, pageFolder, hosts }));
  } catch (error) {
    process.stderr.write(`Error: Cannot listen on ${host}:${port}: ${(error as Error).message}\n`);
    return ExitCode.usage;
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}${SNAPSHOT_PATH}`;
  process.stdout.write(`Shows "${file}" on ${url}\nCtrl-C ends it.\n`);
  // Where nobody sits, nobody looks.
  if (open && process.stdout.isTTY) openInBrowser(url);
  await new Promise<void>((resolve) => onInterrupt(() => resolve()));
  await listener.stop();
  return ExitCode.ok;
}

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Only what looks like a snapshot; what is in it may be of another version. */
function readSnapshot(file: string): Read {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    return { ok: false, message: `Cannot read "${file}": ${(error as Error).message}` };
  }
  try {
    const { view } = JSON.parse(text) as { readonly view?: unknown };
    if (typeof view === 'object' && view !== null) return { ok: true, text };
  } catch {
    // Said below.
  }
  return {
    ok: false,
    message: `"${file}" is no snapshot. tilt-ts snapshot create FILE saves one, and so does the page's button "Snapshot".`,
  };
}

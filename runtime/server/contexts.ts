import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse, stringify } from 'yaml';

/** A session as the kubeconfig of sessions lists it. */
export interface ContextEntry {
  /** `tilt-10350` */
  readonly name: string;
  /** The address of its API, with the token in it. */
  readonly server: string;
  readonly pid: number;
}

interface Named {
  readonly name?: string;
}
interface Context extends Named {
  readonly context?: {
    readonly cluster?: string;
    readonly user?: string;
    readonly extensions?: readonly { readonly name?: string; readonly extension?: { readonly pid?: number } }[];
  };
}
interface Kubeconfig {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly clusters?: readonly Named[] | null;
  readonly contexts?: readonly Context[] | null;
  readonly users?: readonly Named[] | null;
}

const OWN_EXTENSION = 'tilt-ts';
/** A lock is held for as long as a small file is written. One that is older was left behind, as Tilt does at its end more often than not. */
const STALE_LOCK_MS = 2_000;
const RETRY_MS = 20;

/** Adds a session, and takes out those whose processes are gone. Rejects when `signal` comes while it waits for others. */
export function addContext(file: string, { name, server, pid }: ContextEntry, signal?: AbortSignal): Promise<void> {
  return changeConfig(file, signal, (config) => {
    const left = without(config, (context) => context.name === name || isDead(context));
    return {
      ...left,
      clusters: [...(left.clusters ?? []), { name, cluster: { server } }],
      users: [...(left.users ?? []), { name, user: {} }],
      contexts: [
        ...(left.contexts ?? []),
        {
          name,
          context: { cluster: name, user: name, extensions: [{ name: OWN_EXTENSION, extension: { pid } }] },
        },
      ],
    };
  });
}

/** Takes a session out again, unless another one has its name by now. Rejects when `signal` comes while it waits for others. */
export function removeContext(
  file: string,
  { name, pid }: Pick<ContextEntry, 'name' | 'pid'>,
  signal?: AbortSignal,
): Promise<void> {
  const isIt = (context: Context) => context.name === name && pidOf(context) === pid;
  return changeConfig(file, signal, (config) => without(config, isIt));
}

/** The names of the sessions that run, as far as they are listed. Empty where nothing can be read. */
export async function liveContexts(file: string): Promise<readonly string[]> {
  try {
    const { contexts } = parse(await readFile(file, 'utf8')) as Kubeconfig;
    return (contexts ?? []).filter((context) => !isDead(context)).flatMap(({ name }) => name ?? []);
  } catch {
    return [];
  }
}

function without(config: Kubeconfig, isGone: (context: Context) => boolean): Kubeconfig {
  const gone = new Set((config.contexts ?? []).filter(isGone).map(({ name }) => name));
  const stays = ({ name }: Named) => !gone.has(name);
  return {
    ...config,
    clusters: (config.clusters ?? []).filter(stays),
    contexts: (config.contexts ?? []).filter(stays),
    users: (config.users ?? []).filter(stays),
  };
}

function pidOf({ context }: Context): number | undefined {
  return context?.extensions?.find(({ name }) => name === OWN_EXTENSION)?.extension?.pid;
}

/** Whether it was written by this program, which does not run any more. */
function isDead(context: Context): boolean {
  const pid = pidOf(context);
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Several sessions may do this at once: a lock file beside it, as Kubernetes' own clients use, and a new file in place of the old. */
async function changeConfig(
  file: string,
  signal: AbortSignal | undefined,
  change: (config: Kubeconfig) => Kubeconfig,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const unlock = await lock(`${file}.lock`, signal);
  try {
    const text = await readFile(file, 'utf8').catch(() => '');
    const known: unknown = parse(text);
    const config = typeof known === 'object' && known !== null ? (known as Kubeconfig) : {};
    const changed = { apiVersion: 'v1', kind: 'Config', ...change(config) };
    const next = `${file}.${process.pid}`;
    await writeFile(next, stringify(changed), { mode: 0o600 });
    await rename(next, file);
  } finally {
    await unlock();
  }
}

async function lock(file: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age =
        Date.now() -
        (await stat(file).then(
          ({ mtimeMs }) => mtimeMs,
          () => Date.now(),
        ));
      if (age > STALE_LOCK_MS) await rm(file, { force: true });
      else await setTimeout(RETRY_MS, undefined, signal === undefined ? {} : { signal });
    }
  }
}

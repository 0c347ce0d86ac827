import { liveContexts } from '../../server/contexts.ts';
import { contextsFile } from '../../server/dev-folder.ts';

/** What to do when no program listens on a port: `what` says that there is none, the next line which others run. */
export async function noSessionText(what: string, port: number): Promise<string> {
  const others = (await liveContexts(contextsFile(process.env)))
    .flatMap((name) => /^tilt-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((other) => other !== port)
    .sort((one, other) => one - other);
  const [only] = others;
  const help =
    only === undefined
      ? 'Start tilt-ts up in another terminal, or say --port and --host if it listens elsewhere.'
      : others.length === 1
        ? `One runs on port ${only}: say --port ${only}.`
        : `Others run on the ports ${others.join(', ')}: say which by --port.`;
  return `${what}\n${help}`;
}

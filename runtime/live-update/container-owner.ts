import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { Owner } from './container-access.ts';

const ROOT: Owner = { uid: 0, gid: 0 };

/** Who runs in a container, from what its image says: empty, `1000`, `1000:50`, `node`, `node:staff`. Root where that is not to be found. */
export async function containerOwner(
  engine: DockerEngine,
  id: string,
  user: string,
  signal: AbortSignal,
): Promise<Owner> {
  if (user === '') return ROOT;
  const [userName = '', groupName = ''] = user.split(':');
  const isNumber = (text: string) => /^\d+$/.test(text);
  const read = (file: string) => readTextFile(engine, id, file, signal);
  const found = isNumber(userName) ? undefined : ownerIn(await read('/etc/passwd'), userName);
  const uid = isNumber(userName) ? Number(userName) : (found?.uid ?? ROOT.uid);
  if (groupName === '') return { uid, gid: found?.gid ?? ROOT.gid };
  const gid = isNumber(groupName) ? Number(groupName) : (ownerIn(await read('/etc/group'), groupName)?.uid ?? ROOT.gid);
  return { uid, gid };
}

/** The numbers of a line `NAME:x:1000:1000:…`; in a file of groups there is one. */
function ownerIn(text: string, name: string): Owner | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}:`));
  const [, , first, second] = line?.split(':') ?? [];
  return first === undefined ? undefined : { uid: Number(first), gid: Number(second) || 0 };
}

/** Empty when there is no such file. */
async function readTextFile(engine: DockerEngine, id: string, file: string, signal: AbortSignal): Promise<string> {
  const whileDoing = `reading "${file}" of a container`;
  const path = `/containers/${id}/archive`;
  const answer = await engine.read({ method: 'GET', path, query: { path: file }, signal, whileDoing });
  if (!answer.ok) return '';
  const { default: tarStream } = await import('tar-stream');
  const extract = tarStream.extract();
  answer.value.pipe(extract as unknown as NodeJS.WritableStream);
  let text = '';
  try {
    for await (const entry of extract) for await (const chunk of entry) text += String(chunk);
  } catch {
    return '';
  }
  return text;
}

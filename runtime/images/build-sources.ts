import { stat } from 'node:fs/promises';
import type { DockerBuild } from '../../stdlib/model/image.ts';
import type { BuildSources } from '../clients/docker/buildkit-session.ts';
import type { Environment } from '../clients/docker/docker-config.ts';
import { parseSecret, readSecret, type SecretSource, secretProblem } from './build-secrets.ts';

export type FoundSources =
  | { readonly ok: true; readonly sources: BuildSources }
  | { readonly ok: false; readonly message: string };

/** What a build may ask for while it runs: secrets, and agents that hold ssh keys. */
export async function buildSources(
  { secrets, sshAgents }: Pick<DockerBuild, 'secrets' | 'sshAgents'>,
  environment: Environment,
): Promise<FoundSources> {
  const bySecret = new Map<string, SecretSource>();
  for (const text of secrets) {
    const parsed = parseSecret(text, environment);
    if (!parsed.ok) return parsed;
    const problem = await secretProblem(parsed.source);
    if (problem !== undefined) return { ok: false, message: problem };
    bySecret.set(parsed.source.id, parsed.source);
  }
  const sockets = new Map<string, string>();
  for (const text of sshAgents) {
    const found = await agentSocket(text, environment);
    if (!found.ok) return found;
    sockets.set(found.id, found.socket);
  }
  return {
    ok: true,
    sources: {
      secret: async (id) => {
        const source = bySecret.get(id);
        return source && readSecret(source, environment);
      },
      agentSocket: (id) => sockets.get(id),
    },
  };
}

type FoundAgent =
  | { readonly ok: true; readonly id: string; readonly socket: string }
  | { readonly ok: false; readonly message: string };

/** Reads the notation of docker's `--ssh`: `default`, `default=/path/of/socket`. */
async function agentSocket(text: string, environment: Environment): Promise<FoundAgent> {
  const mark = text.indexOf('=');
  const id = (mark < 0 ? text : text.slice(0, mark)) || 'default';
  const socket = mark < 0 ? (environment.SSH_AUTH_SOCK ?? '') : text.slice(mark + 1);
  if (socket === '') return { ok: false, message: `it wants the ssh agent "${id}", and SSH_AUTH_SOCK is not set` };
  const found = await stat(socket).catch(() => undefined);
  if (!found) return { ok: false, message: `its ssh agent "${id}" is to be at "${socket}", which does not exist` };
  if (found.isSocket()) return { ok: true, id, socket };
  return {
    ok: false,
    message: `its ssh agent "${id}" is to be at "${socket}", which is not a socket: add the key with ssh-add and say ssh: '${id}'`,
  };
}

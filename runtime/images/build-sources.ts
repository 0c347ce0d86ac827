import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DockerBuild } from '../../stdlib/model/image.ts';
import type { Environment } from '../clients/docker/docker-config.ts';
import { type AgentKey, keyAgent } from '../clients/docker/ssh-key-agent.ts';
import { readSshKey } from '../clients/docker/ssh-keys.ts';
import { parseSecret, readSecret, type SecretSource, secretProblem } from './build-secrets.ts';

/** What a build may ask for beside logins and files. */
export interface BuildSources {
  /** `undefined` when there is none of that id. Does not reject. */
  secret(id: string): Promise<Uint8Array | undefined>;
  /** Connects to an ssh agent; `undefined` when there is none of that id. */
  agent(id: string): (() => Duplex) | undefined;
}

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
  const agents = new Map<string, () => Duplex>();
  for (const text of sshAgents) {
    const found = await findAgent(text, environment);
    if (!found.ok) return found;
    agents.set(found.id, found.connect);
  }
  return {
    ok: true,
    sources: {
      secret: async (id) => {
        const source = bySecret.get(id);
        return source && readSecret(source, environment);
      },
      agent: (id) => agents.get(id),
    },
  };
}

type FoundAgent =
  | { readonly ok: true; readonly id: string; readonly connect: () => Duplex }
  | { readonly ok: false; readonly message: string };

/** Reads the notation of docker's `--ssh`: `default`, `default=/path/of/socket`, `default=/path/of/key,/path/of/another`. */
async function findAgent(text: string, environment: Environment): Promise<FoundAgent> {
  const mark = text.indexOf('=');
  const id = (mark < 0 ? text : text.slice(0, mark)) || 'default';
  const paths = (mark < 0 ? (environment.SSH_AUTH_SOCK ?? '') : text.slice(mark + 1)).split(',').filter(Boolean);
  const refuse = (message: string): FoundAgent => ({ ok: false, message });
  const [first] = paths;
  if (first === undefined) return refuse(`it wants the ssh agent "${id}", and SSH_AUTH_SOCK is not set`);
  const keys: AgentKey[] = [];
  for (const file of paths) {
    const found = await stat(file).catch(() => undefined);
    if (!found) return refuse(`its ssh agent "${id}" is to be at "${file}", which does not exist`);
    if (found.isSocket()) {
      if (paths.length === 1) return { ok: true, id, connect: () => connect(file) };
      return refuse(
        `its ssh agent "${id}" is to be the socket "${file}" and other files: give one socket, or only keys`,
      );
    }
    const read = await readSshKey(file);
    if (!read.ok) return refuse(`its ssh agent "${id}" is to hold the key "${file}", which ${read.why}`);
    keys.push(read.key);
  }
  return { ok: true, id, connect: () => keyAgent(keys) };
}

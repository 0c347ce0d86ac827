import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AgentKey } from './ssh-key-agent.ts';

export type ReadKey = { readonly ok: true; readonly key: AgentKey } | { readonly ok: false; readonly why: string };

const KINDS = /^(ssh-rsa|ssh-ed25519|ecdsa-sha2-nistp(256|384|521))$/;

/** Reads the file of a private key, in OpenSSH's or PEM's form. `why` goes on after the file's name. */
export async function readSshKey(file: string): Promise<ReadKey> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return { ok: false, why: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  // Only for this: it reads all forms of keys, and only builds that are given a key need it.
  const { default: ssh } = await import('ssh2');
  const parsed = ssh.utils.parseKey(text);
  if (parsed instanceof Error) {
    return /encrypted|passphrase/i.test(parsed.message)
      ? { ok: false, why: 'is locked by a passphrase: add it to an agent with ssh-add instead' }
      : { ok: false, why: 'is neither a socket nor a private key' };
  }
  const [key] = Array.isArray(parsed) ? parsed : [parsed];
  if (!key?.isPrivateKey()) return { ok: false, why: 'is a public key, and the private one is needed' };
  if (!KINDS.test(key.type))
    return { ok: false, why: `is a key of the kind "${key.type}", which no agent takes any more` };
  try {
    const privateKey = createPrivateKey(key.getPrivatePEM());
    return { ok: true, key: { type: key.type, blob: key.getPublicSSH(), privateKey, comment: file } };
  } catch (error) {
    return { ok: false, why: `cannot be used: ${error instanceof Error ? error.message : String(error)}` };
  }
}

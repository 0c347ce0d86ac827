import { constants, type KeyObject, sign } from 'node:crypto';
import { Duplex } from 'node:stream';

/** A private key that an agent holds. */
export interface AgentKey {
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** The public key as ssh writes it on the wire. */
  readonly blob: Uint8Array;
  readonly privateKey: KeyObject;
  /** What people know it by: its file. */
  readonly comment: string;
}

const FAILURE = 5;
const ASK_IDENTITIES = 11;
const IDENTITIES = 12;
const ASK_SIGNATURE = 13;
const SIGNATURE = 14;
const RSA_SHA2_256 = 2;
const RSA_SHA2_512 = 4;
const LARGEST_MESSAGE = 256 * 1024;

/** An ssh agent that holds some keys and speaks on the stream; it lists them and signs, and does nothing else. */
export function keyAgent(keys: readonly AgentKey[]): Duplex {
  let rest = Buffer.alloc(0);
  return new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4) {
        const length = rest.readUInt32BE(0);
        if (length > LARGEST_MESSAGE) return done(new Error('an ssh client asks its agent for too much'));
        if (rest.length < 4 + length) break;
        this.push(wireText(answer(rest.subarray(4, 4 + length), keys)));
        rest = rest.subarray(4 + length);
      }
      done();
    },
    final(done) {
      this.push(null);
      done();
    },
  });
}

function answer(message: Buffer, keys: readonly AgentKey[]): Buffer {
  if (message[0] === ASK_IDENTITIES) {
    const listed = keys.flatMap(({ blob, comment }) => [wireText(blob), wireText(Buffer.from(comment))]);
    return Buffer.concat([Buffer.of(IDENTITIES), wireNumber(keys.length), ...listed]);
  }
  const signature = message[0] === ASK_SIGNATURE ? signatureFor(message.subarray(1), keys) : undefined;
  return signature ? Buffer.concat([Buffer.of(SIGNATURE), wireText(signature)]) : Buffer.of(FAILURE);
}

function signatureFor(request: Buffer, keys: readonly AgentKey[]): Buffer | undefined {
  const blob = readText(request, 0);
  const data = blob && readText(request, 4 + blob.length);
  if (!blob || !data) return undefined;
  const flagsAt = 8 + blob.length + data.length;
  const flags = request.length >= flagsAt + 4 ? request.readUInt32BE(flagsAt) : 0;
  const key = keys.find((one) => blob.equals(one.blob));
  if (!key) return undefined;
  const { algorithm, hash } = algorithmOf(key.type, flags);
  const bytes = signed(key, data, hash);
  return Buffer.concat([wireText(Buffer.from(algorithm)), wireText(bytes)]);
}

function algorithmOf(type: string, flags: number): { readonly algorithm: string; readonly hash: string | undefined } {
  if (type === 'ssh-rsa') {
    if (flags & RSA_SHA2_512) return { algorithm: 'rsa-sha2-512', hash: 'sha512' };
    if (flags & RSA_SHA2_256) return { algorithm: 'rsa-sha2-256', hash: 'sha256' };
    return { algorithm: type, hash: 'sha1' };
  }
  const bits = /^ecdsa-sha2-nistp(\d+)$/.exec(type)?.[1];
  const hash = bits === undefined ? undefined : { 256: 'sha256', 384: 'sha384', 521: 'sha512' }[bits];
  return { algorithm: type, hash };
}

function signed({ type, privateKey }: AgentKey, data: Buffer, hash: string | undefined): Buffer {
  if (type === 'ssh-rsa') return sign(hash, data, { key: privateKey, padding: constants.RSA_PKCS1_PADDING });
  if (hash === undefined) return sign(undefined, data, privateKey);
  const both = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const half = both.length / 2;
  return Buffer.concat([wireInteger(both.subarray(0, half)), wireInteger(both.subarray(half))]);
}

function readText(bytes: Buffer, at: number): Buffer | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32BE(at);
  return end > bytes.length ? undefined : bytes.subarray(at + 4, end);
}

function wireNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function wireText(bytes: Uint8Array): Buffer {
  return Buffer.concat([wireNumber(bytes.length), bytes]);
}

/** A positive integer: no zeros in front, but one where the first bit would be taken for a sign. */
function wireInteger(bytes: Buffer): Buffer {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const short = bytes.subarray(from);
  return wireText((short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), short]) : short);
}

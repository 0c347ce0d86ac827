import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';

const KEPT_BYTES = 4_000;

/**
 * Starts a command and speaks with it by its standard streams, as over a connection. It ends with the stream. The stream breaks with what
 * the command wrote to stderr when it fails.
 */
export function openCommandPipe(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Duplex {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  let complaint = '';
  const pipe = new Duplex({
    read: () => void child.stdout.resume(),
    // Input that the command does not take any more is no error of its own: how the command ends says why.
    write: (chunk: Buffer, _encoding, done) => void child.stdin.write(chunk, () => done()),
    final: (done) => void child.stdin.end(() => done()),
    destroy(error, done) {
      child.kill();
      done(error);
    },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (!pipe.push(chunk)) child.stdout.pause();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_BYTES);
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => pipe.destroy(error));
  child.on('close', (code) => {
    if (code === 0 || pipe.destroyed) pipe.push(null);
    else pipe.destroy(new Error(complaint.trim() || `"${program}" ended with exit code ${code}`));
  });
  return pipe;
}

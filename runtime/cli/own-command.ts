import { offerOwnCommand } from '../clients/process/own-command.ts';
import { AS_TILT } from './arguments.ts';

/** Commands of a Tiltfile and scripts of extensions call `tilt`: for them it is this program, and these say where its server would be. */
export function offerTilt(): void {
  const [, main] = process.argv;
  if (main === undefined) return;
  offerOwnCommand({
    name: 'tilt',
    argv: [process.execPath, ...runtimeWords(), main, AS_TILT],
    variables: { TILT_HOST: 'localhost', TILT_PORT: '10350', TILT_DISABLE_ANALYTICS: '1' },
  });
}

function runtimeWords(): readonly string[] {
  if ('Deno' in globalThis) return ['run', '--allow-all'];
  // Two processes cannot be inspected at one port.
  return process.execArgv.filter((word) => !word.startsWith('--inspect'));
}

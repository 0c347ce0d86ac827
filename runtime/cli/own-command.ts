import { offerOwnCommand } from '../clients/process/own-command.ts';
import { AS_TILT } from './arguments.ts';

/** Commands of a Tiltfile and scripts of extensions call `tilt`: for them it is this program, and these say where its server would be. */
export function offerTilt(): void {
  if (process.argv[1] === undefined) return;
  offerOwnCommand({
    name: 'tilt',
    argv: [...ownArgv(), AS_TILT],
    variables: { TILT_HOST: 'localhost', TILT_PORT: '10350', TILT_DISABLE_ANALYTICS: '1' },
  });
}

/** How to run this program once more. */
export function ownArgv(): readonly string[] {
  const [, main = ''] = process.argv;
  return [process.execPath, ...runtimeWords(), main];
}

function runtimeWords(): readonly string[] {
  if ('Deno' in globalThis) return ['run', '--allow-all'];
  // Two processes cannot be inspected at one port.
  return process.execArgv.filter((word) => !word.startsWith('--inspect'));
}

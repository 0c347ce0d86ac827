import { connect } from 'node:net';
import type { ProbeAction } from '../../stdlib/model/probe.ts';
import { connectionProblem, PASSED, type ProbeOutcome, probeFailed } from './probe-outcome.ts';

/** Opens a connection once and closes it. */
export function probeTcp(
  { host, port }: Extract<ProbeAction, { kind: 'tcp' }>,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const name = host === undefined || host === '' ? 'localhost' : host;
  return new Promise((resolve) => {
    const socket = connect({ host: name, port, autoSelectFamily: true });
    const abort = () => socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    const done = (outcome: ProbeOutcome) => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve(outcome);
    };
    socket.on('connect', () => done(PASSED));
    socket.on('error', (error) => done(probeFailed(`${connectionProblem(error)} at ${name}:${port}`)));
    socket.on('close', () => done(probeFailed(`connection closed at ${name}:${port}`)));
  });
}

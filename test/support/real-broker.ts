import { spawnSync } from 'node:child_process';
import type { Broker } from '../../interpreter/broker.ts';
import { attempt, fileInfo } from '../../interpreter/file-info.ts';
import { type FakeWorld, fakeBroker, fakeWorld } from './fake-call.ts';

/** A broker that runs commands and looks at files in truth, with these variables and no others. */
export function commandBroker(environment: Readonly<Record<string, string>>): {
  readonly broker: Broker;
  readonly world: FakeWorld;
} {
  const world = fakeWorld();
  world.answer = ({ argv, dir, env }) => {
    const [program = '', ...args] = argv;
    const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
      cwd: dir,
      env: { ...environment, ...env },
    });
    if (error === undefined) return { ok: true, value: { exitCode: status, signal, stdout, stderr } };
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { ok: false, error: { code, message, subject: program } };
  };
  const look: Broker['fileInfo'] = (file, follow) => attempt(file, () => fileInfo(file, follow));
  return { broker: { ...fakeBroker(world), fileInfo: look }, world };
}

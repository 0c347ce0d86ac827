import type { ComposeResource } from '../../stdlib/model/resource.ts';
import type { Output } from '../engine/ports.ts';
import type { Result } from '../state/failure.ts';
import { runCompose } from './compose-command.ts';

export interface DownOptions {
  /** Delete the projects' volumes, too. */
  readonly deleteVolumes: boolean;
  /** What Compose inherits; the process's own environment when not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Takes down what is chosen of Compose projects: a whole project with its networks, or only the containers of some of its services. */
export async function takeDown(
  all: readonly ComposeResource[],
  chosen: readonly ComposeResource[],
  options: DownOptions,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { environment = process.env, deleteVolumes } = options;
  for (const name of new Set(chosen.map(({ project }) => project.name))) {
    const services = chosen.filter(({ project }) => project.name === name);
    const [first] = services;
    if (first === undefined) continue;
    const isWhole = services.length === all.filter(({ project }) => project.name === name).length;
    const subcommand = isWhole
      ? ['down', '--remove-orphans', ...(deleteVolumes ? ['--volumes'] : [])]
      : ['rm', '--stop', '--force', ...services.map(({ service }) => service)];
    const purpose = `take down Compose project "${name}"`;
    const command = { project: first.project, subcommand, purpose, kind: 'apply', position: first.position } as const;
    const result = await runCompose(command, environment, (text) => output.write(text), signal);
    if (!result.ok) return result;
  }
  return { ok: true, value: undefined };
}

import { ExitCode } from '../exit-code.ts';
import { CommandProblem, type ServerFlags } from './session-address.ts';
import { withWebApi } from './web-api.ts';

/** The bit by which the server knows that the command line asked. */
const ASKED_BY_COMMAND_LINE = 32;

/** Asks the running program to update a resource. Answers the exit code. */
export function trigger(resource: string, flags: ServerFlags): Promise<number> {
  return withWebApi(flags, async (api) => {
    const body = { manifest_names: [resource], build_reason: ASKED_BY_COMMAND_LINE };
    const { status, text } = await api.post('/api/trigger', body);
    const words = text.trim();
    if (status !== 200) throw new CommandProblem(`(${status}): ${words}`);
    // Why it does nothing, such as for a resource that is switched off.
    if (words !== '') throw new CommandProblem(words);
    process.stdout.write(`Successfully triggered update for resource: "${resource}"\n`);
    return ExitCode.ok;
  });
}

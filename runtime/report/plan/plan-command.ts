import type { Command } from '../../../stdlib/model/command.ts';
import { type Place, placed, placedText } from './place.ts';
import type { PlannedCommand } from './plan.ts';
import { withoutSecrets } from './secrets.ts';

export function plannedCommand(command: Command | undefined, place: Place): PlannedCommand | null {
  if (command === undefined) return null;
  const env = Object.fromEntries(
    command.env.map((pair) => [pair.slice(0, pair.indexOf('=')), placedText(pair.slice(pair.indexOf('=') + 1), place)]),
  );
  return {
    argv: command.argv.map((word) => placedText(word, place)),
    dir: placed(command.dir, place),
    env: withoutSecrets(env),
  };
}

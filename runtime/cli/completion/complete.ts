import type { Command } from 'commander';
import { findKind } from '../objects/asked-objects.ts';
import { type ObjectApi, withObjects } from '../objects/object-api.ts';
import { type Candidate, type Completion, completionOf, starting } from './candidates.ts';

/** Prints what may stand in the place of the last word; what the running program knows too, if there is one. */
export async function complete(program: Command, words: readonly string[]): Promise<void> {
  const completion = completionOf(program, words);
  const candidates =
    completion.asks === undefined ? completion.candidates : starting(await known(completion), words.at(-1) ?? '');
  process.stdout.write(candidates.map(({ word, about }) => `${word}\t${about.split('\n', 1)[0]}\n`).join(''));
}

async function known(completion: Completion): Promise<readonly Candidate[]> {
  let found: readonly Candidate[] = [];
  // A shell shows nothing of what goes wrong.
  await withObjects({}, async (api) => {
    found = await ask(api, completion).catch(() => []);
    return 0;
  });
  return found;
}

async function ask(api: ObjectApi, { asks, type }: Completion): Promise<readonly Candidate[]> {
  const kinds = await api.kinds();
  if (asks === 'object-types') return kinds.map(({ name, kind }) => ({ word: name, about: kind }));
  const kind = findKind(kinds, asks === 'resources' ? 'uiresources' : (type ?? ''));
  const { items } = await api.list(kind);
  return items.map(({ metadata }) => ({ word: metadata.name, about: kind.kind }));
}

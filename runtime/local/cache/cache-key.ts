import { createHash } from 'node:crypto';
import path from 'node:path';
import { ignoreMatcher } from '../../../stdlib/model/ignore-pattern.ts';
import type { LocalResource, ResultCacheRule } from '../../../stdlib/model/resource.ts';
import { digestOf, treeAt } from './tree.ts';

/** Grows when what is kept, or what it is found by, takes another form. */
const FORM = 1;

/**
 * What decides the result of a resource's command, as one text in hexadecimal: the command, the variables that it names, its machine, and the
 * content of its inputs. Paths count as they lie to the Tiltfile, so that another checkout finds it, too. Rejects when an input cannot be read.
 */
export async function cacheKey(
  resource: LocalResource,
  rule: ResultCacheRule,
  environment: Readonly<Record<string, string | undefined>>,
  cacheFolder: string,
): Promise<string> {
  const root = path.dirname(resource.position.file);
  const relative = (file: string) => path.relative(root, file).split(path.sep).join('/');
  const { update } = resource;
  const hash = createHash('sha256');
  const add = (...values: readonly (string | boolean | readonly string[] | null)[]) =>
    hash.update(`${JSON.stringify(values)}\n`);
  add(String(FORM), process.platform, process.arch);
  add(update?.argv ?? [], relative(update?.dir ?? root), update?.env ?? []);
  for (const name of [...new Set(rule.env)].sort()) add(name, environment[name] ?? null);
  for (const output of rule.outputs) add('output', relative(output));
  const ignored = ignoreMatcher([
    ...resource.ignores,
    ...[...rule.outputs, cacheFolder].map((basePath) => ({ basePath, patterns: [], source: '' })),
  ]);
  const seen = new Set<string>();
  for (const input of [...rule.inputs].sort()) {
    add('input', relative(input));
    for await (const entry of treeAt(input, (file) => ignored.ignores(file))) {
      if (seen.has(entry.file)) continue;
      seen.add(entry.file);
      const content = entry.kind === 'link' ? entry.target : await digestOf(entry.file);
      add(relative(entry.file), entry.kind, entry.isExecutable, content);
    }
  }
  return hash.digest('hex');
}

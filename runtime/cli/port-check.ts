import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { tiltfileResultJson } from '../../stdlib/result/tiltfile-result.ts';
import type { Loader } from '../load/loader.ts';
import { tiltfileFailureText } from '../report/failure-text.ts';
import { ExitCode } from './exit-code.ts';
import { loadTiltfile } from './tiltfile.ts';

/** Runs the Starlark Tiltfile and what it was ported to, and says in what they differ. */
export async function checkPort(
  starlark: string,
  ported: string,
  tiltfileArgs: readonly string[],
  loader: Loader,
): Promise<number> {
  const before = await resultOf(starlark, tiltfileArgs, loader);
  const after = await resultOf(ported, tiltfileArgs, loader);
  const differences = differencesOf(before, after);
  if (differences.length === 0) {
    say('Both declare the same.');
    return ExitCode.ok;
  }
  for (const difference of differences) say(difference);
  return ExitCode.tiltfileFailed;
}

/** Where a resource was declared, in both files. */
function placesOf(name: string, before: Result, after: Result): string {
  const places = [before, after].flatMap((result) => (result.ok ? (result.places.get(name) ?? []) : []));
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

type Result =
  | {
      readonly ok: true;
      readonly manifests: ReadonlyMap<string, unknown>;
      readonly places: ReadonlyMap<string, string>;
      readonly settings: Record<string, unknown>;
    }
  | { readonly ok: false; readonly text: string };

async function resultOf(file: string, tiltfileArgs: readonly string[], loader: Loader): Promise<Result> {
  const result = await loadTiltfile(
    loader,
    'alpha tiltfile-result',
    { file, names: [], tiltfileArgs },
    () => {},
    new AbortController().signal,
  );
  if (!result.ok) return { ok: false, text: tiltfileFailureText(result.failure, process.cwd()) };
  const text = JSON.stringify(tiltfileResultJson(result.tiltfile, result.configFiles)).replaceAll(
    path.basename(file),
    'Tiltfile',
  );
  const {
    Manifests,
    ConfigFiles: _,
    ...settings
  } = JSON.parse(text) as Record<string, unknown> & { Manifests?: { Name: string }[] };
  const places = new Map(
    result.tiltfile.graph.resources.map(({ name, position }) => [
      name,
      `${path.relative(process.cwd(), position.file)}:${position.line}`,
    ]),
  );
  return {
    ok: true,
    places,
    manifests: new Map((Manifests ?? []).map((manifest) => [manifest.Name, manifest])),
    settings,
  };
}

function differencesOf(before: Result, after: Result): string[] {
  if (!before.ok && !after.ok) return [`Both fail, so there is nothing to compare:\n${before.text}\n${after.text}`];
  if (!before.ok) return [`The Starlark Tiltfile fails, its port does not:\n${before.text}`];
  if (!after.ok) return [`The port fails, the Starlark Tiltfile does not:\n${after.text}`];
  const differences: string[] = [];
  for (const [name, manifest] of before.manifests) {
    if (!after.manifests.has(name))
      differences.push(`Resource ${JSON.stringify(name)}${placesOf(name, before, after)} is missing in the port.`);
    else
      compare(
        manifest,
        after.manifests.get(name),
        `Resource ${JSON.stringify(name)}${placesOf(name, before, after)}: `,
        differences,
      );
  }
  for (const name of after.manifests.keys()) {
    if (!before.manifests.has(name))
      differences.push(`Resource ${JSON.stringify(name)}${placesOf(name, before, after)} is in the port alone.`);
  }
  if ([...before.manifests.keys()].join('\n') !== [...after.manifests.keys()].join('\n') && differences.length === 0) {
    differences.push('The resources come in another order.');
  }
  compare(before.settings, after.settings, 'Settings: ', differences);
  return differences;
}

function compare(before: unknown, after: unknown, place: string, differences: string[]): void {
  if (isDeepStrictEqual(before, after)) return;
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    differences.push(`${place} was ${JSON.stringify(before)} and is ${JSON.stringify(after)}`);
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(before[key], after[key], `${place}${place.endsWith(' ') ? '' : '.'}${key}`, differences);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

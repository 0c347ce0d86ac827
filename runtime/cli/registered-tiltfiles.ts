import type { EffectRecord } from '../../interpreter/evaluation.ts';
import type { LoadedTiltfile } from '../../stdlib/declarations.ts';
import type { RegisteredExtension } from '../../stdlib/model/extension.ts';
import type { Graph } from '../../stdlib/model/graph.ts';
import { type GraphPart, mergeGraphs } from '../../stdlib/model/merge-graphs.ts';
import { type Failure, failure } from '../state/failure.ts';

/** A Tiltfile that was evaluated. */
export interface Evaluated {
  readonly tiltfile: LoadedTiltfile;
  readonly configFiles: readonly string[];
  /** What the script did while it was evaluated. */
  readonly record: EffectRecord;
}

export type EvaluatedResult =
  | ({ readonly ok: true } & Evaluated)
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly stopped: boolean;
      readonly configFiles: readonly string[];
    };

/**
 * A Tiltfile with the extensions that it registers and does not import, each evaluated as a Tiltfile of its own, as Tilt does: all that
 * they declare is in one graph. They may register further ones.
 */
export async function withRegistered(
  main: Evaluated,
  evaluate: (extension: RegisteredExtension) => Promise<EvaluatedResult>,
): Promise<EvaluatedResult> {
  const parts: (GraphPart & { readonly evaluated: Evaluated })[] = [];
  const open = [...main.tiltfile.registered];
  const known = new Set<string>();
  for (let extension = open.shift(); extension !== undefined; extension = open.shift()) {
    const { name } = extension;
    if (known.has(name)) continue;
    known.add(name);
    const evaluated = await evaluate(extension);
    if (!evaluated.ok) {
      const configFiles = unique([...evaluated.configFiles, ...filesOf(main, parts)]);
      return { ...evaluated, failure: inExtension(evaluated.failure, extension), configFiles };
    }
    parts.push({ name, graph: evaluated.tiltfile.graph, evaluated });
    open.push(...evaluated.tiltfile.registered);
  }
  const merged = mergeGraphs(main.tiltfile.graph, parts);
  const configFiles = filesOf(main, parts);
  if (!merged.ok) {
    const { name, other, resource } = merged;
    const also = other === '' ? 'the Tiltfile' : `the extension "${other}"`;
    const message = `The extension "${name}" declares a resource "${resource.name}", and so does ${also}`;
    return { ok: false, failure: failure('tiltfile', message, [], resource.position), stopped: false, configFiles };
  }
  const all = [main, ...parts.map(({ evaluated }) => evaluated)];
  return { ok: true, configFiles, tiltfile: mergedTiltfile(all, merged.graph), record: mergedRecord(all) };
}

function inExtension(problem: Failure, { name }: RegisteredExtension): Failure {
  return { ...problem, message: `The extension "${name}": ${problem.message}` };
}

function filesOf(main: Evaluated, parts: readonly { readonly evaluated: Evaluated }[]): readonly string[] {
  return unique([main, ...parts.map(({ evaluated }) => evaluated)].flatMap(({ configFiles }) => configFiles));
}

function mergedTiltfile(all: readonly Evaluated[], graph: Graph): LoadedTiltfile {
  const loaded = all.flatMap(({ tiltfile }) => tiltfile.extensions.loaded);
  const [first, ...others] = all.map(({ tiltfile }) => tiltfile.extensions.unusedPins);
  // What one of them uses is used.
  const unusedPins = (first ?? []).filter((pin) =>
    others.every((pins) => pins.some(({ url, ref }) => url === pin.url && ref === pin.ref)),
  );
  const deployRefusal = all.find(({ tiltfile }) => tiltfile.deployRefusal !== undefined)?.tiltfile.deployRefusal;
  return {
    graph,
    warnings: all.flatMap(({ tiltfile }) => tiltfile.warnings),
    extensions: { loaded, unusedPins },
    registered: [],
    ...(deployRefusal === undefined ? {} : { deployRefusal }),
  };
}

function mergedRecord(all: readonly Evaluated[]): EffectRecord {
  const records = all.map(({ record }) => record);
  return {
    filesRead: unique(records.flatMap(({ filesRead }) => filesRead)),
    commandsRun: records.flatMap(({ commandsRun }) => commandsRun),
    variablesRead: unique(records.flatMap(({ variablesRead }) => variablesRead)),
    variablesChanged: unique(records.flatMap(({ variablesChanged }) => variablesChanged)),
    refused: records.flatMap(({ refused }) => refused),
  };
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

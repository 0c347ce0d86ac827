import { readFile, rm } from 'node:fs/promises';
import { commandText } from '../../stdlib/model/command-text.ts';
import type { CommandBuild, Image } from '../../stdlib/model/image.ts';
import {
  familiarReference,
  type ImageReference,
  parseImageReference,
  withTag,
} from '../../stdlib/model/image-reference.ts';
import { shortCommand } from '../../stdlib/model/short-command.ts';
import { type Environment, stringAt } from '../clients/docker/docker-config.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import { environmentOf, imageVariables } from '../clients/process/environment.ts';
import { type ProcessEnd, startProcess } from '../clients/process/process.ts';
import { StreamText } from '../clients/process/stream-text.ts';
import type { BuiltImage, ImageDestination, Output } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { engineFailure } from './engine-failure.ts';
import { type ImageNames, imageNames, namesWithTag } from './image-names.ts';
import type { MadeImage } from './made-image.ts';
import { tagImage } from './tag-image.ts';

export interface CustomBuildRequest {
  readonly image: Image & { readonly build: CommandBuild };
  readonly ref: ImageReference;
  readonly bases: ReadonlyMap<string, BuiltImage>;
  readonly destination: ImageDestination;
  /** What the command inherits. */
  readonly environment: Environment;
}

/**
 * Runs the command of a custom_build and finds what it built. What it leaves in the engine gets a tag made of its content, so
 * that the same content has the same name.
 */
export async function runCustomBuild(
  request: CustomBuildRequest,
  connect: () => Promise<Result<{ readonly engine: DockerEngine }>>,
  output: Output,
  signal: AbortSignal,
): Promise<Result<MadeImage>> {
  const { image, ref, destination } = request;
  const { build } = image;
  if (build.outputsImageRefTo !== '') await rm(build.outputsImageRefTo, { force: true });
  const expected = expectedNames(request);
  const ran = await runCommand(request, expected, output, signal);
  if (!ran.ok) return ran;
  const written = build.outputsImageRefTo === '' ? undefined : await readNames(request);
  if (written && !written.ok) return written;
  const names = written?.value ?? expected;
  const leftThere = (id: string): Result<MadeImage> => {
    // Where the command has put it itself, it is known by the name that the command knows.
    const localRef = names.pushRef ?? names.localRef;
    return { ok: true, value: { id, names: { ...names, localRef }, deliver: false } };
  };
  if (build.output === 'remote') return leftThere('');

  const connected = await connect();
  if (!connected.ok) return connected;
  const { engine } = connected.value;
  const id = await findImage(engine, names.pushRef ?? names.localRef, image, signal);
  if (!id.ok) return id;
  const deliver = build.output === 'local-docker';
  if (!deliver && destination.kind !== 'engine') return leftThere(id.value);
  if (written) return { ok: true, value: { id: id.value, names, deliver } };
  const byContent = imageNames(ref, id.value, destination);
  const tags = byContent.pushRef === undefined ? [byContent.localRef] : [byContent.localRef, byContent.pushRef];
  const tagged = await tagImage(engine, id.value, tags, image.ref, signal);
  return tagged.ok ? { ok: true, value: { id: id.value, names: byContent, deliver } } : tagged;
}

/** The names under which the command is to leave the image. One that knows its tag does not know the registry. */
function expectedNames({ image, ref, destination }: CustomBuildRequest): ImageNames {
  const { tag } = image.build;
  if (tag === '') return namesWithTag(ref, `tilt-build-${Math.floor(Date.now() / 1000)}`, destination);
  const name = familiarReference(withTag(ref, tag));
  return { localRef: name, pushRef: undefined, clusterRef: name };
}

async function runCommand(
  request: CustomBuildRequest,
  expected: ImageNames,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { image, environment } = request;
  const { command } = image.build;
  const fail = (found: Failure): Result<never> => ({ ok: false, failure: { ...found, position: image.position } });
  const stopped = () => fail(failure('cancelled', `The build of image "${image.ref}" was stopped`));
  if (signal.aborted) return stopped();
  const variables = commandVariables(request, expected);
  output.write('Custom Build: Injecting Environment Variables\n');
  for (const variable of variables) output.write(`  ${variable}\n`);
  output.write(`Running cmd: ${commandText(command)}\n`);
  const streams = new StreamText(output);
  const env = environmentOf(environment, [...command.env, ...variables]);
  const child = startProcess({ argv: command.argv, dir: command.dir, env }, streams.sink);
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort, { once: true });
  const end = await child.ended;
  signal.removeEventListener('abort', abort);
  if (signal.aborted) await child.stop();
  streams.end();
  if (signal.aborted) return stopped();
  if (end.kind === 'exited' && end.code === 0) return { ok: true, value: undefined };
  const what = `Custom build "${shortCommand(command)}" of image "${image.ref}" failed: ${howItEnded(end)}`;
  return fail(failure('command', what));
}

/** What the command is told, after the variables of its own. */
function commandVariables(request: CustomBuildRequest, expected: ImageNames): readonly string[] {
  const { image, bases, destination } = request;
  const name = expected.pushRef ?? expected.localRef;
  const parsed = image.build.outputsImageRefTo === '' ? parseImageReference(name) : undefined;
  const variables = parsed?.ok
    ? [`EXPECTED_REF=${name}`, `EXPECTED_IMAGE=${parsed.value.path}`, `EXPECTED_TAG=${parsed.value.tag}`]
    : [];
  if (destination.kind === 'registry') {
    variables.push(`REGISTRY_HOST=${destination.pushHost}`, `EXPECTED_REGISTRY=${destination.pushHost}`);
  }
  const images = image.dependsOn.map((ref) => {
    const base = bases.get(ref);
    return { ref, name: base?.pushRef ?? base?.localRef ?? ref };
  });
  return [...variables, ...imageVariables(images)];
}

function howItEnded(end: ProcessEnd): string {
  switch (end.kind) {
    case 'exited':
      return `exit status ${end.code}`;
    case 'signaled':
      return `ended by signal ${end.signal}`;
    case 'not-started':
      return end.problem.reason;
  }
}

/** The names in the file that the command wrote, as this machine and as the cluster know the registry. */
async function readNames({ image, destination }: CustomBuildRequest): Promise<Result<ImageNames>> {
  const file = image.build.outputsImageRefTo;
  const refuse = (why: string): Result<never> => {
    const message = `Cannot find out what "${shortCommand(image.build.command)}" built for image "${image.ref}": ${why}`;
    return { ok: false, failure: failure('image-build', message, [], image.position) };
  };
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch {
    return refuse(`it should have written the image's reference to "${file}"`);
  }
  const parsed = parseImageReference(text);
  if (!parsed.ok) return refuse(`the reference "${text}" in "${file}" is invalid: ${parsed.message}`);
  if (parsed.value.tag === '') return refuse(`the reference "${text}" in "${file}" has no tag`);
  const name = familiarReference(parsed.value);
  const isPushed = destination.kind === 'registry' || destination.kind === 'own-name';
  const clusterRef =
    destination.kind === 'registry' && name.startsWith(`${destination.pushHost}/`)
      ? destination.clusterHost + name.slice(destination.pushHost.length)
      : name;
  return { ok: true, value: { localRef: name, pushRef: isPushed ? name : undefined, clusterRef } };
}

async function findImage(
  engine: DockerEngine,
  name: string,
  image: CustomBuildRequest['image'],
  signal: AbortSignal,
): Promise<Result<string>> {
  const whileDoing = `looking for what was built for image "${image.ref}"`;
  const found = await engine.call({ method: 'GET', path: `/images/${name}/json`, signal, whileDoing });
  const id = found.ok ? stringAt(found.value, 'Id') : '';
  if (id !== '') return { ok: true, value: id };
  const missing = (): Failure =>
    failure('image-build', `Custom build "${shortCommand(image.build.command)}" left no image "${name}" in Docker`, [
      'Tag what it builds with the value of EXPECTED_REF.',
      'If it does not use Docker, say skips_local_docker: true.',
    ]);
  const problem = found.ok ? missing() : engineFailure(found.problem, `The build of image "${image.ref}"`, missing);
  return { ok: false, failure: { ...problem, position: image.position } };
}

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { familiarReference, parseImageReference, withTag } from '../../stdlib/model/image-reference.ts';
import { fieldDocs } from '../../stdlib/v1alpha1/field-docs.ts';
import { readDockerConfig, stringAt } from '../clients/docker/docker-config.ts';
import { openEngine } from '../clients/docker/docker-engine.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import { contentTag } from '../images/image-names.ts';
import { openApi2 } from '../server/openapi.ts';
import { commandsPage } from './command-docs.ts';
import { ExitCode } from './exit-code.ts';
import { typesPath } from './types-path.ts';
import { VERSION } from './version.ts';

// What `dump` prints without a session.

/** The name that an image of the Docker engine gets when it is deployed: made of its content. Answers the exit code. */
export async function dumpImageDeployRef(ref: string): Promise<number> {
  const parsed = parseImageReference(ref);
  if (!parsed.ok) return fail(`Cannot read the image reference "${ref}": ${parsed.message}`, ExitCode.usage);
  const address = await findEngine(process.env, await readDockerConfig(process.env));
  if (!address.ok) return fail(address.message, ExitCode.unreachable);
  const engine = await openEngine(address.value);
  const whileDoing = `looking for image "${ref}"`;
  const found = await engine.call({ method: 'GET', path: `/images/${ref}/json`, whileDoing });
  if (!found.ok) {
    const { problem } = found;
    const isMissing = problem.kind === 'refused' && problem.status === 404;
    if (isMissing) return fail(`There is no image "${ref}" in Docker. Build it, or pull it, before.`);
    const message = problem.kind === 'cancelled' ? 'It was stopped' : problem.message;
    return fail(message, problem.kind === 'refused' ? ExitCode.resourceFailed : ExitCode.unreachable);
  }
  process.stdout.write(`${familiarReference(withTag(parsed.value, contentTag(stringAt(found.value, 'Id'))))}\n`);
  return ExitCode.ok;
}

/** The description of all kinds of objects, as a running program serves it. */
export function dumpOpenApi(): number {
  process.stdout.write(`${JSON.stringify(openApi2(VERSION, fieldDocs()), undefined, 2)}\n`);
  return ExitCode.ok;
}

/** Writes the page about all commands into a folder. */
export function dumpCommandDocs(program: Command, folder: string): number {
  return write(folder, ['commands.md'], (file) => writeFileSync(file, commandsPage(program)));
}

/** Writes the types of all builtins, with what they do, into a folder. */
export function dumpApiDocs(folder: string): number {
  return write(folder, ['tilt.d.ts', 'sandbox.d.ts', 'deno.d.ts'], (file, name) => copyFileSync(typesPath(name), file));
}

function write<Name extends string>(
  folder: string,
  names: readonly Name[],
  one: (file: string, name: Name) => void,
): number {
  for (const name of names) {
    const file = path.join(folder, name);
    try {
      mkdirSync(folder, { recursive: true });
      one(file, name);
    } catch (error) {
      return fail(`Cannot write "${file}": ${(error as Error).message}`);
    }
    process.stdout.write(`wrote ${file}\n`);
  }
  return ExitCode.ok;
}

function fail(message: string, code: number = ExitCode.resourceFailed): number {
  process.stderr.write(`Error: ${message}\n`);
  return code;
}

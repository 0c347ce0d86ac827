import type { Broker } from '../../interpreter/broker.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ApiObject } from '../model/api-object.ts';
import type { AddedObject, RegisteredExtension } from '../model/extension.ts';
import type { Json } from '../model/kubernetes.ts';
import type { SourcePosition } from '../model/position.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import type { ApiObjects } from '../v1alpha1/registration.ts';
import { locateObject, registeredRepository, runsByItself } from './extensions.ts';

export interface Registered {
  readonly extensions: readonly RegisteredExtension[];
  readonly warnings: readonly string[];
}

/**
 * The extensions that run by themselves, fetched if need be: what the Tiltfile registered and did not import, and what was added to a
 * running session. Throws `Refusal` where one of the Tiltfile cannot be had; of one that was added that is only told.
 */
export function registeredExtensions(session: Session, broker: Broker): Registered {
  const { declarations, options } = session;
  // What they declare would be in no result of Tilt either.
  if (options.subcommand === 'alpha tiltfile-result') return { extensions: [], warnings: [] };
  const declared = [...declarations.apiObjects.values()].filter(runsByItself);
  const added = options.extensions?.added ?? [];
  const names = new Set([...declarations.apiObjects.values()].filter(isExtension).map(({ name }) => name));
  const objects = withAdded(declarations.apiObjects, added);
  const extensions: RegisteredExtension[] = [];
  const warnings: string[] = [];
  for (const { name, body, position } of declared) {
    const repoName = String(specOf(body).repoName ?? '');
    const repo = registeredRepository(objects, repoName);
    if (repo === undefined) {
      const place = `${position.file}:${position.line}:${position.column}`;
      const missing = `v1alpha1.extension_repo(${quote(repoName)}, …) registers it`;
      warnings.push(
        `Extension ${quote(name)} does not run: there is no repository ${quote(repoName)}; ${missing} (${place})`,
      );
      continue;
    }
    extensions.push(located({ name, body }, repo, session, broker, position));
  }
  for (const { name, spec } of added.filter((object) => isExtension(object) && !names.has(object.name))) {
    const body = { spec: spec as { readonly [field: string]: Json } };
    const repoName = String(spec.repoName ?? '');
    const repo = registeredRepository(objects, repoName);
    try {
      if (repo === undefined) throw new Refusal(`extension repo not found: ${repoName}`);
      extensions.push(located({ name, body }, repo, session, broker, undefined));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      broker.print(`extension ${name}: ${error.message}\n`, 'error');
    }
  }
  return { extensions, warnings };
}

function isExtension({ resource }: { readonly resource: string }): boolean {
  return resource === 'extensions';
}

function located(
  extension: Pick<ApiObject, 'name' | 'body'>,
  repo: Pick<ApiObject, 'name' | 'body'>,
  session: Session,
  broker: Broker,
  position: SourcePosition | undefined,
): RegisteredExtension {
  const { name, body } = extension;
  const { args } = specOf(body);
  try {
    const file = locateObject({ extension, repo, module: name }, session, broker);
    return { name, file, args: Array.isArray(args) ? args.map(String) : [], position };
  } catch (error) {
    if (error instanceof Refusal && position !== undefined) throw new Refusal(error.message, { position });
    throw error;
  }
}

/** What the Tiltfile registered counts before what was added. */
function withAdded(objects: ApiObjects, added: readonly AddedObject[]): ApiObjects {
  const all: ApiObjects = new Map();
  for (const { resource, name, spec } of added) {
    const body = { spec: spec as { readonly [field: string]: Json } };
    const position = { file: '', line: 0, column: 0 };
    all.set(`${resource}/${name}`, { resource, name, labels: {}, annotations: {}, body, position });
  }
  for (const [key, object] of objects) all.set(key, object);
  return all;
}

function specOf(body: ApiObject['body']): { readonly [field: string]: Json } {
  return body.spec as { readonly [field: string]: Json };
}

import path from 'node:path';
import type { Broker } from '../../interpreter/broker.ts';
import { type ImportSite, Refusal } from '../../interpreter/builtin.ts';
import { isJavaScript } from '../../interpreter/starlark-files.ts';
import type { ApiObject } from '../model/api-object.ts';
import type { LoadedExtension, UsedExtensions } from '../model/extension.ts';
import type { Json } from '../model/kubernetes.ts';
import type { SourcePosition } from '../model/position.ts';
import { explained } from '../schema/explained.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { type ApiObjects, findObject, MANAGED_BY, putObject } from '../v1alpha1/registration.ts';
import { entryFile, isWithin } from './entry-file.ts';
import { EXTENSION_PREFIX, objectName } from './extension-name.ts';
import { publicUrl } from './public-url.ts';
import { Repositories } from './repositories.ts';

const DEFAULT_REPOSITORY = { name: 'default', url: 'https://github.com/tilt-dev/tilt-extensions' };

/** An extension and its repository, as objects of the API. `module` is what stands after `ext://`. */
interface ExtensionObjects {
  readonly extension: Pick<ApiObject, 'name' | 'body'>;
  readonly repo: Pick<ApiObject, 'name' | 'body'>;
  readonly module: string;
}

interface State {
  readonly repositories: Repositories;
  readonly loaded: Map<string, LoadedExtension>;
}

/** Of sessions that import extensions. */
const states = new WeakMap<Session, State>();

function stateOf(session: Session): State {
  const known = states.get(session);
  if (known) return known;
  const state: State = { repositories: new Repositories(session.options), loaded: new Map() };
  states.set(session, state);
  return state;
}

/** What the session imported, at its end. */
export function usedExtensions(session: Session): UsedExtensions {
  const { loaded, repositories } = stateOf(session);
  return { loaded: [...loaded.values()], unusedPins: repositories.unused() };
}

/** Whether an object is an extension that nothing imported, so that it is a Tiltfile of its own. */
export function runsByItself({ resource, annotations }: Pick<ApiObject, 'resource' | 'annotations'>): boolean {
  return resource === 'extensions' && annotations[MANAGED_BY] === undefined;
}

/** The repository of that name among registered objects; Tilt's own is known without that. */
export function registeredRepository(objects: ApiObjects, name: string): Pick<ApiObject, 'name' | 'body'> | undefined {
  const known = findObject(objects, 'extensionrepos', name);
  if (known !== undefined || name !== DEFAULT_REPOSITORY.name) return known;
  return { name, body: { spec: { url: DEFAULT_REPOSITORY.url } } };
}

/**
 * The file with which the extension of a specifier begins, fetched if need be. As in Tilt, extension and repository become objects of
 * the API if they are not registered. Throws `Refusal` where there is no such extension.
 */
export function locateExtension(specifier: string, session: Session, site: ImportSite): string {
  const objects = session.declarations.apiObjects;
  const module = specifier.slice(EXTENSION_PREFIX.length);
  const extension = importedExtension(objects, module, site.position);
  const repo = usedRepository(objects, text(specOf(extension).repoName), site.position);
  return locateObject({ extension, repo, module }, session, site.broker);
}

/** The same for the objects of an extension and its repository. */
export function locateObject({ extension, repo, module }: ExtensionObjects, session: Session, broker: Broker): string {
  const { repositories, loaded } = stateOf(session);
  const { repoPath } = specOf(extension);
  const { url, ref, gitSubpath } = specOf(repo);
  const repository = { name: repo.name, url: text(url), ref: text(ref) };
  const names = [repo.name, extension.name, module];
  const located = explained(`loading extension repo ${repo.name}`, () =>
    repositories.locate(repository, names, broker),
  );
  const folder = path.join(located.folder, text(gitSubpath), text(repoPath));
  if (!isWithin(located.folder, folder)) {
    throw new Refusal(`loading extension ${extension.name}: invalid repo path: ${text(repoPath)}`);
  }
  const file = entryFile(folder);
  if (file === undefined) {
    throw new Refusal(
      `loading extension ${extension.name}: no extension tiltfile found at ${path.join(folder, 'Tiltfile')} (nor Tiltfile.ts, Tiltfile.js or Tiltfile.mjs)`,
    );
  }
  loaded.set(module, {
    module,
    name: extension.name,
    file,
    repository: { ...repository, url: publicUrl(repository.url) },
    located,
  });
  return file;
}

/**
 * The same for an `import` or Starlark's `load`. Static imports come before the code of their file, which people who know Tilt do not
 * expect; a `load` runs where it stands.
 */
export function locateImport(specifier: string, session: Session, site: ImportSite): string {
  const hasRegistered = [...session.declarations.apiObjects.values()].some(isOfExtensions);
  try {
    return locateExtension(specifier, session, site);
  } catch (error) {
    if (!(error instanceof Refusal) || hasRegistered || !isJavaScript(site.position.file)) throw error;
    throw new Refusal(
      `${error.message}\nAn import runs before the code of its file. Extensions and repositories that the code registers can be loaded after that, by load_dynamic(${quote(specifier)}) or await import(${quote(specifier)}).`,
    );
  }
}

function isOfExtensions({ resource }: ApiObject): boolean {
  return resource === 'extensions' || resource === 'extensionrepos';
}

/** The object of an extension: the registered one, or one of the repository whose `load_host` the module names, or of the default one. */
function importedExtension(objects: ApiObjects, module: string, position: SourcePosition): ApiObject {
  const name = objectName(module);
  const registered = findObject(objects, 'extensions', name);
  const annotations = { ...registered?.annotations, [MANAGED_BY]: 'tiltfile.loader' };
  const extension: ApiObject = registered
    ? { ...registered, annotations }
    : { resource: 'extensions', name, labels: {}, annotations, body: { spec: inferred(objects, module) }, position };
  putObject(objects, extension);
  return extension;
}

function inferred(objects: ApiObjects, module: string): { readonly repoName: string; readonly repoPath: string } {
  const slash = module.indexOf('/');
  const host = module.slice(0, Math.max(slash, 0));
  const repo = [...objects.values()].find(
    (object) => object.resource === 'extensionrepos' && host !== '' && specOf(object).loadHost === host,
  );
  if (repo) return { repoName: repo.name, repoPath: module.slice(slash + 1) };
  return { repoName: DEFAULT_REPOSITORY.name, repoPath: module };
}

/** Under a name that is not registered, Tilt takes its own repository, too. */
function usedRepository(objects: ApiObjects, name: string, position: SourcePosition): ApiObject {
  const registered = findObject(objects, 'extensionrepos', name);
  if (registered) return registered;
  const body = { spec: { url: DEFAULT_REPOSITORY.url } };
  const repo: ApiObject = { resource: 'extensionrepos', name, labels: {}, annotations: {}, body, position };
  putObject(objects, repo);
  return repo;
}

function specOf({ body }: Pick<ApiObject, 'body'>): { readonly [key: string]: Json } {
  return body.spec as { readonly [key: string]: Json };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

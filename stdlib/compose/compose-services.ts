import { Refusal } from '../../interpreter/builtin.ts';
import type { ComposeOptions, ComposeServiceDeclaration } from '../declarations.ts';
import { isPlainObjectData, type PlainData, type PlainObject } from '../encoding/plain-data.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';
import { writeYaml } from '../encoding/yaml-write.ts';
import { type ImageReference, parseImageReference } from '../model/image-reference.ts';
import { quote } from '../schema/show.ts';

/**
 * The services in what `docker compose config` wrote, each after those that it depends on. Options of services that are
 * known by name go on; new ones are added.
 */
export function composeServices(
  text: string,
  projectName: string,
  options: Map<string, ComposeOptions>,
): readonly ComposeServiceDeclaration[] {
  // What Compose writes is meant to be read by Compose, which takes `$` for a variable.
  const parsed = parseYamlStream(text.replaceAll('$$', '$'), '');
  if (!parsed.ok) throw new Refusal(`Cannot read what "docker compose config" answered: ${parsed.message}`);
  const [root = null] = parsed.documents;
  const name = textOf(member(root, 'name')) || projectName;
  const services = member(root, 'services');
  if (!isPlainObjectData(services)) return [];
  const completed = awaitedCompletions(services);
  const declared = new Map<string, ComposeServiceDeclaration>();
  for (const service of Object.keys(services)) {
    const runsToEnd = completed.has(service);
    declared.set(service, { ...declaration(service, services[service] ?? null, name, options), runsToEnd });
  }
  return inOrder(declared);
}

/** The services that others want to have completed before they start. */
function awaitedCompletions(services: PlainObject): ReadonlySet<string> {
  const awaited = new Set<string>();
  for (const body of Object.values(services)) {
    const dependsOn = member(body, 'depends_on');
    if (!isPlainObjectData(dependsOn)) continue;
    for (const [name, how] of Object.entries(dependsOn)) {
      if (textOf(member(how, 'condition')) === 'service_completed_successfully') awaited.add(name);
    }
  }
  return awaited;
}

export function noOptions(): ComposeOptions {
  return {
    image: undefined,
    triggerMode: undefined,
    inferLinks: undefined,
    autoInit: undefined,
    limits: {},
    links: [],
    labels: new Set(),
    resourceDeps: [],
  };
}

function declaration(
  service: string,
  body: PlainData,
  project: string,
  known: Map<string, ComposeOptions>,
): Omit<ComposeServiceDeclaration, 'runsToEnd'> {
  const given = textOf(member(body, 'image'));
  const options = known.get(service) ?? noOptions();
  known.set(service, options);
  const dependsOn = member(body, 'depends_on');
  const dependencies = isPlainObjectData(dependsOn) ? Object.keys(dependsOn) : listOf(dependsOn).map(textOf);
  options.resourceDeps = [...new Set([...options.resourceDeps, ...dependencies])].sort();
  return {
    name: service,
    service,
    // Tilt's name for a build without a name, which docker_build and dc_resource have always had to use.
    image: referenceOf(service, given || `${project}_${service}`),
    runs: given || `${project}-${service}`,
    build: buildOf(member(body, 'build')),
    mounts: listOf(member(body, 'volumes')).map((volume) => textOf(member(volume, 'source'))),
    publishedPorts: listOf(member(body, 'ports'))
      .map((port) => Number(textOf(member(port, 'published'))))
      .filter((port) => Number.isInteger(port) && port !== 0),
    replicas: replicasOf(body),
    yaml: writeYaml(body),
    dependsOn: new Set(dependencies),
    options,
  };
}

function referenceOf(service: string, image: string): ImageReference {
  const parsed = parseImageReference(image);
  if (parsed.ok) return parsed.value;
  throw new Refusal(`getting service ${service}: Error parsing image name ${quote(image)}: ${parsed.message}`);
}

function replicasOf(body: PlainData): number {
  const given = textOf(member(member(body, 'deploy'), 'replicas')) || textOf(member(body, 'scale'));
  return given === '' ? 1 : Number(given);
}

function buildOf(build: PlainData): ComposeServiceDeclaration['build'] {
  const context = textOf(member(build, 'context'));
  if (context === '') return undefined;
  return { context, dockerfile: textOf(member(build, 'dockerfile')) || 'Dockerfile' };
}

function inOrder(services: ReadonlyMap<string, ComposeServiceDeclaration>): readonly ComposeServiceDeclaration[] {
  const ordered = new Set<ComposeServiceDeclaration>();
  const visit = (name: string, trail: readonly string[]): void => {
    const service = services.get(name);
    if (service === undefined || ordered.has(service) || trail.includes(name)) return;
    for (const dependency of [...service.dependsOn].sort()) visit(dependency, [...trail, name]);
    ordered.add(service);
  };
  for (const name of [...services.keys()].sort()) visit(name, []);
  return [...ordered];
}

export function member(value: PlainData, key: string): PlainData {
  return isPlainObjectData(value) && Object.hasOwn(value, key) ? ((value as PlainObject)[key] ?? null) : null;
}

export function listOf(value: PlainData): readonly PlainData[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: PlainData): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

import { type Call, Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { noOptions } from '../compose/compose-services.ts';
import type { ComposeProjectDeclaration, ComposeServiceDeclaration } from '../declarations.ts';
import { type ImageReference, parseImageReference } from '../model/image-reference.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { sequence, stringsOf } from '../schema/collection-types.ts';
import { explained } from '../schema/explained.ts';
import { internalTypeName } from '../schema/kind.ts';
import { limitsOf, timeLimit } from '../schema/limit-types.ts';
import { links } from '../schema/link-types.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { labels, triggerMode } from '../schema/resource-types.ts';
import { checkedByBuiltin, optionalBool, string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { takenBy } from './taken-name.ts';

const parameters = {
  name: required(string, 'The service, by the name of its resource.'),
  image: optional(
    checkedByBuiltin('string'),
    'The image of docker_build that the service runs, where its Compose file names another one or none.',
  ),
  trigger_mode: optional(triggerMode, 'Whether changes update it by themselves or only when someone asks for it.'),
  resource_deps: withDefault(
    sequence,
    [],
    'Names of resources that must have been ready once before this one starts, beside what its Compose file says.',
  ),
  infer_links: optional(optionalBool, 'Whether its published ports are shown as links. They are by default.'),
  links: withDefault(links, [], 'Addresses to show with it.'),
  labels: withDefault(labels, [], 'Groups in which it is shown.'),
  auto_init: optional(optionalBool, 'Whether it starts with the session. It does by default.'),
  project_name: withDefault(string, '', 'The project, where several have a service of this name.'),
  new_name: withDefault(string, '', 'Renames the resource. Services that depend on it follow.'),
  timeout: optional(timeLimit, 'How long Compose may take to build and start it.'),
  readiness_timeout: optional(timeLimit, 'How long it may take in `tilt-ts ci` from its start to its readiness.'),
};

export const dcResource = builtin({
  name: 'dc_resource',
  doc: 'Configures the resource of a service of docker_compose. Several calls for one resource add up.',
  parameters,
  returns: 'void',
  example:
    "docker_compose('compose.yml');\n" +
    "dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  if (args.name === '') throw new Refusal('dc_resource: `name` must not be empty');
  const image = imageName(args.image);
  const { project, service } = findService(args.name, args.project_name, session);
  if (args.new_name !== '') rename(project, service, args.new_name, session);
  const options = project.options.get(service.name) ?? noOptions();
  project.options.set(service.name, options);
  options.triggerMode = args.trigger_mode ?? options.triggerMode;
  options.inferLinks = args.infer_links ?? options.inferLinks;
  options.autoInit = args.auto_init ?? options.autoInit;
  options.limits = { ...options.limits, ...limitsOf(args) };
  options.links.push(...args.links);
  for (const label of args.labels) options.labels.add(label);
  if (image !== undefined) options.image = referenceOf(image);
  const dependencies = explained(`${call.name}: resource_deps`, () => stringsOf(args.resource_deps));
  options.resourceDeps = [...new Set([...options.resourceDeps, ...dependencies])];
  return undefined;
}

function imageName(value: ScriptValue): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Refusal(`image arg must be a string; got ${internalTypeName(value)}`);
}

function referenceOf(image: string): ImageReference {
  const parsed = parseImageReference(image);
  if (parsed.ok) return parsed.value;
  throw new Refusal(parsed.message);
}

interface Found {
  readonly project: ComposeProjectDeclaration;
  readonly service: ComposeServiceDeclaration;
}

function findService(name: string, projectName: string, { declarations }: Session): Found {
  const projects = [...declarations.composeProjects.values()].filter(
    ({ project }) => projectName === '' || project.name === projectName,
  );
  for (const project of projects) {
    const service = project.services.find((one) => one.name === name);
    if (service) return { project, service };
  }
  const names = projects.flatMap(({ services }) => services.map((service) => service.name));
  throw new Refusal(
    `no Docker Compose service found with name ${quote(name)}. Found these instead:\n\t${names.join('; ')}`,
  );
}

function rename(
  { services, options }: ComposeProjectDeclaration,
  service: ComposeServiceDeclaration,
  newName: string,
  session: Session,
): void {
  const taken = takenBy(newName, session);
  if (taken !== undefined) throw new Refusal(taken);
  const { name } = service;
  options.set(newName, service.options);
  options.delete(name);
  service.name = newName;
  for (const other of services) {
    if (other === service || !other.dependsOn.delete(name)) continue;
    other.dependsOn.add(newName);
    const deps = other.options.resourceDeps;
    other.options.resourceDeps = deps.map((dependency) => (dependency === name ? newName : dependency));
  }
}

import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import { composeServices } from '../compose/compose-services.ts';
import { composeCommand, readConfig } from '../compose/run-compose.ts';
import { serviceEnvFiles } from '../compose/service-env-files.ts';
import type { ComposeProjectDeclaration } from '../declarations.ts';
import type { ComposeFile, ComposeProject } from '../model/compose.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { membersOf, stringOrList } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { baseName, folderName } from '../schema/go-path.ts';
import { internalTypeName } from '../schema/kind.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { absolutePath, localPath } from '../schema/path-types.ts';
import { asText, checkedByBuiltin, optionalBool, string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { takenBy } from './taken-name.ts';

const parameters = {
  configPaths: required(
    checkedByBuiltin('string | Blob | readonly (string | Blob)[] | null'),
    'A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other.',
  ),
  env_file: optional(
    localPath,
    'A file of variables for the Compose files. By default `.env` in the folder of the project.',
  ),
  project_name: withDefault(
    string,
    '',
    'Names the project. By default it is called like the folder of its first file, or that of the Tiltfile.',
  ),
  profiles: optional(stringOrList, 'Profiles whose services are taken, too. By default those in COMPOSE_PROFILES.'),
  wait: optional(
    optionalBool,
    'Taken as in Tilt, and not needed: a service is ready when its health check is content, in any case.',
  ),
};

export const dockerCompose = builtin({
  name: 'docker_compose',
  doc: 'Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.',
  parameters,
  returns: 'void',
  example:
    "docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });\n" +
    "docker_build('example/web', './web');\n" +
    "dc_resource('web', { labels: 'app', resource_deps: ['db'] });",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  const given = projectOf(args, call);
  const { composeProjects } = session.declarations;
  let declaration = composeProjects.get(given.name);
  const project = declaration === undefined ? given : extended(declaration.project, given);
  checkTexts(project);
  if (declaration === undefined) {
    declaration = { project, services: [], options: new Map(), position: call.position };
    composeProjects.set(project.name, declaration);
  }
  load(declaration, project, call, session);
  return undefined;
}

function projectOf(args: Arguments<typeof parameters>, call: Call): ComposeProject {
  const members = membersOf(args.configPaths);
  if (members.length === 0) throw new Refusal('Nothing to compose');
  if (args.env_file !== undefined) call.broker.watch(args.env_file);
  const files = members.map((one) => fileOf(one, call));
  const first = files.find((file) => file.kind === 'path');
  // Like Compose itself, which takes the folder of the first file.
  const folder = first ? folderName(first.path) : executingFolder(call);
  const name = args.project_name || normalProjectName(baseName(folder));
  return {
    name,
    folder,
    files,
    envFile: args.env_file ?? '',
    profiles: args.profiles ?? profilesOfEnvironment(name, call),
    wait: args.wait ?? false,
    command: composeCommand(call),
    variables: call.broker.environment.changes(),
  };
}

function fileOf(value: ScriptValue, call: Call): ComposeFile {
  if (value instanceof Tagged && value.tag === 'Blob') {
    return { kind: 'text', text: asText(value) ?? '' };
  }
  if (typeof value !== 'string') {
    throw new Refusal(`expected blob | path (string). Actual type: ${internalTypeName(value)}`);
  }
  const path = absolutePath(call, value);
  call.broker.watch(path);
  return { kind: 'path', path };
}

/** A folder's name as Compose makes a project's name of it. */
function normalProjectName(folder: string): string {
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

function profilesOfEnvironment(name: string, call: Call): readonly string[] {
  const profiles = call.broker.environment.setting('COMPOSE_PROFILES') ?? '';
  if (profiles === '') return [];
  call.broker.print(`Compose project ${quote(name)} loading profiles from environment: ${profiles}\n`, 'info');
  return profiles.split(',');
}

/** More files for a project that is known; profiles and `wait` stay those of its first call. */
function extended(project: ComposeProject, more: ComposeProject): ComposeProject {
  const files = [...project.files];
  for (const file of more.files) if (!files.some((known) => isSame(known, file))) files.push(file);
  return { ...project, files, envFile: more.envFile || project.envFile, variables: more.variables };
}

function isSame(one: ComposeFile, other: ComposeFile): boolean {
  if (one.kind === 'path') return other.kind === 'path' && one.path === other.path;
  return other.kind === 'text' && one.text === other.text;
}

function checkTexts({ name, files }: ComposeProject): void {
  const kinds = files.map(({ kind }) => kind);
  if (!kinds.slice(kinds.indexOf('text'), kinds.lastIndexOf('text')).includes('path')) return;
  throw new Refusal(
    `docker_compose: the Blobs of project ${quote(name)} have a file between them. Put them next to each other: Compose reads them as one.`,
  );
}

function load(declaration: ComposeProjectDeclaration, wanted: ComposeProject, call: Call, session: Session): void {
  const folder = session.options.cwd;
  const { text, project } = readConfig(wanted, call, folder);
  const services = composeServices(text, project.name, declaration.options);
  declaration.project = project;
  declaration.services = [];
  for (const { name } of services) {
    const taken = takenBy(name, session);
    if (taken !== undefined) throw new Refusal(taken);
  }
  declaration.services = services;
  const names = services.map(({ service }) => service);
  for (const file of serviceEnvFiles(project, names, call, folder)) call.broker.watch(file);
}

import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { sequence, stringMap, stringsOf, stringsOfValue } from '../schema/collection-types.ts';
import { command, commandFolder, commandOf } from '../schema/command-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { limitsOf, retryCount, timeLimit } from '../schema/limit-types.ts';
import { links } from '../schema/link-types.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPathList } from '../schema/path-types.ts';
import { readinessProbe } from '../schema/probe-types.ts';
import { labels, resourceName, triggerMode } from '../schema/resource-types.ts';
import { resultCache } from '../schema/result-cache-type.ts';
import { bool, checkedByBuiltin } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { takenBy } from './taken-name.ts';

const parameters = {
  name: required(resourceName, 'Names the resource. Other resources depend on it by this name.'),
  cmd: optional(
    command,
    'Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.',
  ),
  deps: withDefault(localPathList, [], 'Files and folders whose changes run it again.'),
  trigger_mode: optional(triggerMode, 'Whether changes run it by themselves or only when someone asks for it.'),
  resource_deps: withDefault(sequence, [], 'Names of resources that must have been ready once before this one starts.'),
  ignore: optional(
    checkedByBuiltin('string | readonly string[] | null'),
    'Patterns of files in `deps` whose changes do nothing, in the language of .dockerignore.',
  ),
  auto_init: withDefault(bool, true, 'Whether it runs at the start.'),
  serve_cmd: optional(command, 'A server, started when `cmd` has succeeded and kept running until the session ends.'),
  cmd_bat: optional(command, 'Taken instead of `cmd` on Windows.'),
  serve_cmd_bat: optional(command, 'Taken instead of `serve_cmd` on Windows.'),
  allow_parallel: withDefault(bool, false, 'Whether `cmd` may run at the same time as other updates.'),
  links: withDefault(links, [], 'Addresses to show with it.'),
  labels: withDefault(labels, [], 'Groups in which it is shown.'),
  env: withDefault(stringMap, {}, 'Environment variables for `cmd`, added to those of the session.'),
  serve_env: withDefault(stringMap, {}, 'Environment variables for `serve_cmd`.'),
  readiness_probe: optional(
    readinessProbe,
    'How to find out whether the server is ready. Without one it is as soon as it runs.',
  ),
  dir: optional(commandFolder, 'Where `cmd` runs. By default the folder of the Tiltfile.'),
  serve_dir: optional(commandFolder, 'Where `serve_cmd` runs. By default the folder of the Tiltfile.'),
  timeout: optional(timeLimit, 'How long `cmd` may run, such as `90s`; then it is ended with all that it started.'),
  readiness_timeout: optional(timeLimit, 'How long `serve_cmd` may take to become ready in `tilt-ts ci`.'),
  cache: optional(
    resultCache,
    'What `cmd` reads and writes: with `tilt-ts ci --cache-dir` it does not run while its inputs are those of an earlier run, whose outputs are put back.',
  ),
  retries: optional(retryCount, 'How many more times `cmd` is run when it fails.'),
};

export const localResource = builtin({
  name: 'local_resource',
  doc: 'Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.',
  parameters,
  returns: 'void',
  example: "local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });",
  run: declare,
});

export const test = builtin({
  name: 'test',
  doc: 'The old name for `local_resource` with `allow_parallel: true`.',
  parameters: { ...parameters, allow_parallel: withDefault(bool, true, parameters.allow_parallel.doc) },
  returns: 'void',
  example: "test('unit', 'npm test', { deps: ['src'] });",
  run(args, call, session) {
    const setting = call.keywords === undefined ? '{ allow_parallel: true }' : 'allow_parallel=True';
    session.declarations.warnings.push(
      'test() is deprecated and will be removed in a future release.\n' +
        `Change this call to use \`local_resource(..., ${setting})\``,
    );
    return declare(args, call, session);
  },
});

function declare(args: Arguments<typeof parameters>, call: Call, session: Session): undefined {
  const resourceDeps = dependencies(args.resource_deps, call);
  const ignores = stringsOfValue(args.ignore, 'ignore');
  const update = commandOf({ command: args.cmd, windowsCommand: args.cmd_bat, dir: args.dir, env: args.env }, call);
  const serve = commandOf(
    { command: args.serve_cmd, windowsCommand: args.serve_cmd_bat, dir: args.serve_dir, env: args.serve_env },
    call,
  );
  checkFolders(args, update !== undefined, serve !== undefined);
  checkLimits(args, call, update !== undefined, serve !== undefined);
  const probeIsUseless = args.readiness_probe !== undefined && serve === undefined;
  const { declarations } = session;
  if (probeIsUseless) {
    declarations.warnings.push(
      `Ignoring readiness probe for local resource ${quote(args.name)} (no serve_cmd was defined)`,
    );
  }
  const taken = takenBy(args.name, session);
  if (taken !== undefined) throw new Refusal(taken);
  session.resourceNames.add(args.name);
  declarations.localResources.push({
    name: args.name,
    update,
    serve,
    folder: executingFolder(call),
    deps: args.deps,
    triggerMode: args.trigger_mode,
    autoInit: args.auto_init,
    resourceDeps,
    ignores,
    allowParallel: args.allow_parallel,
    links: args.links,
    labels: args.labels,
    readinessProbe: probeIsUseless ? undefined : args.readiness_probe,
    limits: limitsOf(args),
    cache: args.cache,
    position: call.position,
  });
  return undefined;
}

function dependencies(members: Arguments<typeof parameters>['resource_deps'], call: Call): readonly string[] {
  try {
    return stringsOf(members);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${call.name}: resource_deps: ${error.message}`);
  }
}

/** A folder without its command is most likely a mistake. */
function checkFolders(args: Arguments<typeof parameters>, hasUpdate: boolean, hasServe: boolean): void {
  if (args.dir !== undefined && !hasUpdate) {
    throw new Refusal(
      hasServe
        ? "local_resource: 'dir' only affects 'cmd', not 'serve_cmd'. Did you mean to use 'serve_dir' instead?"
        : "local_resource: 'dir' specified but 'cmd' is empty",
    );
  }
  if (args.serve_dir !== undefined && !hasServe) {
    throw new Refusal("local_resource: 'serve_dir' specified but 'serve_cmd' is empty");
  }
  if (!hasUpdate && !hasServe) {
    throw new Refusal('local_resource must have a cmd and/or a serve_cmd, but both were empty');
  }
}

/** A limit on nothing is most likely meant for the other command. */
function checkLimits(args: Arguments<typeof parameters>, call: Call, hasUpdate: boolean, hasServe: boolean): void {
  if (args.timeout !== undefined && !hasUpdate) {
    throw new Refusal(
      "local_resource: 'timeout' is for 'cmd', and there is none. Did you mean to use 'readiness_timeout' instead?",
    );
  }
  if (args.readiness_timeout !== undefined && !hasServe) {
    throw new Refusal(
      "local_resource: 'readiness_timeout' is for 'serve_cmd', and there is none. Did you mean to use 'timeout' instead?",
    );
  }
  if (args.cache !== undefined && !hasUpdate) {
    throw new Refusal("local_resource: 'cache' is for 'cmd', and there is none");
  }
  for (const output of args.cache?.outputs ?? []) {
    const holds = [executingFolder(call), ...(args.cache?.inputs ?? [])].find((file) => isWithin(file, output));
    if (holds === undefined) continue;
    throw new Refusal(
      `local_resource: cache: the output ${quote(output)} would be replaced as a whole, and ${quote(holds)} lies in it`,
    );
  }
  if ((args.retries ?? 0) > 0 && !hasUpdate) {
    throw new Refusal("local_resource: 'retries' is for 'cmd', and there is none");
  }
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import { type Builtin, builtin } from '../schema/builtin.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { baseName, cleanPath, folderName, joinPaths, relativePath } from '../schema/go-path.ts';
import { optional, required } from '../schema/parameter.ts';
import { absolutePath } from '../schema/path-types.ts';
import { anyValue, string } from '../schema/scalar-types.ts';
import { display } from '../schema/show.ts';
import { systemReason } from './effect-errors.ts';

/** A builtin that takes exactly one path. */
function ofOnePath(
  name: string,
  doc: string,
  returns: string,
  example: string,
  run: (path: string, call: Call) => string | boolean,
) {
  return builtin({
    name,
    doc,
    parameters: { path: required(string, 'The path.') },
    returns,
    example,
    run: ({ path }, call) => run(path, call),
  });
}

const join = builtin({
  name: 'os.path.join',
  doc: 'Joins paths and cleans the result. Unlike in Python, an absolute path does not start anew.',
  parameters: {},
  rest: { name: 'paths', type: { ...anyValue('string'), takesObject: false }, doc: 'The parts.' },
  returns: 'string',
  example: "k8s_yaml(os.path.join(os.getcwd(), 'k8s', 'web.yaml'));",
  run(_args, _call, _session, parts) {
    const wrong = parts.findIndex((part) => typeof part !== 'string');
    if (wrong >= 0) {
      throw new Refusal(`os.path.join() only accepts strings. Argument #${wrong}: ${display(parts[wrong])}`);
    }
    return joinPaths(parts as readonly string[]);
  },
});

const relpath = builtin({
  name: 'os.path.relpath',
  doc: 'Answers the way from one folder to a path.',
  parameters: {
    targpath: required(string, 'Where the way leads.'),
    basepath: optional(string, 'Where it starts; the folder of the Tiltfile when not given.'),
  },
  returns: 'string',
  example: "print(os.path.relpath(os.path.join(config.main_dir, 'web')));",
  run({ targpath, basepath }, call) {
    const base = basepath ?? executingFolder(call);
    const found = relativePath(base, targpath);
    if (found === undefined) throw new Refusal(`Rel: can't make ${targpath} relative to ${base}`);
    return found;
  },
});

export const pathBuiltins: readonly Builtin[] = [
  ofOnePath(
    'os.path.abspath',
    'Resolves a path against the folder of the Tiltfile.',
    'string',
    "print(os.path.abspath('web'));",
    (path, call) => absolutePath(call, path),
  ),
  ofOnePath(
    'os.path.basename',
    'Answers the last part of a path.',
    'string',
    "print(os.path.basename('web/Dockerfile'));",
    baseName,
  ),
  ofOnePath(
    'os.path.dirname',
    'Answers all but the last part of a path.',
    'string',
    "print(os.path.dirname('web/Dockerfile'));",
    folderName,
  ),
  ofOnePath(
    'os.path.exists',
    'Whether there is something at a path. A link that leads nowhere is nothing.',
    'boolean',
    "if (os.path.exists('k8s/db.yaml')) k8s_yaml('k8s/db.yaml');",
    (path, call) => {
      const found = call.broker.realPath(absolutePath(call, path));
      if (!found.ok && found.error.code === 'refused') throw new Refusal(found.error.message);
      return found.ok;
    },
  ),
  join,
  ofOnePath('os.path.realpath', 'Follows all links of a path.', 'string', "print(os.path.realpath('web'));", realPath),
  relpath,
];

function realPath(path: string, call: Call): string {
  const absolute = absolutePath(call, path);
  const found = call.broker.realPath(absolute);
  if (found.ok) return found.value;
  const reason = systemReason(found.error.code);
  if (reason === undefined) throw new Refusal(found.error.message);
  throw new Refusal(`lstat ${firstMissing(absolute, call)}: ${reason}`);
}

/** The shortest beginning of a path that is not there. */
function firstMissing(path: string, call: Call): string {
  const parts = cleanPath(path).split('/');
  for (let i = 2; i <= parts.length; i++) {
    const beginning = parts.slice(0, i).join('/');
    if (!call.broker.realPath(beginning).ok) return beginning;
  }
  return path;
}

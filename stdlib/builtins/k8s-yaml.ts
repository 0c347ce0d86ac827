import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import { typeProblem } from '../kubernetes/canonical-object.ts';
import { declareObjects } from '../kubernetes/declared-objects.ts';
import { type FoundBodies, type ObjectBody, objectBodies } from '../kubernetes/object-bodies.ts';
import { parseObjects } from '../kubernetes/object-yaml.ts';
import type { Json } from '../model/kubernetes.ts';
import { builtin } from '../schema/builtin.ts';
import { membersOf } from '../schema/collection-types.ts';
import { isPlainObject, typeName } from '../schema/kind.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { pathOf } from '../schema/path-types.ts';
import { asText, bool, checkedByBuiltin } from '../schema/scalar-types.ts';
import { blobSource } from './blob.ts';
import { readText } from './read-text.ts';

export const k8sYaml = builtin({
  name: 'k8s_yaml',
  doc: 'Declares Kubernetes objects. Those that run images become resources, with the Services that select their pods.',
  parameters: {
    yaml: required(
      checkedByBuiltin('string | Blob | KubernetesObject | readonly (string | Blob | KubernetesObject)[]'),
      'A path of a YAML file, a Blob of YAML, an object, or a list of these.',
    ),
    allow_duplicates: withDefault(bool, false, 'Whether objects may be declared that are declared already.'),
  },
  returns: 'void',
  example:
    "k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);\n" +
    "k8s_yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });",
  run({ yaml, allow_duplicates: allowDuplicates }, call, session) {
    const { objectFiles } = session.declarations;
    const bodies = objectsOf(yaml, call, (body, file) => objectFiles.set(body, file));
    // A file may be empty, as when another program writes it; whoever passes a text means something by it.
    const isFile = typeof (Array.isArray(yaml) ? yaml[0] : yaml) === 'string';
    if (bodies.length === 0 && !isFile) throw new Refusal('Empty YAML passed to k8s_yaml');
    declareObjects(bodies, allowDuplicates, call, session);
    return undefined;
  },
});

/**
 * The objects that an argument stands for: a path, a Blob, an object, or a list of these. One with a field of a wrong type is refused.
 * `onFile` is told of each object that was read from a file.
 */
export function objectsOf(
  yaml: ScriptValue,
  call: Call,
  onFile: (body: ObjectBody, file: string) => void = () => {},
): readonly ObjectBody[] {
  if (yaml === null || yaml === undefined) return [];
  return partsOf(yaml, call).flatMap((part) => bodiesOf(part, call, onFile));
}

/** In Starlark, as in Tilt, a dict is a sequence of its keys and no object. */
function partsOf(yaml: ScriptValue, call: Call): readonly ScriptValue[] {
  if (isStarlark(call)) return membersOf(yaml);
  return Array.isArray(yaml) ? yaml : [yaml];
}

function isStarlark(call: Call): boolean {
  return call.keywords !== undefined;
}

function bodiesOf(
  part: ScriptValue,
  call: Call,
  onFile: (body: ObjectBody, file: string) => void,
): readonly ObjectBody[] {
  if (part instanceof Tagged && part.tag === 'Blob') {
    return found(parseObjects(asText(part) ?? ''), `Error reading yaml from ${blobSource(part)}: `);
  }
  if (isPlainObject(part) && !isStarlark(call)) return found(objectBodies(jsonOf(part)), '');
  const path = pathOf(part, call);
  const bodies = found(parseObjects(yamlFile(path, call)), `Error reading yaml from ${path}: `);
  for (const body of bodies) onFile(body, path);
  return bodies;
}

function found(bodies: FoundBodies, prefix: string): readonly ObjectBody[] {
  if (!bodies.ok) throw new Refusal(prefix + bodies.message.replace(/^error parsing YAML: /, ''));
  for (const body of bodies.bodies) {
    const problem = typeProblem(body);
    if (problem !== undefined) throw new Refusal(prefix + problem);
  }
  return bodies.bodies;
}

function yamlFile(path: string, call: Call): string {
  try {
    return readText(call, path);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`error reading yaml file: ${error.message}`);
  }
}

/** A script's value as JSON; what JSON cannot hold is refused, what is `undefined` goes. */
function jsonOf(value: ScriptValue): Json {
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
      return value;
    case 'undefined':
      return null;
    case 'bigint':
      return Number(value);
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(jsonOf);
      if (isPlainObject(value)) {
        const entries = Object.entries(value).filter(([, member]) => member !== undefined);
        return Object.fromEntries(entries.map(([key, member]) => [key, jsonOf(member)]));
      }
      const text = asText(value);
      if (text !== undefined) return text;
      throw new Refusal(`k8s_yaml: an object holds a ${typeName(value)}, which YAML cannot say`);
    }
  }
}

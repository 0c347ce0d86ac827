import type { Call } from '../../interpreter/builtin.ts';
import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptObject, ScriptValue } from '../../interpreter/value.ts';
import type { Json } from '../model/kubernetes.ts';
import { optionsName } from '../reference/signature.ts';
import type { Builtin } from '../schema/builtin.ts';
import { stringMap } from '../schema/collection-types.ts';
import { type AnyParameter, optional, type ParameterType, required, withDefault } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';
import { recordTag } from '../schema/tag.ts';
import type { Session } from '../session.ts';
import { errorMessage } from './field-error.ts';
import { type Kind, kinds } from './kinds.ts';
import { bodyOf, type RecordType } from './record-type.ts';
import { records } from './records.ts';
import { register } from './registration.ts';

/** The functions of `v1alpha1`, made from the tables of kinds and of the objects inside of them. */
export const v1alpha1Builtins: readonly Builtin[] = [...kinds.map(registration), ...records.map(maker)];

/** The function that registers an object of a kind. */
function registration(kind: Kind): Builtin {
  const parameters: Record<string, AnyParameter> = {
    name: required(string, 'Names the object among those of its kind.'),
    labels: withDefault(stringMap, {}, 'Labels of the object.'),
    annotations: withDefault(stringMap, {}, 'Annotations of the object.'),
  };
  for (const [name, { type, doc }] of Object.entries(kind.fields)) parameters[name] = optional(type.parameter, doc);
  return {
    name: recordTag(kind.name),
    doc: kind.doc,
    parameters,
    returns: 'void',
    example: kind.example,
    run: (args, call, session) => registerObject(kind, args, call, session),
  };
}

function registerObject(
  kind: Kind,
  { name, labels, annotations, ...given }: Readonly<Record<string, unknown>>,
  call: Call,
  session: Session,
): undefined {
  const fields = bodyOf(kind.fields, given as Readonly<Record<string, Json>>, call);
  const message = errorMessage(kind.validate(fields));
  if (message !== undefined) throw new Refusal(message);
  register(session.declarations.apiObjects, {
    resource: kind.resource,
    name: name as string,
    labels: labels as Readonly<Record<string, string>>,
    annotations: annotations as Readonly<Record<string, string>>,
    body: kind.inSpec ? { spec: fields } : fields,
    position: call.position,
  });
  return undefined;
}

/** The function that makes an object for the fields of others, and checks it already there. */
function maker(record: RecordType): Builtin {
  const name = recordTag(record.name);
  const parameters: Record<string, AnyParameter> = {};
  for (const [refused, hint] of Object.entries(record.refused)) {
    parameters[refused] = optional(unchecked('never', false), `Cannot be given: ${hint}.`);
  }
  for (const [member, { type, doc }] of Object.entries(record.fields)) {
    if (record.plainOnly.includes(member)) continue;
    parameters[member] = optional(unchecked(type.parameter.typescript, type.parameter.takesObject), doc);
  }
  return {
    name,
    doc: record.doc,
    parameters,
    returns: `Readonly<${optionsName({ name })}>`,
    ...(record.example === undefined ? {} : { example: record.example }),
    run: (args, call) => record.make(givenMembers(Object.keys(parameters), args), call),
  };
}

/** The object as a whole is read after the binding, so that its complaints are those of a plain object. */
function unchecked(typescript: string, takesObject: boolean): ParameterType<ScriptValue> {
  return { typescript, takesObject, read: (value) => value };
}

/** In the order of the parameters, however they were given. */
function givenMembers(names: readonly string[], args: Readonly<Record<string, unknown>>): ScriptObject {
  const given = names.filter((name) => args[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, args[name] as ScriptValue]));
}

import type { Builtin } from '../schema/builtin.ts';
import type { AnyParameter } from '../schema/parameter.ts';

/** One way to call a function, as TypeScript declares it. */
export interface Signature {
  /** Without `export`. */
  readonly text: string;
  /** The parameters that it names and what they are for. */
  readonly parameters: readonly (readonly [name: string, doc: string])[];
}

/** Names that cannot name a parameter in TypeScript. */
const reserved = new Set(['default', 'new', 'class', 'function', 'delete', 'in', 'import', 'export', 'with']);

/** How many optional parameters may stand before the options, each with a declaration of its own. */
const longestPrefix = 2;

const EVERYTHING = 'Everything by name.';

/** The last part of a dotted name. */
export function shortName(builtin: Builtin): string {
  return builtin.name.slice(builtin.name.lastIndexOf('.') + 1);
}

/** The name of the interface with a builtin's keywords: `local_resource` has `LocalResourceOptions`. */
export function optionsName(builtin: Pick<Builtin, 'name'>): string {
  const words = builtin.name.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Options`;
}

export function optionalParameters(builtin: Builtin): readonly (readonly [string, AnyParameter])[] {
  return Object.entries(builtin.parameters).filter(([, parameter]) => !parameter.required);
}

/**
 * The declarations of a function, one for each way to call it. The usual one comes last, because compilers explain a wrong call by the
 * last one.
 */
export function signatures(builtin: Builtin): readonly Signature[] {
  if (builtin.signature !== undefined)
    return builtin.signature.split('\n').map((text) => givenSignature(builtin, text));
  const heads = builtin.rest ? restHeads(builtin) : callHeads(builtin);
  return heads.map((head) => ({
    text: `function ${shortName(builtin)}${builtin.typeParameters ?? ''}(${head.map(({ text }) => text).join(', ')}): ${builtin.returns};`,
    parameters: head.map(({ name, doc }) => [name, doc] as const),
  }));
}

interface HeadPart {
  readonly name: string;
  readonly text: string;
  readonly doc: string;
}

/** A signature that the schema gives in full: it calls its parameters as the schema does. */
function givenSignature(builtin: Builtin, text: string): Signature {
  const isNamed = (name: string) => new RegExp(`[(,]\\s*${name}\\??:`).test(text);
  const parameters = Object.entries(builtin.parameters).map(
    ([name, { doc }]) => [safeName(name), oneLine(doc)] as const,
  );
  return { text, parameters: [...parameters, ['options', EVERYTHING] as const].filter(([name]) => isNamed(name)) };
}

function restHeads({ rest }: Builtin): readonly (readonly HeadPart[])[] {
  if (!rest) return [];
  return [[{ name: rest.name, text: `...${rest.name}: ${arrayOf(rest.type.typescript)}`, doc: rest.doc }]];
}

function callHeads(builtin: Builtin): readonly (readonly HeadPart[])[] {
  const entries = Object.entries(builtin.parameters);
  const needed = entries.filter(([, parameter]) => parameter.required);
  const optional = optionalParameters(builtin);
  const base = needed.map(([name, parameter]) => declared(name, parameter, ''));
  if (needed.some(([, parameter]) => parameter.type.takesObject) && optional.length === 0) return [base];
  const options = optionsName(builtin);
  const tail: readonly HeadPart[] =
    optional.length > 0
      ? [{ name: 'options', text: `options?: ${options}`, doc: 'What else is to be said, by name.' }]
      : [];
  const heads: (readonly HeadPart[])[] = [];
  if (needed.length > 0) {
    const members = needed.map(([name, { type, doc }]) => `/** ${oneLine(doc)} */ ${name}: ${type.typescript}`);
    const text = `options: { ${members.join('; ')} }${optional.length > 0 ? ` & ${options}` : ''}`;
    heads.push([{ name: 'options', text, doc: EVERYTHING }]);
  }
  const positional = positionalPrefix(optional);
  if (positional.length > longestPrefix) {
    heads.push([...base, ...positional.map(([name, parameter]) => declared(name, parameter, '?'))]);
  }
  for (let count = Math.min(longestPrefix, positional.length); count >= 1; count--) {
    const prefix = positional.slice(0, count).map(([name, parameter]) => declared(name, parameter, ''));
    heads.push([...base, ...prefix, ...tail]);
  }
  heads.push([...base, ...tail]);
  return heads;
}

function declared(name: string, { type, doc }: AnyParameter, mark: '' | '?'): HeadPart {
  const safe = safeName(name);
  return { name: safe, text: `${safe}${mark}: ${type.positional ?? type.typescript}`, doc: oneLine(doc) };
}

function safeName(name: string): string {
  return reserved.has(name) ? `${name}_` : name;
}

function oneLine(doc: string): string {
  return doc.replaceAll('*/', '*\\/').replaceAll(/\s*\n\s*/g, ' ');
}

/** Those that can also be given by position: all up to the first that takes an object only. */
function positionalPrefix(
  optional: readonly (readonly [string, AnyParameter])[],
): readonly (readonly [string, AnyParameter])[] {
  const end = optional.findIndex(
    ([, parameter]) => parameter.type.takesObject && parameter.type.positional === undefined,
  );
  return end < 0 ? optional : optional.slice(0, end);
}

function arrayOf(type: string): string {
  return type.includes(' ') ? `(${type})[]` : `${type}[]`;
}

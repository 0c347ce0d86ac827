import type { Builtin } from '../schema/builtin.ts';
import type { AnyParameter } from '../schema/parameter.ts';

/** Names that cannot name a parameter in TypeScript. */
const reserved = new Set(['default', 'new', 'class', 'function', 'delete', 'in', 'import', 'export', 'with']);

/** How many optional parameters may stand before the options, each with a declaration of its own. */
const longestPrefix = 2;

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

/** The declarations of a function, one for each way to call it, without `export`. */
export function signatures(builtin: Builtin): readonly string[] {
  if (builtin.signature !== undefined) return builtin.signature.split('\n');
  const heads = builtin.rest ? restHeads(builtin) : callHeads(builtin);
  return heads.map((head) => `function ${shortName(builtin)}(${head}): ${builtin.returns};`);
}

function restHeads(builtin: Builtin): readonly string[] {
  const { rest } = builtin;
  return rest ? [`...${rest.name}: ${arrayOf(rest.type.typescript)}`] : [];
}

function callHeads(builtin: Builtin): readonly string[] {
  const entries = Object.entries(builtin.parameters);
  const needed = entries.filter(([, parameter]) => parameter.required);
  const optional = optionalParameters(builtin);
  const base = needed.map(([name, parameter]) => declared(name, parameter, ''));
  if (needed.some(([, parameter]) => parameter.type.takesObject) && optional.length === 0) return [base.join(', ')];
  const options = optionsName(builtin);
  const heads: string[] = [];
  const tail = optional.length > 0 ? [`options?: ${options}`] : [];
  heads.push([...base, ...tail].join(', '));
  const positional = positionalPrefix(optional);
  for (let count = 1; count <= Math.min(longestPrefix, positional.length); count++) {
    const prefix = positional.slice(0, count).map(([name, parameter]) => declared(name, parameter, ''));
    heads.push([...base, ...prefix, ...tail].join(', '));
  }
  if (positional.length > longestPrefix) {
    heads.push([...base, ...positional.map(([name, parameter]) => declared(name, parameter, '?'))].join(', '));
  }
  if (needed.length > 0) {
    const members = needed.map(([name, parameter]) => `${name}: ${parameter.type.typescript}`).join('; ');
    heads.push(`options: { ${members} }${optional.length > 0 ? ` & ${options}` : ''}`);
  }
  return heads;
}

function declared(name: string, parameter: AnyParameter, mark: '' | '?'): string {
  const safe = reserved.has(name) ? `${name}_` : name;
  return `${safe}${mark}: ${parameter.type.typescript}`;
}

/** Those that can also be given by position: all up to the first that takes an object. */
function positionalPrefix(
  optional: readonly (readonly [string, AnyParameter])[],
): readonly (readonly [string, AnyParameter])[] {
  const end = optional.findIndex(([, parameter]) => parameter.type.takesObject);
  return end < 0 ? optional : optional.slice(0, end);
}

function arrayOf(type: string): string {
  return type.includes(' ') ? `(${type})[]` : `${type}[]`;
}

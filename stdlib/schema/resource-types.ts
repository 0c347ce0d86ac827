import { Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import type { TriggerMode } from '../declarations.ts';
import { isListOrTuple, typeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { asText } from './scalar-types.ts';
import { quote } from './show.ts';

/** The name of a resource. It becomes part of a path in the API. */
export const resourceName: ParameterType<string> = {
  typescript: 'string | Blob',
  takesObject: false,
  read(value) {
    const name = asText(value);
    if (name === undefined) {
      throw new Refusal(`Value should be convertible to string, but is type ${typeName(value)}`);
    }
    const problem = nameProblem(name);
    if (problem !== undefined) throw new Refusal(problem);
    return name;
  },
};

/** What is wrong with a name of a resource; an empty one stands for none. */
export function nameProblem(name: string): string | undefined {
  const invalid = `invalid value ${quote(name)}`;
  if (name === '.' || name === '..') return `${invalid}: may not be '${name}'`;
  const wrong = ['/', '%'].find((character) => name.includes(character));
  return wrong === undefined ? undefined : `${invalid}: may not contain '${wrong}'`;
}

/** One label or a list of them, each once; `null` is none. */
export const labels: ParameterType<readonly string[]> = {
  typescript: 'string | readonly (string | Blob)[] | null',
  takesObject: false,
  read(value) {
    if (typeof value === 'string') return [labelOf(value)];
    if (value === null || value === undefined) return [];
    if (!isListOrTuple(value)) {
      throw new Refusal(`value should be a label or List or Tuple of labels, but is of type ${typeName(value)}`);
    }
    return [...new Set(value.map(labelOf))];
  },
};

const wellFormed = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const nameRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const prefixRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const nameShape =
  "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

function labelOf(value: ScriptValue): string {
  const label = asText(value);
  if (label === undefined) throw new Refusal(`Value should be convertible to string, but is type ${typeName(value)}`);
  const reasons = qualifiedNameErrors(label);
  const problems = reasons.length > 0 ? reasons : labelValueErrors(label);
  if (problems.length > 0) throw new Refusal(`Invalid label ${quote(label)}: ${problems.join(', ')}`);
  return label;
}

/** Kubernetes' rule for the names of labels: an optional domain, a slash, a name. */
function qualifiedNameErrors(label: string): readonly string[] {
  const parts = label.split('/');
  if (parts.length > 2) return [nameShape];
  const errors: string[] = [];
  const prefix = parts.length === 2 ? parts[0] : undefined;
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined) errors.push(...subdomainErrors(prefix).map((reason) => `prefix part ${reason}`));
  const name = parts.at(-1) ?? '';
  if (name === '') errors.push('name part must be non-empty');
  else if (name.length > 63) errors.push('name part must be no more than 63 bytes');
  if (!wellFormed.test(name)) errors.push(nameRule);
  return errors;
}

function subdomainErrors(prefix: string): readonly string[] {
  const errors: string[] = [];
  if (prefix.length > 253) errors.push('must be no more than 253 bytes');
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix)) errors.push(prefixRule);
  return errors;
}

function labelValueErrors(label: string): readonly string[] {
  const errors: string[] = [];
  if (label.length > 63) errors.push('must be no more than 63 bytes');
  if (label !== '' && !wellFormed.test(label)) errors.push(valueRule);
  return errors;
}

/** One of the constants TRIGGER_MODE_AUTO and TRIGGER_MODE_MANUAL. */
export const triggerMode: ParameterType<TriggerMode> = {
  typescript: 'TriggerMode',
  takesObject: false,
  read(value) {
    if (!(value instanceof Tagged) || value.tag !== 'TriggerMode') {
      throw new Refusal(`got ${typeName(value)}, want TriggerMode`);
    }
    return value.fields.name === 'TRIGGER_MODE_MANUAL' ? 'manual' : 'auto';
  },
};

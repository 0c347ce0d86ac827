import type { ApiObject } from './catalogue.ts';
import { badRequest, Refused } from './status.ts';

export type Selects = (object: ApiObject) => boolean;

/** What the selectors of a request choose; everything without them. Throws `Refused`. */
export function selectorOf(query: URLSearchParams): Selects {
  const labels = (query.get('labelSelector') ?? '').trim();
  const fields = (query.get('fieldSelector') ?? '').trim();
  const tests = [...requirements(labels), ...fieldTests(fields)];
  return (object) => tests.every((test) => test(object));
}

function* requirements(text: string): Generator<Selects> {
  // Commas inside of parentheses do not part requirements.
  for (const part of text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []) yield requirement(part.trim());
}

function requirement(part: string): Selects {
  const labelsOf = (object: ApiObject) => object.metadata.labels ?? {};
  const equality = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=]*)$/.exec(part);
  if (equality !== null) {
    const [, key = '', operator, value = ''] = equality;
    return operator === '!='
      ? (object) => labelsOf(object)[key] !== value
      : (object) => labelsOf(object)[key] === value;
  }
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return (object) => {
      const value = labelsOf(object)[key];
      return operator === 'in'
        ? value !== undefined && values.includes(value)
        : value === undefined || !values.includes(value);
    };
  }
  const exists = /^(!?)\s*([^\s=!(),]+)$/.exec(part);
  if (exists === null) throw new Refused(badRequest(`unable to parse requirement: ${JSON.stringify(part)}`));
  const [, not, key = ''] = exists;
  return (object) => Object.hasOwn(labelsOf(object), key) === (not === '');
}

function* fieldTests(text: string): Generator<Selects> {
  for (const part of text.split(',').filter((one) => one !== '')) {
    const match = /^([\w.]+)(==|=|!=)(.*)$/.exec(part);
    const [, field = '', operator, value = ''] = match ?? [];
    if (field === 'metadata.namespace') {
      yield () => (value === '') === (operator !== '!=');
      continue;
    }
    if (field !== 'metadata.name') {
      const message = match === null ? `invalid selector: '${part}'` : `field label not supported: ${field}`;
      throw new Refused(badRequest(message));
    }
    yield (object) => (object.metadata.name === value) === (operator !== '!=');
  }
}

import { parse } from 'yaml';

/** Reads YAML of a request. Apart, because few requests have some, and reading it needs a whole package. */
export function parseYaml(text: string): unknown {
  return parse(text);
}

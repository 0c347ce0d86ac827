import type { Operations } from '../runtime/operations.ts';
import type { IntLiteral } from '../syntax/ast.ts';

/** What stands in front of the top level: each thing once. */
export class Constants {
  readonly #names = new Map<string, string>();
  readonly #operations = new Set<string>();

  /** The name of an operation. */
  operation(name: keyof Operations): string {
    this.#operations.add(name);
    return `$${name}`;
  }

  /** The name of a constant with this JavaScript expression as its value. */
  constant(expression: string): string {
    const known = this.#names.get(expression);
    if (known !== undefined) return known;
    const name = `$${this.#names.size}`;
    this.#names.set(expression, name);
    return name;
  }

  declarations(): string {
    const operations = [...this.#operations].map((name) => `$${name}=$.${name}`);
    const constants = [...this.#names].map(([expression, name]) => `${name}=${expression}`);
    const all = [...operations, ...constants];
    return all.length > 0 ? `var ${all.join(',')};` : '';
  }
}

/** A string as JavaScript writes it, in ASCII. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function intLiteral({ value }: IntLiteral): string {
  return typeof value === 'bigint' ? `${value}n` : `${value}`;
}

import { foreignSequence } from './foreign-types.ts';
import type { Knowledge } from './knowledge.ts';
import {
  elementOf,
  FLOAT,
  INT,
  intType,
  isOnly,
  join,
  Kind,
  NEVER,
  STR,
  siteType,
  sum,
  type Type,
  UNKNOWN,
} from './type.ts';

/** What an operator of arithmetic answers. `node` is what makes new lists. */
export function operate(known: Knowledge, node: object, operator: string, left: Type, right: Type): Type {
  if (left.bits === 0 || right.bits === 0) return NEVER;
  // What is made of tuples is one.
  if ((left.bits | right.bits) & Kind.tuple) {
    known.see(left);
    known.see(right);
  }
  if (isOnly(left, Kind.int) && isOnly(right, Kind.int)) return intOperation(operator, left, right);
  if (isOnly(left, Kind.int | Kind.float) && isOnly(right, Kind.int | Kind.float)) return FLOAT;
  if (operator === '+') {
    if (left.bits !== right.bits) {
      known.see(left);
      known.see(right);
    }
    if (isOnly(left, Kind.str) && isOnly(right, Kind.str)) return STR;
    if (isOnly(left, Kind.str) || isOnly(right, Kind.str)) return STR;
    for (const kind of ['list', 'tuple'] as const) {
      if (!isOnly(left, Kind[kind]) && !isOnly(right, Kind[kind])) continue;
      const site = known.sequence(node, kind);
      known.addToElement(site, join(elementOf(left), elementOf(right)));
      return siteType(site);
    }
  }
  if (operator === '*') {
    for (const [type, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (!isOnly(other, Kind.int)) continue;
      if (isOnly(type, Kind.str)) return STR;
      for (const kind of ['list', 'tuple'] as const) {
        if (!isOnly(type, Kind[kind])) continue;
        const site = known.sequence(node, kind);
        known.addToElement(site, elementOf(type));
        return siteType(site);
      }
    }
  }
  if (operator === '%' && isOnly(left, Kind.str)) return STR;
  if (operator === '|' && isOnly(left, Kind.dict) && isOnly(right, Kind.dict)) {
    const site = known.dict(node);
    for (const part of [...left.sites, ...right.sites]) {
      if (part.kind !== 'dict') continue;
      known.addToDict(site, part.key, part.value);
      if (left.sites.length === 1 && right.sites.length === 1) {
        for (const [name, type] of part.entries) known.addToEntry(site.entries, name, type);
      }
    }
    return siteType(site);
  }
  known.see(left);
  known.see(right);
  if ('|&^-'.includes(operator) && isOnly(left, Kind.set) && isOnly(right, Kind.set)) {
    return foreignSequence('set', join(elementOf(left), elementOf(right)));
  }
  return UNKNOWN;
}

function intOperation(operator: string, left: Type, right: Type): Type {
  switch (operator) {
    case '+':
      return intType(sum(left.low, right.low), sum(left.high, right.high));
    case '-':
      return intType(sum(left.low, -right.high), sum(left.high, -right.low));
    case '*': {
      const corners = [left.low, left.high].flatMap((a) =>
        [right.low, right.high].map((b) => (a === 0 || b === 0 ? 0 : a * b)),
      );
      return intType(Math.min(...corners), Math.max(...corners));
    }
    case '/':
      return FLOAT;
    case '//': {
      const size = Math.max(Math.abs(left.low), Math.abs(left.high));
      return intType(left.low >= 0 && right.low > 0 ? 0 : -size, size);
    }
    case '%':
      return right.low > 0 ? intType(0, right.high) : INT;
    case '&':
      return left.low >= 0 && right.low >= 0 ? intType(0, Math.min(left.high, right.high)) : INT;
    default:
      return INT;
  }
}

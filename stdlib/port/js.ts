import { type Doc, group, indent, line, separated, softline, trailingComma } from './doc.ts';

/** How tightly an expression of JavaScript holds together: what stands inside of something tighter needs parentheses. */
export const Level = {
  spread: 1,
  assign: 2,
  conditional: 3,
  nullish: 3.5,
  or: 4,
  and: 5,
  bitOr: 6,
  equality: 8,
  relational: 9,
  shift: 10,
  sum: 11,
  product: 12,
  unary: 14,
  call: 17,
  primary: 18,
} as const;

/** An expression of JavaScript. */
export interface Js {
  readonly doc: Doc;
  readonly level: number;
  /** A literal with brackets or an arrow function, that may stand open behind the parenthesis of a call. */
  readonly canHug?: boolean;
  /** It begins with a brace, which an arrow function would take for its body. */
  readonly isObject?: boolean;
  /** May be written twice: it is short and does nothing. */
  readonly isSimple?: boolean;
  /** It is always `true` or `false`. */
  readonly isBoolean?: boolean;
  /** The same where nobody minds whether it is `undefined` or `null`. */
  readonly withoutNull?: Js;
}

export function atom(text: string, isSimple = true): Js {
  return { doc: text, level: Level.primary, isSimple };
}

export function within(js: Js, level: number): Doc {
  return js.level >= level ? js.doc : ['(', js.doc, ')'];
}

export function binary(left: Js, operator: string, right: Js, level: number, isBoolean = false): Js {
  // Chains of one operator share a level: only the right side needs more.
  const rightLevel = operator === '&&' || operator === '||' ? level : level + 0.5;
  const doc = group([within(left, level), ` ${operator}`, indent([line, within(right, rightLevel)])]);
  return { doc, level, isBoolean };
}

export function not(js: Js): Js {
  return { doc: ['!', within(js, Level.unary)], level: Level.unary, isBoolean: true };
}

export function member(object: Js, name: string): Js {
  return { doc: [within(object, Level.call), `.${name}`], level: Level.call, isSimple: object.isSimple === true };
}

export function keyed(object: Js, key: Js): Js {
  return {
    doc: [within(object, Level.call), '[', key.doc, ']'],
    level: Level.call,
    isSimple: object.isSimple === true && key.isSimple === true,
  };
}

export function invoke(callee: Js, args: readonly Js[], isBroken = false): Js {
  return { doc: [within(callee, Level.call), argumentsDoc(args, isBroken)], level: Level.call };
}

export function argumentsDoc(args: readonly Js[], isBroken = false): Doc {
  if (args.length === 0) return '()';
  const docs = args.map((arg) => within(arg, Level.spread));
  const last = args.at(-1) as Js;
  const others = args.slice(0, -1);
  if (last.canHug && !isBroken && !others.some((arg) => arg.canHug)) {
    return ['(', separated(docs, ', '), ')'];
  }
  return group(['(', indent([softline, separated(docs, [',', line])]), trailingComma, softline, ')'], isBroken);
}

export function arrow(parameters: readonly Doc[], body: Js): Js {
  const inner = body.isObject ? ['(', body.doc, ')'] : within(body, Level.assign);
  const doc = group([
    '(',
    separated(parameters, ', '),
    ') =>',
    body.canHug || body.isObject ? [' ', inner] : indent([line, inner]),
  ]);
  return { doc, level: Level.assign, canHug: true };
}

export function list(items: readonly Js[], isBroken = false): Js {
  if (items.length === 0) return { doc: '[]', level: Level.primary, canHug: true };
  const docs = items.map((item) => within(item, Level.spread));
  return bracketed('[', docs, ']', softline, isBroken);
}

export function bracketed(open: string, docs: readonly Doc[], close: string, edge: Doc, isBroken: boolean): Js {
  const doc = group([open, indent([edge, separated(docs, [',', line])]), trailingComma, edge, close], isBroken);
  return { doc, level: Level.primary, canHug: true, isObject: open === '{' };
}

export function object(entries: readonly Doc[], isBroken = false): Js {
  if (entries.length === 0) return { doc: '{}', level: Level.primary, canHug: true, isObject: true };
  return bracketed('{', entries, '}', line, isBroken);
}

export function conditional(condition: Js, whenTrue: Js, whenFalse: Js): Js {
  const doc = group([
    within(condition, Level.nullish),
    indent([line, '? ', within(whenTrue, Level.assign), line, ': ', within(whenFalse, Level.assign)]),
  ]);
  return { doc, level: Level.conditional };
}

import { Kind, type Type } from './type.ts';

/** A type as TypeScript says it, for a parameter; deep only as far as it helps. */
export function typescriptOf(type: Type | undefined, depth = 0): string {
  if (!type || type.bits === 0 || type.bits & Kind.unknown) return 'any';
  const words: string[] = [];
  const add = (bit: number, word: string) => {
    if (type.bits & bit && !words.includes(word)) words.push(word);
  };
  add(Kind.str, 'string');
  add(Kind.int | Kind.float, type.bits & Kind.float ? 'any' : 'number');
  add(Kind.bool, 'boolean');
  if (type.bits & (Kind.list | Kind.tuple)) {
    const elements = type.sites.flatMap((site) =>
      site.kind === 'list' || site.kind === 'tuple' ? [typescriptOf(site.element, depth + 1)] : [],
    );
    const isTuple = (type.bits & Kind.tuple) !== 0;
    const distinct = [...new Set(elements)];
    const element =
      isTuple || depth > 1 || distinct.length !== 1 || distinct[0] === 'any' ? 'any' : (distinct[0] as string);
    words.push(/ \| |=>/.test(element) ? `(${element})[]` : `${element}[]`);
  }
  if (type.bits & Kind.dict) {
    const keys = type.sites.reduce((bits, site) => (site.kind === 'dict' ? bits | site.key.bits : bits), 0);
    words.push(keys & ~(Kind.str | Kind.unknown | Kind.nothing) ? 'Map<any, any>' : 'Record<string, any>');
  }
  add(Kind.function, '(...args: any[]) => any');
  add(Kind.set | Kind.range | Kind.struct | Kind.other | Kind.bytes | Kind.blob | Kind.module, 'any');
  if (words.includes('any')) return 'any';
  if (type.bits & (Kind.none | Kind.nothing)) words.push('null');
  if (words.length === 1 && words[0] === 'null') return 'any';
  return words.map((word) => (words.length > 1 && word.includes('=>') ? `(${word})` : word)).join(' | ');
}

import path from 'node:path';
import type { IgnoreRule } from './ignore.ts';

/** Rules made ready to ask. Paths are absolute. */
export interface IgnoreMatcher {
  ignores(absolutePath: string): boolean;
  /** Whether a folder is ignored together with everything that can be below it, so that nobody has to look into it. */
  prunes(absolutePath: string): boolean;
}

/** A path is ignored when one rule says so; within a rule the last pattern that fits decides. */
export function ignoreMatcher(rules: readonly IgnoreRule[]): IgnoreMatcher {
  const matchers = rules.map(ruleMatcher);
  return {
    ignores: (file) => matchers.some((matcher) => matcher.ignores(file)),
    prunes: (folder) => matchers.some((matcher) => matcher.prunes(folder)),
  };
}

interface Pattern {
  readonly isException: boolean;
  readonly parts: readonly string[];
  readonly regexp: RegExp;
  /** One for each part that is not `**`. */
  readonly partRegexps: readonly (RegExp | undefined)[];
}

function ruleMatcher(rule: IgnoreRule): IgnoreMatcher {
  const base = path.resolve(rule.basePath);
  if (rule.patterns.length === 0) {
    const isBelow = (file: string): boolean => relativeTo(base, file) !== undefined;
    return { ignores: isBelow, prunes: isBelow };
  }
  const patterns = rule.patterns.flatMap(compilePattern);
  const exceptions = patterns.filter(({ isException }) => isException);
  const ignores = (file: string): boolean => {
    const relative = relativeTo(base, file);
    return relative !== undefined && relative !== '' && matches(patterns, relative);
  };
  return {
    ignores,
    prunes(folder) {
      if (!ignores(folder)) return false;
      const parts = (relativeTo(base, folder) ?? '').split('/');
      return !exceptions.some((pattern) => canMatchBelow(pattern, parts));
    },
  };
}

/** `undefined` when the file is not below; empty for the folder itself. */
function relativeTo(base: string, file: string): string | undefined {
  const relative = path.relative(base, file);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) return undefined;
  return path.sep === '/' ? relative : relative.split(path.sep).join('/');
}

/** The last pattern that fits the path or one of its parents decides. */
function matches(patterns: readonly Pattern[], relative: string): boolean {
  const paths = [relative];
  for (let slash = relative.lastIndexOf('/'); slash > 0; slash = relative.lastIndexOf('/', slash - 1)) {
    paths.push(relative.slice(0, slash));
  }
  let isIgnored = false;
  for (const pattern of patterns) {
    // An exception changes nothing for a path that is not ignored, and the other way round.
    if (pattern.isException !== isIgnored) continue;
    if (paths.some((one) => pattern.regexp.test(one))) isIgnored = !pattern.isException;
  }
  return isIgnored;
}

/** Whether a pattern could fit something below a folder (or the folder as a parent). */
function canMatchBelow(pattern: Pattern, folder: readonly string[]): boolean {
  for (const [index, part] of folder.entries()) {
    if (index >= pattern.parts.length || pattern.parts[index]?.includes('**')) return true;
    if (!pattern.partRegexps[index]?.test(part)) return false;
  }
  return true;
}

/** Reads a line of .dockerignore; nothing for one that is empty. */
function compilePattern(line: string): Pattern[] {
  let text = line.trim();
  const isException = text.startsWith('!');
  if (isException) text = text.slice(1).trim();
  if (text === '') return [];
  text = path.posix.normalize(path.sep === '\\' ? text.replaceAll('\\', '/') : text);
  if (text.length > 1) text = text.replace(/^\/|\/$/g, '');
  // The folder itself: Docker ignores the pattern, and as an exception it takes everything back in.
  if (text === '.' || text === './') {
    if (!isException) return [];
    text = '**';
  }
  const parts = text.split('/');
  return [
    {
      isException,
      parts,
      regexp: patternRegExp(text),
      partRegexps: parts.map((part) => (part.includes('**') ? undefined : patternRegExp(part))),
    },
  ];
}

/** `*` and `?` stay within a part, `**` goes across, `[a-z]` and `\` as in a shell. A broken pattern fits nothing. */
function patternRegExp(pattern: string): RegExp {
  let source = '^';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    if (character === '*' && pattern[at + 1] === '*') {
      at += 1;
      // `**/` is the same as `**`, so that it also fits no folder at all.
      if (pattern[at + 1] === '/') at += 1;
      source += at + 1 >= pattern.length ? '.*' : '(?:.*/)?';
    } else if (character === '*') {
      source += '[^/]*';
    } else if (character === '?') {
      source += '[^/]';
    } else if (character === '\\' && path.sep !== '\\') {
      at += 1;
      source += escapeRegExp(pattern[at] ?? '\\');
    } else if (character === '[') {
      const set = /^\[(\^?)((?:\\.|[^\]\\])+)\]/s.exec(pattern.slice(at));
      if (!set) return NOTHING;
      source += `[${set[1]}${(set[2] ?? '').replace(/\\(.)|([[\]&~])/gs, (_all, escaped, plain) => `\\${escaped ?? plain}`)}]`;
      at += set[0].length - 1;
    } else {
      source += escapeRegExp(character);
    }
  }
  try {
    return new RegExp(`${source}$`, 's');
  } catch {
    return NOTHING;
  }
}

const NOTHING = /(?!)/;

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

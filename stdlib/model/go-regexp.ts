export type CompiledRegExp =
  | { readonly ok: true; readonly regexp: RegExp }
  | { readonly ok: false; readonly message: string };

/** A pattern in Go's notation as one of JavaScript's, or Go's words for what is wrong with it. */
export function compileGoRegExp(pattern: string): CompiledRegExp {
  const problem = syntaxProblem(pattern);
  if (problem !== undefined) return { ok: false, message: `error parsing regexp: ${problem}` };
  const flags = /^\(\?([ims]+)\)/.exec(pattern)?.[1] ?? '';
  const bare = flags === '' ? pattern : pattern.slice(flags.length + 3);
  try {
    return { ok: true, regexp: new RegExp(translated(bare), flags) };
  } catch (error) {
    return { ok: false, message: `error parsing regexp: ${error instanceof Error ? error.message : String(error)}` };
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function translated(pattern: string): string {
  return (
    pattern
      .replace(/\(\?P</g, '(?<')
      // A bracket right at the beginning of a class belongs to it.
      .replace(/(^|[^\\])\[(\^?)\]/g, '$1[$2\\]')
      .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
      .replace(/\\([\s\S])/g, (all, letter: string) => (letter === 'A' ? '^' : letter === 'z' ? '$' : all))
  );
}

/** What people get wrong most often, in the order in which Go finds it. */
function syntaxProblem(pattern: string): string | undefined {
  let open = 0;
  let repeated = '';
  let hasOperand = false;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const letter = rest.charAt(0);
    const repetition = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest)?.[0];
    if (repetition !== undefined) {
      if (repeated !== '') return `invalid nested repetition operator: \`${repeated}${repetition}\``;
      if (!hasOperand) return `missing argument to repetition operator: \`${repetition}\``;
      repeated = repetition;
      at += repetition.length - 1;
      continue;
    }
    repeated = '';
    if (letter === '(') {
      const special = /^\(\?(?!:|[imsU]+(?:-[imsU]+)?[):]|-[imsU]+[):]|P?<[A-Za-z_])(?:<?[=!]|.?)/.exec(rest)?.[0];
      if (special !== undefined) return `invalid or unsupported Perl syntax: \`${special}\``;
      const flags = /^\(\?[imsU-]+\)/.exec(rest)?.[0];
      if (flags !== undefined) {
        at += flags.length - 1;
        hasOperand = false;
        continue;
      }
      at += (/^\(\?(?::|[imsU-]+:|P?<\w+>)/.exec(rest)?.[0].length ?? 1) - 1;
      open++;
      hasOperand = false;
    } else if (letter === ')') {
      if (open === 0) return `unexpected ): \`${pattern}\``;
      open--;
      hasOperand = true;
    } else if (letter === '[') {
      const end = classEnd(rest);
      if (end < 0) return `missing closing ]: \`${rest}\``;
      const range = /(\w)-(\w)/g;
      for (const [whole, from = '', to = ''] of rest.slice(0, end).matchAll(range)) {
        if (from > to) return `invalid character class range: \`${whole}\``;
      }
      at += end;
      hasOperand = true;
    } else if (letter === '\\') {
      if (rest.length === 1) return 'trailing backslash at end of expression: ``';
      const escaped = rest.charAt(1);
      if (/[A-Za-z1-9]/.test(escaped) && !/[aAbBCdDfnpPQrsStvwWxzE]/.test(escaped)) {
        return `invalid escape sequence: \`\\${escaped}\``;
      }
      at++;
      hasOperand = true;
    } else {
      hasOperand = letter !== '|';
    }
  }
  return open > 0 ? `missing closing ): \`${pattern}\`` : undefined;
}

/** The place of the bracket that closes a class, or -1. A bracket at its very beginning belongs to it. */
function classEnd(text: string): number {
  let at = text.startsWith('[^') ? 2 : 1;
  if (text.charAt(at) === ']') at++;
  for (; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.startsWith('[:', at) && text.includes(':]', at)) at = text.indexOf(':]', at) + 1;
    else if (text.charAt(at) === ']') return at;
  }
  return -1;
}

/** A text as a literal of JavaScript, in single quotes, or in backquotes if it has several lines. */
export function stringLiteral(text: string): string {
  // What has a newline only at its end stays in one line.
  if (text.replace(/\n$/, '').includes('\n') && !/[\r]/.test(text)) return `\`${templatePart(text)}\``;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(
    /[\\\n\r\t]|[^\P{C}]|[\u00a0\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]|['"]/gu,
    (char) => {
      if (char === quote) return `\\${char}`;
      if (char === "'" || char === '"') return char;
      return ESCAPES[char] ?? numeric(char);
    },
  );
  return quote + escaped + quote;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A part of a template between its placeholders. Lines stay lines if there are several. */
export function templatePart(text: string, keepsLines = true): string {
  return text.replace(
    /[\\`\r]|\$(?=\{)|[^\P{C}\n\t]|[\u00a0\u2000-\u200f\u2028-\u202f\u205f\u3000\ufeff]|\n|\t/gu,
    (char) => {
      if (char === '\n' || char === '\t') return keepsLines ? char : (ESCAPES[char] as string);
      if (char === '`' || char === '$') return `\\${char}`;
      return ESCAPES[char] ?? numeric(char);
    },
  );
}

function numeric(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(text);
}

/** A key as it stands in a literal of an object. */
export function objectKey(text: string): string {
  if (text === '__proto__') return "['__proto__']";
  return isIdentifier(text)
    ? text
    : stringLiteral(text.includes('\n') ? text : text)
        .replace(/^`/, '[`')
        .replace(/`$/, '`]');
}

/** A key that every object of JavaScript seems to have. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

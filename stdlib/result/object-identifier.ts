const LONGEST = 253;

/** A text as the name of an object of the API: slashes and percent signs become underscores, too long ones end with a hash. */
export function objectIdentifier(text: string): string {
  if (text === '.' || text === '..') return text.replaceAll('.', '_');
  const name = text.replace(/[/%]/g, '_');
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 9)}-${hash(text)}` : name;
}

/** FNV-1a of 32 bits, in hexadecimal. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}

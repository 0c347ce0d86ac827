/** What the specifiers of extensions begin with. */
export const EXTENSION_PREFIX = 'ext://';

export function isExtension(specifier: string): boolean {
  return specifier.startsWith(EXTENSION_PREFIX);
}

const LONGEST = 253;

/** The name of the API object for what stands after `ext://`: slashes cannot be in one. */
export function objectName(module: string): string {
  const clean = module === '.' || module === '..' ? module.replaceAll('.', '_') : module.replace(/[/%]/g, '_');
  const bytes = Buffer.from(clean);
  return bytes.length <= LONGEST ? clean : `${bytes.subarray(0, LONGEST - 9).toString()}-${fnv32a(module)}`;
}

/** The 32-bit FNV-1a hash, in hexadecimal. */
function fnv32a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

import { fileURLToPath } from 'node:url';

/** Where the types of builtins that come with this program are: beside the bundle, or in the sources. */
export function typesPath(name: 'tilt.d.ts' | 'sandbox.d.ts' | 'deno.d.ts'): string {
  const root = import.meta.url.endsWith('.ts') ? '../../' : '../';
  return fileURLToPath(new URL(`${root}stdlib/${name}`, import.meta.url));
}

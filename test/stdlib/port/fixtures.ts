import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { KNOWN_NAMES } from '../../../stdlib/port/known-names.ts';
import { type PortResult, port } from '../../../stdlib/port/port.ts';

export const FIXTURES = path.join(import.meta.dirname, 'fixtures');

/** Ports a Tiltfile of the disk. */
export function portFile(
  main: string,
  options: { readonly isTypescript: boolean; readonly withLoads: boolean },
): PortResult {
  return port({
    main,
    known: KNOWN_NAMES,
    ...options,
    read: (file) => (existsSync(file) ? readFileSync(file) : undefined),
    locate: (from, specifier) => (specifier.includes('://') ? undefined : path.resolve(path.dirname(from), specifier)),
  });
}

/** Ports a text. */
export function portText(text: string, isTypescript = false): PortResult {
  const bytes = new TextEncoder().encode(text);
  return port({
    main: '/project/Tiltfile',
    known: KNOWN_NAMES,
    isTypescript,
    withLoads: false,
    read: (file) => (file === '/project/Tiltfile' ? bytes : undefined),
    locate: (from, specifier) => (specifier.includes('://') ? undefined : path.resolve(path.dirname(from), specifier)),
  });
}

export const fixtureNames: readonly string[] = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

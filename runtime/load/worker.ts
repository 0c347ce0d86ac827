import { setFlagsFromString } from 'node:v8';
import { serveEvaluations } from '../../interpreter/serve.ts';
import { createTiltLibrary } from '../../stdlib/library.ts';
import type { LibraryOptions } from '../../stdlib/session.ts';

setFlags();
// The options are those that `Loader.load` gave: they come over unchanged.
serveEvaluations((options) => createTiltLibrary(options as LibraryOptions));

/**
 * V8 would optimise the sandbox's interpreter in the background, for half a second of a processor, and the program's end would wait for
 * it. Tiltfiles are over before that pays: they run on what V8 compiles at once, and JavaScript is optimised three times later than
 * usual. The flags are set here and not in the main thread, before this one starts, because Node's own modules come from a cache that
 * V8 does not accept under other flags: 30 ms.
 */
function setFlags(): void {
  const flags = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--wasm-lazy-validation'];
  // The V8 of Node 20; later ones print a complaint.
  if (process.versions.v8?.startsWith('11.')) flags.push('--interrupt-budget=400000');
  for (const flag of flags) {
    try {
      setFlagsFromString(flag);
    } catch {
      // Another engine, or one that does not know the flag.
    }
  }
}

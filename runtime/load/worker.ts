import { serveEvaluations } from '../../interpreter/serve.ts';
import { createTiltLibrary } from '../../stdlib/library.ts';
import type { LibraryOptions } from '../../stdlib/session.ts';

// The options are those that `Loader.load` gave: they come over unchanged.
serveEvaluations((options) => createTiltLibrary(options as LibraryOptions));

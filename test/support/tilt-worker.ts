import { serveEvaluations } from '../../interpreter/serve.ts';
import { createTiltLibrary } from '../../stdlib/library.ts';
import type { LibraryOptions } from '../../stdlib/session.ts';

serveEvaluations((options) => createTiltLibrary(options as LibraryOptions));

// Bundles the program into dist/: an entry for the command line, one for the worker that evaluates Tiltfiles, and chunks that
// are loaded only when they are needed (the Kubernetes and Docker clients, the TypeScript stripper, the file watcher).
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });

const outcome = await build({
  entryPoints: { main: 'runtime/cli/main.ts', worker: 'runtime/load/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: process.argv.includes('--sourcemap') ? 'linked' : false,
  legalComments: 'linked',
  metafile: true,
  define: { 'process.env.TILT_TS_VERSION': JSON.stringify(version) },
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  external: ['cpu-features', '*.node'],
  logLevel: 'warning',
});

// The sandbox's WebAssembly is read from beside the code that loads it.
const require = createRequire(import.meta.url);
const wasm = require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
copyFileSync(wasm, path.join('dist', 'emscripten-module.wasm'));
chmodSync('dist/main.js', 0o755);

if (process.argv.includes('--sizes')) {
  for (const [file, { bytes }] of Object.entries(outcome.metafile.outputs).sort((a, b) => b[1].bytes - a[1].bytes)) {
    console.log(`${String(bytes).padStart(10)} ${file}`);
  }
}

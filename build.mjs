// Bundles the program into dist/: an entry for the command line, one for the worker that evaluates Tiltfiles, the program, and chunks
// that are loaded only when they are needed (the Kubernetes and Docker clients, the TypeScript stripper, the file watcher).
// The two entries are CommonJS, which Node has running 10 ms sooner in each thread; the program and its chunks are ES modules.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const require = createRequire(import.meta.url);

// What dockerode asks for at once and needs only for engines over ssh and for build sessions. It is not bundled: the packages are there
// as dependencies of dockerode, and load when the first of their exports is used.
const LATE = {
  ssh2: `exports.Client = function (...args) { return new (LOAD('ssh2').Client)(...args); };`,
  '@grpc/grpc-js': `module.exports = new Proxy({}, { get: (_, name) => LOAD('@grpc/grpc-js')[name] });`,
  '@grpc/proto-loader': `module.exports = new Proxy({}, { get: (_, name) => LOAD('@grpc/proto-loader')[name] });`,
};
const latePackages = {
  name: 'late-packages',
  setup(bundle) {
    bundle.onResolve({ filter: new RegExp(`^(${Object.keys(LATE).join('|')})$`) }, ({ path: name, importer }) =>
      /node_modules[\\/]docker/.test(importer) ? { path: name, namespace: 'late' } : undefined,
    );
    bundle.onLoad({ filter: /./, namespace: 'late' }, ({ path: name }) => ({
      // The package is looked for from where dockerode lies, wherever the package manager put it.
      contents: `const { createRequire } = require('node:module');
        const LOAD = (name) => createRequire(createRequire(__filename).resolve('dockerode'))(name);
        ${LATE[name]}`,
    }));
  },
};

const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: process.argv.includes('--sourcemap') ? 'linked' : false,
  legalComments: 'linked',
  metafile: true,
  // With parts that are compiled for each machine, and only needed for builds with ssh keys.
  external: ['ssh2'],
  logLevel: 'warning',
  write: false,
};

const entries = await build({
  ...common,
  entryPoints: { main: 'runtime/cli/main.ts', worker: 'runtime/load/worker.ts' },
  format: 'cjs',
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
  // As an ES module it would import node:module dynamically, for which Node starts its loader.
  alias: {
    '@jitl/quickjs-wasmfile-release-sync/emscripten-module': require.resolve(
      '@jitl/quickjs-wasmfile-release-sync/emscripten-module',
    ),
  },
  // What asks for more of import.meta runs only from the sources.
  logOverride: { 'empty-import-meta': 'silent' },
  plugins: [
    {
      name: 'program-apart',
      setup(bundle) {
        bundle.onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: './program.mjs', external: true }));
      },
    },
  ],
});
const program = await build({
  ...common,
  entryPoints: { program: 'runtime/cli/program.ts' },
  outExtension: { '.js': '.mjs' },
  splitting: true,
  format: 'esm',
  define: { 'process.env.TILT_TS_VERSION': JSON.stringify(version) },
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const __filename = import.meta.filename; const require = __createRequire(__filename);",
  },
  plugins: [latePackages],
});
// What runs of Starlark inside of the sandbox: read as text when the first Starlark file is met.
const starlark = await build({
  ...common,
  // Names stay as they are: those of builtins begin with "$", by which stacks know them.
  entryPoints: { starlark: 'stdlib/starlark/entry.ts' },
  platform: 'neutral',
  target: 'es2023',
  format: 'esm',
});

// What runs in browsers: the page, and the page of a report, which stands in the report's one file.
const browser = {
  ...common,
  platform: 'browser',
  target: ['chrome120', 'firefox120', 'safari17.5'],
  format: 'esm',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
};
const page = await build({
  ...browser,
  entryPoints: { page: 'runtime/web/main.tsx', 'page-style': 'runtime/web/page.css' },
  outdir: 'dist/web/assets',
});
const report = await build({
  ...browser,
  entryPoints: ['js', 'css'].map((ending) => ({ in: `runtime/report/html/page.${ending}`, out: 'report-page' })),
});

// Only a build that worked takes the place of the last one.
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
mkdirSync('dist/web/assets', { recursive: true });
for (const { path: file, contents } of [entries, program, starlark, page, report].flatMap(
  ({ outputFiles }) => outputFiles,
)) {
  writeFileSync(file, contents);
}
copyFileSync('runtime/web/index.html', 'dist/web/index.html');
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
chmodSync('dist/main.js', 0o755);

// The sandbox's WebAssembly is read from beside the code that loads it.
copyFileSync(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'), 'dist/quickjs.wasm');
// What demo brings up.
cpSync('samples/hello', 'dist/demo', { recursive: true, filter: (file) => path.basename(file) !== 'out' });
writeTypescriptStripper();

if (process.argv.includes('--sizes')) {
  const outputs = Object.entries({
    ...entries.metafile.outputs,
    ...program.metafile.outputs,
    ...starlark.metafile.outputs,
    ...page.metafile.outputs,
    ...report.metafile.outputs,
  });
  for (const [file, { bytes }] of outputs.sort((a, b) => b[1].bytes - a[1].bytes)) {
    console.log(`${String(bytes).padStart(10)} ${file}`);
  }
}

/**
 * The TypeScript stripper carries its WebAssembly as base64 in 3.7 MB of JavaScript, which takes 30 ms to read before anything runs.
 * Here it becomes a small module, typescript.cjs, that reads typescript.wasm beside it.
 */
function writeTypescriptStripper() {
  const source = readFileSync(require.resolve('@swc/wasm-typescript'), 'utf8');
  const embedded = /Buffer\.from\('([A-Za-z0-9+/=]+)', 'base64'\)/.exec(source);
  if (embedded === null)
    throw new Error('@swc/wasm-typescript no longer carries its WebAssembly as base64: look how it is loaded now');
  const [expression, base64] = embedded;
  writeFileSync(path.join('dist', 'typescript.wasm'), Buffer.from(base64, 'base64'));
  writeFileSync(
    path.join('dist', 'typescript.cjs'),
    source.replace(
      expression,
      () => "require('node:fs').readFileSync(require('node:path').join(__dirname, 'typescript.wasm'))",
    ),
  );
}

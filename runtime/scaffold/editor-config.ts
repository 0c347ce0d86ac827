/** The `tsconfig.json` for a Tiltfile: nothing but what the sandbox has. `types` is where `sandbox.d.ts` comes from. */
export function tsconfigText(tiltfile: string, types: 'package' | 'copied'): string {
  const isScript = tiltfile.endsWith('.js');
  const config = {
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023'],
      module: 'ESNext',
      moduleResolution: 'Bundler',
      moduleDetection: 'force',
      types: types === 'package' ? ['tilt-ts/stdlib/sandbox'] : [],
      strict: true,
      ...(isScript ? { allowJs: true, checkJs: true } : {}),
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: [tiltfile, ...(types === 'package' ? [] : ['.tilt/*.d.ts'])],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** The first line of a Tiltfile, by which editors, `tsc` and `deno check` find the builtins' types. */
export function referenceLine(types: 'package' | 'copied'): string {
  return types === 'package' ? '/// <reference types="tilt-ts" />' : '/// <reference path="./.tilt/tilt.d.ts" />';
}

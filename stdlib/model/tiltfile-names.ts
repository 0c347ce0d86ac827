/** The names under which a Tiltfile is looked for in a folder, the first that exists wins. */
export const TILTFILE_NAMES = ['Tiltfile.ts', 'Tiltfile.js', 'Tiltfile.mjs', 'Tiltfile'] as const;

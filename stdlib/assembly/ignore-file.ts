import path from 'node:path';

/** The patterns of a .dockerignore or .tiltignore, cleaned up as Docker does: comments and blank lines go, paths become plain. */
export function ignorePatterns(text: string): readonly string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    const bare = line.trim();
    if (bare === '') continue;
    const isException = bare.startsWith('!');
    const pattern = isException ? bare.slice(1).trim() : bare;
    patterns.push((isException ? '!' : '') + cleaned(pattern));
  }
  return patterns;
}

function cleaned(pattern: string): string {
  if (pattern === '') return '';
  const normal = path.posix.normalize(pattern);
  const bare = normal.length > 1 ? normal.replace(/\/$/, '') : normal;
  return bare.length > 1 && bare.startsWith('/') ? bare.slice(1) : bare;
}

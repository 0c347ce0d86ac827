/** Whether an absolute path is `base` or lies below it. */
export function isWithin(path: string, base: string): boolean {
  if (path === base) return true;
  return path.startsWith(base) && (base.endsWith('/') || path[base.length] === '/' || path[base.length] === '\\');
}

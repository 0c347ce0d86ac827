import path from 'node:path';

/** Names of files that editors and tools make for a moment, or beside a file, while they write it. */
const NAMES = [
  // JetBrains
  /___jb_(tmp|old)___$/,
  // Vim: swap files, its test whether it may write, backups (also of Emacs)
  /^\..*\.sw[nopx]$/,
  /^4913$/,
  /~$/,
  // Emacs
  /^\.#/,
  /^#.*#$/,
  /^flymake_.*\./,
  // Kate, GNOME, Sublime Text, LibreOffice
  /^\..*\.kate-swp$/,
  /^\.goutputstream-/,
  /^\.subl.*\.tmp$/,
  /^\.~lock\..*#$/,
  // Go tries permissions with it; a file that somebody has open on NFS; what macOS knows of a folder
  /-go-tmp-umask$/,
  /^\.nfs[0-9a-f]{8,}$/,
  /^\.DS_Store$/,
];

/** Folders whose files change without anything that is built of them. */
const FOLDERS = new Set(['.git', '.hg', '.svn', '.jj', '.idea']);

/** Whether a file below a watched path says nothing about what is built: it is an editor's, or version control's. What is watched by its own name counts. */
export function isPassing(root: string, file: string): boolean {
  if (file.length <= root.length) return false;
  const parts = file.slice(root.endsWith(path.sep) ? root.length : root.length + 1).split(path.sep);
  const name = parts.at(-1) ?? '';
  return NAMES.some((pattern) => pattern.test(name)) || parts.some((part) => FOLDERS.has(part));
}

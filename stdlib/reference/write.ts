import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages, REFERENCE_FOLDER } from './pages.ts';

// node --import tsx stdlib/reference/write.ts
const root = fileURLToPath(new URL('../..', import.meta.url));
// Pages of families that are gone go, too.
rmSync(path.join(root, REFERENCE_FOLDER), { recursive: true, force: true });
for (const { path: file, text } of pages) {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`wrote ${file}`);
}

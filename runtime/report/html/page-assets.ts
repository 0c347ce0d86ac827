import { readFile } from 'node:fs/promises';

/** The style and the script of the page, which the build puts beside the bundle. */
export async function pageAssets(): Promise<{ readonly style: string; readonly script: string }> {
  const base = import.meta.url.endsWith('.ts') ? '../../../dist/report-page' : './report-page';
  const text = (ending: string) => readFile(new URL(`${base}${ending}`, import.meta.url), 'utf8');
  const [style, script] = await Promise.all([text('.css'), text('.js')]);
  return { style, script };
}

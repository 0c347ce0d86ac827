import { startApart } from '../clients/process/process.ts';

/** What a system has for it; the others have `xdg-open`. */
const USUAL: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Shows a page in the person's browser, if there is one. It goes on when the program ends. */
export function openInBrowser(url: string): void {
  const { BROWSER } = process.env;
  const argv = BROWSER === undefined || BROWSER === '' ? USUAL[process.platform] : [BROWSER];
  startApart([...(argv ?? ['xdg-open']), url]);
}

import { startApart } from '../clients/process/process.ts';

/** Shows a page in the person's browser, if there is one. It goes on when the program ends. */
export function openInBrowser(url: string): void {
  const { BROWSER } = process.env;
  const argv =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : [BROWSER === undefined || BROWSER === '' ? 'xdg-open' : BROWSER, url];
  startApart(argv);
}

import { tell } from './toast.tsx';

/** Copies a text, and tells so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${what}`);
  } catch {
    // Browsers refuse it where the page does not come from this machine by HTTPS.
    tell(`The browser does not let the page copy ${what}`);
  }
}

/** Saves a text as a file. */
export function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

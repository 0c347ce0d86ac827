/** An address without name and password: what may be shown, and stand in a file that is shared. */
export function publicUrl(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

/** A link to what a resource serves. Only addresses that a browser may open from a page are links. */
export function LinkOut({ link }: { link: { readonly url?: string; readonly name?: string } }) {
  const { url = '', name } = link;
  const words = name || url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  if (!/^[a-z][a-z\d+.-]*:/i.test(url) || /^(javascript|data|vbscript):/i.test(url)) return <span>{words}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer" title={url} data-endpoint>
      {words}
    </a>
  );
}

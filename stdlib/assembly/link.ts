import type { DeclaredLink } from '../declarations.ts';
import type { Link } from '../model/link.ts';
import { urlText } from '../schema/go-url.ts';

export function linkOf({ url, name }: DeclaredLink): Link {
  return { url: urlText(url), name, parts: url };
}

import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import type { DeclaredLink } from '../declarations.ts';
import type { UrlParts } from '../model/link.ts';
import { membersOf } from './collection-types.ts';
import { parseUrl, urlText } from './go-url.ts';
import { internalTypeName } from './kind.ts';
import type { ParameterType } from './parameter.ts';
import { quote, show } from './show.ts';

/** Reads an address; one without a scheme gets `http`. */
export function addressOf(url: string): UrlParts {
  const parsed = url === '' ? ({ ok: false, message: 'url empty' } as const) : parseUrl(url);
  if (!parsed.ok) throw new Refusal(`validating URL ${quote(url)}: ${parsed.message}`);
  return parsed.url.scheme === '' ? { ...parsed.url, scheme: 'http' } : parsed.url;
}

/** The address of each link as it was read: taking its text apart again need not come to the same parts. */
const addresses = new WeakMap<Tagged, UrlParts>();

/** The value of `link()`. */
export function makeLink(url: string, name: string): Tagged {
  const address = addressOf(url);
  const made = new Tagged('Link', { url: urlText(address), name });
  addresses.set(made, address);
  return made;
}

/** Addresses and values of `link()`, one or a list; `null` is none. */
export const links: ParameterType<readonly DeclaredLink[]> = {
  typescript: 'string | Link | readonly (string | Link)[] | null',
  takesObject: false,
  read: (value) =>
    membersOf(value).map((member) => {
      if (typeof member === 'string') return { url: addressOf(member), name: '' };
      if (member instanceof Tagged && member.tag === 'Link') {
        const { url, name } = member.fields;
        return { url: addresses.get(member) ?? addressOf(String(url)), name: String(name) };
      }
      throw new Refusal(
        `\`Want a string, a link, or a sequence of these; found ${show(member)} (type: ${internalTypeName(member)})`,
      );
    }),
};

import type { Link } from '../model/link.ts';
import type { ResultValue } from './result-value.ts';

export function linkResult({ url, name, parts }: Link): ResultValue {
  if (!parts) return { URL: { Path: url }, Name: name };
  return {
    URL: {
      Scheme: parts.scheme,
      Opaque: parts.opaque,
      // Go's type for user names has no public fields.
      User: parts.user ? {} : null,
      Host: parts.host,
      Path: parts.path,
      RawPath: parts.rawPath,
      ForceQuery: parts.forceQuery,
      RawQuery: parts.rawQuery,
      Fragment: parts.fragment,
      RawFragment: parts.rawFragment,
    },
    Name: name,
  };
}

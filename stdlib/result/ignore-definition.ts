import type { IgnoreRule } from '../model/ignore.ts';
import type { ResultObject } from './result-value.ts';

export function ignoreDefinition({ basePath, patterns }: IgnoreRule): ResultObject {
  return { basePath, patterns: patterns.length > 0 ? patterns : undefined };
}

/** Where a build may take layers from, as the engine's API can be told. */
export interface CacheSources {
  /** Image references. */
  readonly references: readonly string[];
  /** What was given and is no cache in a registry. */
  readonly unusable: readonly string[];
}

/** Reads the notations of docker's `--cache-from`: `example/web:cache`, `type=registry,ref=example/web:cache`. */
export function cacheSources(given: readonly string[]): CacheSources {
  const references: string[] = [];
  const unusable: string[] = [];
  for (const text of given) {
    const ref = text.includes('=') ? registryReference(text.split(',')) : text;
    if (ref !== undefined) references.push(ref);
    else unusable.push(text);
  }
  return { references, unusable };
}

function registryReference(fields: readonly string[]): string | undefined {
  const field = (key: string) => fields.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1);
  return (field('type') ?? 'registry') === 'registry' ? field('ref') : undefined;
}

/** Files below `basePath` that start nothing when they change. */
export interface IgnoreRule {
  /** Absolute path. */
  readonly basePath: string;
  /** Patterns in the language of .dockerignore, relative to `basePath`; none means everything below it. */
  readonly patterns: readonly string[];
  /** Where the patterns come from, for messages: `ignores`, `.dockerignore`, `.tiltignore`. Empty when unnamed. */
  readonly source: string;
}

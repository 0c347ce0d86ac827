/** What a Starlark file finds beside the builtins: made by entry.ts in Starlark's own realm. */
export const STARLARK_ONLY_NAMES = ['module'] as const;

/** Builtins that answer promises, with which Starlark could do nothing. */
export const JAVASCRIPT_ONLY_NAMES = ['local_async'] as const;

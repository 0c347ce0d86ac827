/** What a Starlark file finds beside the builtins: made by entry.ts in Starlark's own realm. */
export const STARLARK_ONLY_NAMES = ['module'] as const;

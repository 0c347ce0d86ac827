/** What a Starlark file finds beside the builtins: made by entry.ts in Starlark's own realm. */
export const STARLARK_ONLY_NAMES = ['module'] as const;

/** What the preludes are made of; no file sees it. */
export const HIDDEN_NAMES = ['__environ', '__git_repo'] as const;

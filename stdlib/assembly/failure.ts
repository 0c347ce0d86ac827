import type { SourcePosition } from '../model/position.ts';

/** Why what a Tiltfile declares does not fit together. */
export interface AssemblyFailure {
  readonly message: string;
  /** The declaration that it is about. */
  readonly position: SourcePosition | undefined;
}

/** Strings in double quotes, with commas between. */
export function quotedList(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

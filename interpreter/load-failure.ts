import type { ScriptFailure } from './failure.ts';
import type { SourcePosition } from './position.ts';

/** Why a module could not be loaded; QuickJS makes an error of it, in which `message` finds this again. */
export interface LoadFailure {
  readonly kind: ScriptFailure['kind'];
  readonly message: string;
  readonly position: SourcePosition | undefined;
}

export type Loaded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LoadFailure };

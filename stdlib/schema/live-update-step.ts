import { Tagged } from '../../interpreter/value.ts';
import type { SourcePosition } from '../model/position.ts';

/** One step of a live update, as the builtin of its name makes it. Paths are as the script's file means them. */
export type LiveUpdateStep =
  | { readonly kind: 'initial-sync' }
  | { readonly kind: 'fall-back-on'; readonly paths: readonly string[] }
  | { readonly kind: 'sync'; readonly localPath: string; readonly remotePath: string }
  | {
      readonly kind: 'run';
      readonly argv: readonly string[];
      readonly triggers: readonly string[];
      readonly echoOff: boolean;
    }
  | { readonly kind: 'restart-container' };

export interface MadeStep {
  readonly step: LiveUpdateStep;
  readonly position: SourcePosition;
}

const made = new WeakMap<Tagged, MadeStep>();

/** The value of a step for scripts; `description` is what is shown of it. */
export function makeStep(tag: string, description: string, step: MadeStep): Tagged {
  const value = new Tagged(tag, { description });
  made.set(value, step);
  return value;
}

/** The step that a value stands for; `undefined` for any other value. */
export function stepOf(value: unknown): MadeStep | undefined {
  return value instanceof Tagged ? made.get(value) : undefined;
}

/** By which steps are told apart: two calls at one place are one. */
export function placeKey({ file, line, column }: SourcePosition): string {
  return `${file}:${line}:${column}`;
}

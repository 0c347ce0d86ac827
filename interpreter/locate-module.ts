import type { Broker } from './broker.ts';
import { type Library, Refusal } from './builtin.ts';
import type { Control } from './control.ts';
import type { SourcePosition } from './position.ts';

/** Finds the module of a specifier with a scheme: its absolute path, why there is none, or nothing for a scheme that nobody knows. */
export type LocateModule = (
  specifier: string,
  position: SourcePosition,
) => string | { readonly message: string } | undefined;

/** Asks the library. QuickJS waits for the answer in the middle of its own work, where nothing may be thrown. */
export function moduleLocator({ locateModule }: Library, broker: Broker, control: Control): LocateModule {
  return (specifier, position) =>
    control.inHost(() => {
      try {
        return locateModule?.(specifier, { broker, position });
      } catch (error) {
        if (!(error instanceof Refusal)) control.halt({ kind: 'bug', error });
        return { message: error instanceof Error ? error.message : String(error) };
      } finally {
        // It may have taken long, and somebody may have asked for the end meanwhile.
        control.shouldInterrupt();
      }
    });
}

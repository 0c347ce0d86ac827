import { codeOfSignal } from '../engine/exit-decision.ts';

/** Calls `onSignal` for the first signal that asks the program to end; a second one ends it at once. Answers how to stop listening. */
export function onInterrupt(onSignal: (signal: NodeJS.Signals) => void): () => void {
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let asked = false;
  const listener = (signal: NodeJS.Signals): void => {
    // The process module kills what still runs when the program exits.
    if (asked) process.exit(codeOfSignal(signal));
    asked = true;
    onSignal(signal);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

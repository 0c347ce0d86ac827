import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Whether a running program is shown, which can be asked to do things; a saved session cannot. */
export const Live = createContext(true);

export function useLive(): boolean {
  return useContext(Live);
}

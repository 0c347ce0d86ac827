import { Refusal } from '../../interpreter/builtin.ts';

/** Does something, and puts words in front of its refusal. */
export function explained<T>(front: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(`${front}: ${error.message}`) : error;
  }
}

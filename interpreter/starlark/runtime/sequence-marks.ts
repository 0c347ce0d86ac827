/** Arrays of JavaScript that stand for tuples: to JavaScript itself there is no difference. */
const tuples = new WeakSet<object>();

export function markTuple<T extends object>(array: T): T {
  tuples.add(array);
  return array;
}

export function isTuple(array: object): boolean {
  return tuples.has(array);
}

/**
 * What YAML and JSON texts hold. Whole numbers that a JavaScript number cannot hold exactly are bigints, so that none is
 * changed silently.
 */
export type PlainData = null | boolean | number | bigint | string | PlainData[] | PlainObject;
export interface PlainObject {
  [key: string]: PlainData;
}

/** Sets a key of any name, `__proto__` too. */
export function setKey(object: PlainObject, key: string, value: PlainData): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

export function isPlainObjectData(value: PlainData): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

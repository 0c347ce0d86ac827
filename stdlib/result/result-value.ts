/** Plain data for `JSON.stringify`; fields that are `undefined` are left out. */
export type ResultValue =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly ResultValue[]
  | { readonly [key: string]: ResultValue };
export type ResultObject = { readonly [key: string]: ResultValue };

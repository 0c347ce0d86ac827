/** Any value of Starlark; `StarlarkObject` is the base of all that is no primitive of JavaScript. */
export type Value = null | boolean | number | bigint | string | StarlarkObject;

export abstract class StarlarkObject {
  /** What `type(x)` answers. */
  abstract readonly type: string;
}

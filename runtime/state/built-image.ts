export interface BuiltImage {
  /** The image of the graph. */
  readonly ref: string;
  /** The reference that the engine and later builds know: `example/web:tilt-0123456789abcdef`. */
  readonly localRef: string;
  /** The reference under which it was pushed, as this machine names the registry; `undefined` when it was not. */
  readonly pushRef?: string | undefined;
  /** The reference to put into objects: `localhost:5000/example_web:tilt-0123456789abcdef`. */
  readonly clusterRef: string;
}

/** A port of this machine that is to lead to a pod. */
export type ForwardState =
  | { readonly kind: 'listening'; readonly localPort: number; readonly since: number }
  /** The port is not open, such as when somebody else has it. It may still open later. */
  | { readonly kind: 'failed'; readonly message: string };

/** A link that is shown with a resource. */
export interface Link {
  readonly url: string;
  /** What to show instead of the address; empty when not given. */
  readonly name: string;
}

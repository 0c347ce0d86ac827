/** A link that is shown with a resource. */
export interface Link {
  readonly url: string;
  /** What to show instead of the address; empty when not given. */
  readonly name: string;
  /** The address taken apart as the Tiltfile's author wrote it; reading `url` again need not come to the same parts. */
  readonly parts?: UrlParts;
}

/** A URL taken apart as Go's net/url does; parts that are not there are empty. */
export interface UrlParts {
  readonly scheme: string;
  /** What follows the scheme when no slash does: `localhost:8080` is scheme `localhost` with `8080`. */
  readonly opaque: string;
  /** `user:password`, decoded. */
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  /** With port. */
  readonly host: string;
  /** Decoded. */
  readonly path: string;
  /** The path as it was written, where encoding `path` anew would write it differently. */
  readonly rawPath: string;
  /** There is a `?` with nothing after it. */
  readonly forceQuery: boolean;
  readonly rawQuery: string;
  /** Decoded. */
  readonly fragment: string;
  readonly rawFragment: string;
}

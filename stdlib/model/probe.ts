/** How to find out whether a server is ready; the numbers mean what they mean in Kubernetes. */
export interface Probe {
  readonly action: ProbeAction;
  /** Seconds before the first try. Default 0. */
  readonly initialDelaySecs?: number;
  /** Seconds that one try may take. Default 1. */
  readonly timeoutSecs?: number;
  /** Seconds between two tries. Default 10. */
  readonly periodSecs?: number;
  /** Tries in a row that must pass to count as ready. Default 1. */
  readonly successThreshold?: number;
  /** Tries in a row that must fail to count as not ready. Default 3. */
  readonly failureThreshold?: number;
}

export type ProbeAction =
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  | {
      readonly kind: 'http';
      readonly scheme?: string;
      readonly host?: string;
      readonly port: number;
      readonly path?: string;
    }
  | { readonly kind: 'tcp'; readonly host?: string; readonly port: number };

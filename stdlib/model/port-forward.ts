/** A local port that leads to a port of a resource's pod. */
export interface PortForward {
  /** 0 when not given: then the container's port is taken. */
  readonly localPort: number;
  /** 0 when not given: then the container's first port is taken, else the local port. */
  readonly containerPort: number;
  /** The address to listen on; empty for the loopback addresses. */
  readonly host: string;
  readonly name: string;
  /** Appended to the link that is shown. */
  readonly linkPath: string;
}

/** What live updates have done for a resource since its last whole update. */
export interface LiveState {
  /** The files that they took over, each once. */
  readonly files: readonly LiveFile[];
  /** The containers that run and that they are for. */
  readonly containers: readonly LiveContainer[];
  /** There was one since the last whole update. */
  readonly hasRun: boolean;
  /** Why a container cannot be updated, such as one that crashes again and again; empty when nothing is known. */
  readonly trouble: string;
  /** The last one gave way to a whole update, which is still to come. */
  readonly gaveWay: boolean;
}

export interface LiveFile {
  /** Absolute. */
  readonly path: string;
  /** The newest update that took it over. */
  readonly update: number;
}

export interface LiveContainer {
  readonly id: string;
  /** For people: `POD/CONTAINER`, or the name of a container of Docker's. */
  readonly name: string;
  /** The image of the graph that it runs. */
  readonly ref: string;
  /** The newest update that was tried on it; 0 when none was. */
  readonly tried: number;
}

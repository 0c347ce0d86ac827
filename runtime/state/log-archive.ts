/** Where the older lines of a log go when memory has no room for them. What it keeps is opaque to it. */
export interface LogArchive {
  /** Keeps the bytes; `undefined` when it cannot. Never rejects. */
  write(bytes: Uint8Array): Promise<ArchivePlace | undefined>;
  /** The bytes of a place; `undefined` when they are no longer there. Never rejects. */
  read(place: ArchivePlace): Promise<Uint8Array | undefined>;
  /** Gives everything up. */
  close(): void;
}

export interface ArchivePlace {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

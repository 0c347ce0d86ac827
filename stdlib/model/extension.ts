import type { SourcePosition } from './position.ts';

/** A repository of extensions, as it is registered. */
export interface ExtensionRepository {
  readonly name: string;
  readonly url: string;
  /** Empty for the default branch. */
  readonly ref: string;
}

/** A repository and the commit that was taken for what was asked of it. */
export interface Pin {
  /** Without name and password. */
  readonly url: string;
  /** The branch, tag or commit asked for; empty for the default branch. */
  readonly ref: string;
  /** The full hash. */
  readonly commit: string;
}

/** Where the files of a repository are. */
export interface LocatedRepository {
  /** Absolute path of its root. */
  readonly folder: string;
  /** Nothing for a folder of this machine. */
  readonly commit: string | undefined;
  /**
   * `folder`: it is one of this machine. `pinned`: the lock file says which commit. `fetched`: it did not, and does now.
   * `stale`: it could not be asked, and this is what it answered last.
   */
  readonly state: 'folder' | 'pinned' | 'fetched' | 'stale';
  /** Of one that was fetched: what it was pinned to before, if it was. */
  readonly before?: string | undefined;
}

/** An extension that a Tiltfile imported. */
export interface LoadedExtension {
  /** What stands after `ext://`. */
  readonly module: string;
  /** The name of its object of the API. */
  readonly name: string;
  /** Absolute path of the file with which it begins. */
  readonly file: string;
  readonly repository: ExtensionRepository;
  readonly located: LocatedRepository;
}

/** An extension, or a repository of extensions, that somebody added to a running session: as an object of the API. */
export interface AddedObject {
  readonly resource: 'extensions' | 'extensionrepos';
  readonly name: string;
  readonly spec: { readonly [field: string]: unknown };
}

/** An extension that was registered and not imported: its file is a Tiltfile of its own. */
export interface RegisteredExtension {
  readonly name: string;
  /** Absolute path of the file with which it begins. */
  readonly file: string;
  /** For its Tiltfile. */
  readonly args: readonly string[];
  /** Where it was registered; nothing for one that was added to a running session. */
  readonly position: SourcePosition | undefined;
}

/** The extensions that a Tiltfile imported, and what else is pinned beside it. */
export interface UsedExtensions {
  /** In the order of their imports. */
  readonly loaded: readonly LoadedExtension[];
  /** What the lock file pins of which the Tiltfile used nothing. */
  readonly unusedPins: readonly Pin[];
}

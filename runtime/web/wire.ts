import type * as server from '../server/wire.ts';

// What the program sends, read by a page that may be older or newer than it, or by a snapshot of another version: everything but names may
// be missing.

type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> }
    : T;

export type Metadata = Omit<Loose<server.ObjectMeta>, 'name'> & { readonly name: string };
type Named<T> = Omit<Loose<T>, 'metadata'> & { readonly metadata: Metadata };

export type UpdateStatus = server.UpdateStatus;
export type RuntimeStatus = server.RuntimeStatus;
export type TriggerMode = server.TriggerMode;
export type UiResource = Named<server.UIResource>;
export type UiResourceStatus = Loose<server.UIResourceStatus>;
export type UiSession = Loose<server.UISession>;
export type UiButton = Named<server.UIButton>;
export type ButtonInput = Loose<server.UIInputSpec>;
export type ButtonInputValue = server.UIInputStatus;
export type Cluster = Named<server.Cluster>;
/** An update; one that runs has no `finishTime`. */
export type Build = Loose<server.UIBuildTerminated>;
export type LogSegment = Loose<server.LogSegment>;
export type LogList = Loose<server.LogList>;

/** The first message holds everything (`isComplete`); later ones hold what changed. */
export type ViewMessage = Omit<Loose<server.View>, 'uiResources' | 'uiButtons' | 'clusters'> & {
  readonly uiResources?: readonly UiResource[];
  readonly uiButtons?: readonly UiButton[];
  readonly clusters?: readonly Cluster[];
};

/** A saved session. */
export interface Snapshot {
  readonly view?: ViewMessage;
  readonly createdAt?: string;
}

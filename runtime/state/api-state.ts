import type { AddedObject } from '../../stdlib/model/extension.ts';
import type { Json } from '../../stdlib/model/kubernetes.ts';
import type { Deployed } from './deployed.ts';
import type { Failure } from './failure.ts';
import type { ForwardState } from './forward.ts';
import type { PodReport } from './pod-report.ts';

/** What is known of the objects of the API that somebody made: the Tiltfile, or a client. */
export interface ApiState {
  /** By `apiKey`. */
  readonly objects: ReadonlyMap<string, OwnObject>;
  /** The last click on each button, also on those that resources have by themselves. */
  readonly clicks: ReadonlyMap<string, Click>;
  /** By the name of a file watch that somebody made. */
  readonly watches: ReadonlyMap<string, SeenFiles>;
  /** By the name of a command that somebody made: how its newest run does. */
  readonly commands: ReadonlyMap<string, CommandState>;
  /** By the name of a Kubernetes apply that somebody made: how its newest run does. */
  readonly applies: ReadonlyMap<string, ApplyState>;
  /** By the name of a discovery that somebody made, or of an apply, which has one of its name. */
  readonly discoveries: ReadonlyMap<string, DiscoveryState>;
  /** By `apiKey` of the port forward or of the discovery, and by the index in what that declares. */
  readonly forwards: ReadonlyMap<string, readonly (ForwardState | undefined)[]>;
}

export interface OwnObject {
  /** The plural name of its kind: `cmds`. */
  readonly resource: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** What stands beside `metadata`, without `status`. */
  readonly body: { readonly [key: string]: Json };
  readonly by: 'tiltfile' | 'client';
  /** Who set which of its fields, as far as that was by the API. */
  readonly managers?: readonly FieldManager[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A writer of an object, and the fields that are its own. */
export interface FieldManager {
  readonly manager: string;
  /** `Apply` when it says all that it wants of the object each time. */
  readonly operation: 'Apply' | 'Update';
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The names on the way to each field, as JSON: `["spec","text"]`. */
  readonly fields: readonly string[];
}

export interface Click {
  readonly at: number;
  /** When it was by the clock of the client, as that wrote it: it tells one click from another. */
  readonly stamp: string;
  /** As in the button's status: `{name, text: {value}}` and the like. */
  readonly inputs: readonly Json[];
}

export interface SeenFiles {
  /** The newest last, at most twenty. */
  readonly events: readonly { readonly at: number; readonly paths: readonly string[] }[];
}

/** `run` tells the runs of a command apart: the text of what it was started with. */
export type CommandState =
  | {
      readonly kind: 'running';
      readonly run: string;
      readonly startedAt: number;
      readonly pid: number;
      readonly ready: boolean;
    }
  | {
      readonly kind: 'ended';
      readonly run: string;
      readonly startedAt: number;
      readonly endedAt: number;
      readonly pid: number;
      /** 0 when it ended well, also when it was stopped. */
      readonly exitCode: number;
      readonly reason: string;
    };

export interface ApplyState {
  /** Tells the runs of an apply apart: the text of all that it depends on. */
  readonly run: string;
  readonly startedAt: number;
  /** `undefined` while it runs. */
  readonly endedAt: number | undefined;
  readonly failure: Failure | undefined;
  /** What the last run that went well left in the cluster. */
  readonly deployed: Deployed | undefined;
}

export interface DiscoveryState {
  readonly startedAt: number;
  /** The newest first, and those that are being deleted last. */
  readonly pods: readonly PodReport[];
}

export const NO_API: ApiState = {
  objects: new Map(),
  clicks: new Map(),
  watches: new Map(),
  commands: new Map(),
  applies: new Map(),
  discoveries: new Map(),
  forwards: new Map(),
};

export function apiKey(resource: string, name: string): string {
  return `${resource}/${name}`;
}

/** A name of something else as objects may have it: that of an image, for its image map. */
export function objectName(text: string): string {
  return text.replace(/[/%]/g, '_');
}

export function* ownObjects(api: ApiState, resource: string): Generator<OwnObject> {
  for (const object of api.objects.values()) if (object.resource === resource) yield object;
}

/** Whether the Tiltfile has to be loaded anew when a client makes, changes or deletes such an object. */
export function isOfExtensions(resource: string): resource is AddedObject['resource'] {
  return resource === 'extensions' || resource === 'extensionrepos';
}

/** Extensions and their repositories that clients made. */
export function addedExtensions({ objects }: ApiState): readonly AddedObject[] {
  return [...objects.values()].flatMap(({ resource, name, body, by }) =>
    by === 'client' && isOfExtensions(resource)
      ? [{ resource, name, spec: (body.spec ?? {}) as AddedObject['spec'] }]
      : [],
  );
}

/** The id under which changes of the files of such a file watch are reported. */
export function ownWatchId(name: string): string {
  return `filewatch:${name}`;
}

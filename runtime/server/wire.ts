// What goes over the wire to the page and to commands: the view, its deltas, and the objects in them. Field names are those of Tilt's API.

/** `2026-01-01T10:00:08.246000Z` */
export type MicroTime = string;
/** `2026-01-01T10:00:08Z` */
export type Seconds = string;

export interface ObjectMeta {
  readonly name: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: Seconds;
  /** Only in deltas: the object is gone. */
  readonly deletionTimestamp?: Seconds;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
  readonly blockOwnerDeletion: boolean;
}

export interface WireObject<Kind extends string, Spec, Status> {
  readonly apiVersion: 'tilt.dev/v1alpha1';
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec?: Spec;
  readonly status?: Status;
}

export type UpdateStatus = 'none' | 'pending' | 'in_progress' | 'ok' | 'error' | 'not_applicable';
export type RuntimeStatus = 'none' | 'unknown' | 'pending' | 'ok' | 'error' | 'not_applicable';
/** 0 automatic, 1 manual after the first update, 2 manual, 3 automatic after a first update by hand. */
export type TriggerMode = 0 | 1 | 2 | 3;

export interface UIResourceStatus {
  readonly updateStatus: UpdateStatus;
  readonly runtimeStatus: RuntimeStatus;
  readonly lastDeployTime: MicroTime | null;
  readonly triggerMode?: TriggerMode;
  /** The newest first, at most ten. */
  readonly buildHistory?: readonly UIBuildTerminated[];
  readonly currentBuild?: UIBuildRunning;
  readonly pendingBuildSince: MicroTime | null;
  readonly hasPendingChanges?: boolean;
  /** Somebody asked for an update that has not started. */
  readonly queued?: boolean;
  readonly endpointLinks?: readonly { readonly url: string; readonly name?: string }[];
  readonly k8sResourceInfo?: UIResourceKubernetes;
  readonly composeResourceInfo?: { readonly healthStatus?: string };
  readonly localResourceInfo?: { readonly pid?: number };
  readonly specs?: readonly { readonly id: string; readonly type: string; readonly hasLiveUpdate?: boolean }[];
  /** From 1, the Tiltfile first. */
  readonly order?: number;
  readonly disableStatus: DisableResourceStatus;
  readonly waiting?: UIResourceWaiting;
  /** Names of the resources that it waits for at its first update; not in Tilt. */
  readonly dependencies?: readonly string[];
  readonly conditions: readonly UIResourceCondition[];
}
export interface UIBuildRunning {
  readonly spanID: string;
  readonly startTime: MicroTime;
  /** Why it runs, in words; not in Tilt. */
  readonly causes?: readonly string[];
}
export interface UIBuildTerminated extends UIBuildRunning {
  readonly finishTime: MicroTime;
  readonly error?: string;
  readonly warnings?: readonly string[];
}
export interface UIResourceKubernetes {
  readonly podName?: string;
  readonly podCreationTime: Seconds | null;
  readonly podUpdateStartTime: Seconds | null;
  readonly podStatus?: string;
  readonly podStatusMessage?: string;
  readonly allContainersReady?: boolean;
  readonly podRestarts?: number;
  readonly displayNames?: readonly string[];
  readonly spanID?: string;
}
export interface DisableResourceStatus {
  readonly state: 'Enabled' | 'Disabled';
  readonly enabledCount: number;
  readonly disabledCount: number;
  readonly sources: readonly DisableSource[] | null;
}
export interface DisableSource {
  readonly configMap: { readonly name: string; readonly key: string };
}
export interface UIResourceWaiting {
  readonly reason: string;
  /** The same in words; not in Tilt. */
  readonly message?: string;
  readonly on?: readonly {
    readonly group: string;
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** The same in words; not in Tilt. */
    readonly message?: string;
  }[];
}
export interface UIResourceCondition {
  readonly type: 'UpToDate' | 'Ready';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly lastTransitionTime: MicroTime;
  readonly reason?: string;
  readonly message?: string;
}
export type UIResource = WireObject<'UIResource', Readonly<Record<string, never>>, UIResourceStatus>;

export interface UIButtonSpec {
  /** `componentID` is a resource's name, or `nav` for the bar at the top (`componentType: 'Global'`). */
  readonly location: { readonly componentID: string; readonly componentType: string };
  readonly text: string;
  readonly iconName?: string;
  readonly iconSVG?: string;
  readonly disabled?: boolean;
  readonly requiresConfirmation?: boolean;
  readonly inputs?: readonly UIInputSpec[];
}
/** One of `text`, `bool`, `hidden` and `choice` is there. */
export interface UIInputSpec {
  readonly name: string;
  readonly label?: string;
  readonly text?: { readonly defaultValue?: string; readonly placeholder?: string };
  readonly bool?: { readonly defaultValue?: boolean; readonly trueString?: string; readonly falseString?: string };
  readonly hidden?: { readonly value: string };
  readonly choice?: { readonly choices: readonly string[] };
}
export interface UIInputStatus {
  readonly name: string;
  readonly text?: { readonly value: string };
  readonly bool?: { readonly value: boolean };
  readonly hidden?: { readonly value: string };
  readonly choice?: { readonly value: string };
}
export interface UIButtonStatus {
  readonly lastClickedAt: MicroTime | null;
  readonly inputs?: readonly UIInputStatus[];
}
export type UIButton = WireObject<'UIButton', UIButtonSpec, UIButtonStatus>;

export interface UISessionStatus {
  readonly featureFlags: readonly { readonly name: string; readonly value?: boolean }[] | null;
  readonly runningTiltBuild: { readonly version?: string; readonly date?: string; readonly dev?: boolean };
  readonly versionSettings: { readonly checkUpdates?: boolean };
  readonly tiltStartTime: Seconds;
  /** Absolute path of the Tiltfile. */
  readonly tiltfileKey: string;
  readonly fatalError?: string;
}
export type UISession = WireObject<'UISession', Readonly<Record<string, never>>, UISessionStatus>;

export interface ClusterSpec {
  readonly connection: { readonly kubernetes: { readonly context?: string; readonly namespace?: string } };
}
export interface ClusterStatus {
  readonly arch?: string;
  readonly version?: string;
  readonly error?: string;
  readonly connectedAt?: MicroTime;
  readonly registry?: {
    readonly host: string;
    readonly hostFromContainerRuntime?: string;
    readonly singleName?: string;
  };
  readonly connection?: {
    readonly kubernetes: {
      readonly context: string;
      readonly namespace: string;
      readonly cluster: string;
      readonly product?: string;
    };
  };
}
export type Cluster = WireObject<'Cluster', ClusterSpec, ClusterStatus>;

export type WireLogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
export interface LogSegment {
  readonly spanId: string;
  readonly time: MicroTime;
  /** A line with its newline. */
  readonly text: string;
  readonly level: WireLogLevel;
  readonly fields?: Readonly<Record<string, string>>;
}
export interface LogList {
  /** Of the spans of these segments; the name is empty for the program's own lines. */
  readonly spans: Readonly<Record<string, { readonly manifestName: string }>>;
  readonly segments: readonly LogSegment[];
  /** `toCheckpoint` of the list before; not there in the first. */
  readonly fromCheckpoint?: number;
  readonly toCheckpoint: number;
}

/** All objects (`isComplete`), or what changed since the message before; the log goes on where its `fromCheckpoint` says. */
export interface View {
  readonly logList?: LogList;
  /** Two runs of the program never have the same. */
  readonly tiltStartTime: MicroTime;
  /** Changes of objects are told up to here; a page that lost its connection says so. Not in Tilt. */
  readonly version?: number;
  readonly uiSession?: UISession;
  readonly uiResources?: readonly UIResource[];
  readonly uiButtons?: readonly UIButton[];
  readonly clusters?: readonly Cluster[];
  readonly isComplete?: boolean;
}

export interface Snapshot {
  readonly view: View;
  readonly createdAt: MicroTime;
}

/** The name of the resource that stands for the Tiltfile. */
export const TILTFILE_RESOURCE = '(Tiltfile)';

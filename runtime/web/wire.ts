// What the program sends: Tilt's own form, with a few fields more. Everything may be missing.

/** The first message holds everything; later ones hold what changed. */
export interface ViewMessage {
  /** The message holds all there is. */
  readonly isComplete?: boolean;
  readonly tiltStartTime?: string;
  readonly uiSession?: UiSession;
  readonly uiResources?: readonly UiResource[];
  readonly uiButtons?: readonly UiButton[];
  readonly logList?: LogList;
}

export interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Set once the object is gone. */
  readonly deletionTimestamp?: string;
  readonly creationTimestamp?: string;
}

export interface UiSession {
  readonly metadata?: Metadata;
  readonly status?: {
    readonly runningTiltBuild?: { readonly version?: string; readonly date?: string };
    readonly tiltfileKey?: string;
    readonly tiltStartTime?: string;
    readonly fatalError?: string;
  };
}

export interface UiResource {
  readonly metadata: Metadata;
  readonly status?: UiResourceStatus;
}

export type UpdateStatus = 'none' | 'pending' | 'in_progress' | 'ok' | 'error' | 'not_applicable';
export type RuntimeStatus = 'unknown' | 'none' | 'pending' | 'ok' | 'error' | 'not_applicable';

export interface UiResourceStatus {
  readonly updateStatus?: UpdateStatus;
  readonly runtimeStatus?: RuntimeStatus;
  readonly buildHistory?: readonly Build[];
  readonly currentBuild?: Build;
  readonly pendingBuildSince?: string | null;
  readonly hasPendingChanges?: boolean;
  readonly lastDeployTime?: string | null;
  readonly triggerMode?: number;
  readonly queued?: boolean;
  readonly order?: number;
  readonly endpointLinks?: readonly { readonly url: string; readonly name?: string }[];
  readonly specs?: readonly { readonly id: string; readonly type?: string; readonly hasLiveUpdate?: boolean }[];
  readonly k8sResourceInfo?: {
    readonly podName?: string;
    readonly podStatus?: string;
    readonly podStatusMessage?: string;
    readonly podRestarts?: number;
    readonly podCreationTime?: string | null;
    readonly allContainersReady?: boolean;
    readonly displayNames?: readonly string[];
  };
  readonly localResourceInfo?: { readonly pid?: number | string };
  readonly composeResourceInfo?: { readonly healthStatus?: string };
  readonly waiting?: Waiting;
  readonly disableStatus?: { readonly state?: string };
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  /** Of the Tiltfile: the objects' names that this one waits for or needs. */
  readonly dependencies?: readonly string[];
}

export interface Waiting {
  readonly reason: string;
  readonly on?: readonly { readonly kind?: string; readonly name: string }[];
  /** The same in words. */
  readonly message?: string;
}

export interface Build {
  readonly startTime?: string | null;
  readonly finishTime?: string | null;
  readonly error?: string;
  readonly warnings?: readonly string[];
  readonly spanID?: string;
  readonly isCrashRebuild?: boolean;
  /** Why it ran, in words. */
  readonly causes?: readonly string[];
}

export interface UiButton {
  readonly metadata: Metadata;
  readonly spec?: {
    readonly text?: string;
    readonly iconName?: string;
    readonly iconSVG?: string;
    readonly disabled?: boolean;
    readonly requiresConfirmation?: boolean;
    readonly location?: { readonly componentType?: string; readonly componentID?: string };
    readonly inputs?: readonly ButtonInput[];
  };
  readonly status?: { readonly lastClickedAt?: string | null; readonly inputs?: readonly ButtonInputValue[] };
}

export interface ButtonInput {
  readonly name: string;
  readonly label?: string;
  readonly text?: { readonly defaultValue?: string; readonly placeholder?: string };
  readonly bool?: { readonly defaultValue?: boolean; readonly trueString?: string; readonly falseString?: string };
  readonly hidden?: { readonly value: string };
  readonly choice?: { readonly choices?: readonly string[] };
}

export interface ButtonInputValue {
  readonly name: string;
  readonly text?: { readonly value: string };
  readonly bool?: { readonly value: boolean };
  readonly hidden?: { readonly value: string };
  readonly choice?: { readonly value: string };
}

export interface LogList {
  readonly spans?: Readonly<Record<string, { readonly manifestName?: string }>>;
  readonly segments?: readonly LogSegment[];
  readonly fromCheckpoint?: number;
  readonly toCheckpoint?: number;
}

export interface LogSegment {
  readonly spanId?: string;
  readonly time?: string;
  /** May hold part of a line, or several. */
  readonly text?: string;
  readonly level?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A saved session. */
export interface Snapshot {
  readonly view?: ViewMessage;
  readonly createdAt?: string;
}

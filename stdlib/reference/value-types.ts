/** The types of the values that builtins make, in TypeScript; the part of the declarations that no schema holds. */
export const valueTypes = `/** What tells apart the values that builtins make: an object written by hand is none of them. */
const made: unique symbol;
/** A text that is not a path. Has the methods of a string; \`String(blob)\` is its text. It cannot be added to a string. */
export interface Blob
  extends Pick<
    string,
    | 'at' | 'charAt' | 'charCodeAt' | 'codePointAt' | 'concat' | 'endsWith' | 'includes' | 'indexOf' | 'lastIndexOf' | 'localeCompare'
    | 'match' | 'matchAll' | 'normalize' | 'padEnd' | 'padStart' | 'repeat' | 'replace' | 'replaceAll' | 'search' | 'slice' | 'split'
    | 'startsWith' | 'substring' | 'toLowerCase' | 'toUpperCase' | 'trim' | 'trimEnd' | 'trimStart'
  > {
  readonly text: string;
  /** Where it comes from, for messages. */
  readonly source: string;
  readonly length: number;
  toString(): string;
}
/** How a command ended that \`local\` or \`local_async\` ran with \`check: false\`. */
export interface CommandResult {
  /** -1 when a signal ended it. */
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** What \`exec_action()\` answers: a probe that runs a command. */
export interface ExecAction {
  readonly [made]: 'ExecAction';
  readonly command: readonly string[];
}
/** What \`http_get_action()\` answers: a probe that asks an HTTP server. */
export interface HTTPGetAction {
  readonly [made]: 'HTTPGetAction';
  readonly host: string;
  readonly port: number;
  readonly scheme: string;
  readonly path: string;
}
/** What \`tcp_socket_action()\` answers: a probe that opens a connection. */
export interface TCPSocketAction {
  readonly [made]: 'TCPSocketAction';
  readonly host: string;
  readonly port: number;
}
/** What \`probe()\` answers: how to find out whether a server is ready. */
export interface Probe {
  readonly [made]: 'Probe';
  readonly initial_delay_secs: number;
  readonly timeout_secs: number;
  readonly period_secs: number;
  readonly success_threshold: number;
  readonly failure_threshold: number;
  readonly exec: ExecAction | null;
  readonly http_get: HTTPGetAction | null;
  readonly tcp_socket: TCPSocketAction | null;
}
/** What \`link()\` answers: an address to show with a resource. */
export interface Link {
  readonly [made]: 'Link';
  readonly url: string;
  readonly name: string;
}
/** What \`port_forward()\` answers: a port of this machine that leads to one of a resource's pod. */
export interface PortForward {
  readonly [made]: 'PortForward';
  readonly local_port: number;
  readonly container_port: number;
  readonly name: string;
  readonly link_path: string;
  readonly host: string;
}
/** A checkout of a Git repository. It stands for its folder wherever a path is asked for. */
export interface GitRepo {
  /** Absolute path. */
  readonly folder: string;
  /** The absolute path of something in it. */
  paths(path: string): string;
}
/** An object of the cluster, written out in the Tiltfile or typed by a library. */
export type KubernetesObject = KubernetesObjectFields | (KubernetesObjectFields & { readonly [field: string]: unknown });
/** What every object of the cluster has. */
export interface KubernetesObjectFields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}
/** What \`initial_sync\`, \`fall_back_on\`, \`sync\`, \`run\` and \`restart_container\` make, for \`live_update\`. */
export interface LiveUpdateStep {
  /** Such as \`sync step: '/shop/web'->'/app'\`. */
  readonly description: string;
}
/** What \`custom_build\` answers. */
export interface CustomBuild {
  readonly description: string;
}
/** A workload, as \`workload_to_resource_function\` hands it to its function. */
export interface K8sObjectID {
  readonly name: string;
  readonly kind: string;
  readonly namespace: string;
  readonly group: string;
}
/** TRIGGER_MODE_AUTO or TRIGGER_MODE_MANUAL. */
export interface TriggerMode {
  readonly [made]: 'TriggerMode';
  readonly name: string;
}`;

/** Members of modules that are neither builtins nor constants. */
export const environDeclaration = `/** The environment: a live mapping. What is set here reaches the commands that the Tiltfile runs. */
const environ: Record<string, string | undefined>;`;

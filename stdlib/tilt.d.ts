// Made from the builtins' schemas by stdlib/reference/write.ts: change those.

declare module 'tilt' {
  /** What tells apart the values that builtins make: an object written by hand is none of them. */
  const made: unique symbol;
  /** A text that is not a path. Has the methods of a string; `String(blob)` is its text. It cannot be added to a string. */
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
  /** How a command ended that `local` or `local_async` ran with `check: false`. */
  export interface CommandResult {
    /** -1 when a signal ended it. */
    readonly exit_code: number;
    readonly stdout: string;
    readonly stderr: string;
  }
  /** What `exec_action()` answers: a probe that runs a command. */
  export interface ExecAction {
    readonly [made]: 'ExecAction';
    readonly command: readonly string[];
  }
  /** What `http_get_action()` answers: a probe that asks an HTTP server. */
  export interface HTTPGetAction {
    readonly [made]: 'HTTPGetAction';
    readonly host: string;
    readonly port: number;
    readonly scheme: string;
    readonly path: string;
  }
  /** What `tcp_socket_action()` answers: a probe that opens a connection. */
  export interface TCPSocketAction {
    readonly [made]: 'TCPSocketAction';
    readonly host: string;
    readonly port: number;
  }
  /** What `probe()` answers: how to find out whether a server is ready. */
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
  /** What `link()` answers: an address to show with a resource. */
  export interface Link {
    readonly [made]: 'Link';
    readonly url: string;
    readonly name: string;
  }
  /** What `port_forward()` answers: a port of this machine that leads to one of a resource's pod. */
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
  /** What `initial_sync`, `fall_back_on`, `sync`, `run` and `restart_container` make, for `live_update`. */
  export interface LiveUpdateStep {
    /** Such as `sync step: '/shop/web'->'/app'`. */
    readonly description: string;
  }
  /** What `custom_build` answers. */
  export interface CustomBuild {
    readonly description: string;
  }
  /** A workload, as `workload_to_resource_function` hands it to its function. */
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
  }
  export interface LocalResourceOptions {
    /** Runs once at the start and again when `deps` change. A string goes to the shell, a list does not. */
    cmd?: string | readonly string[];
    /** Files and folders whose changes run it again. */
    deps?: string | GitRepo | readonly (string | GitRepo)[] | null;
    /** Whether changes run it by themselves or only when someone asks for it. */
    trigger_mode?: TriggerMode;
    /** Names of resources that must have been ready once before this one starts. */
    resource_deps?: readonly string[];
    /** Patterns of files in `deps` whose changes do nothing, in the language of .dockerignore. */
    ignore?: string | readonly string[] | null;
    /** Whether it runs at the start. Default: `true`. */
    auto_init?: boolean;
    /** A server, started when `cmd` has succeeded and kept running until the session ends. */
    serve_cmd?: string | readonly string[];
    /** Taken instead of `cmd` on Windows. */
    cmd_bat?: string | readonly string[];
    /** Taken instead of `serve_cmd` on Windows. */
    serve_cmd_bat?: string | readonly string[];
    /** Whether `cmd` may run at the same time as other updates. */
    allow_parallel?: boolean;
    /** Addresses to show with it. */
    links?: string | Link | readonly (string | Link)[] | null;
    /** Groups in which it is shown. */
    labels?: string | readonly (string | Blob)[] | null;
    /** Environment variables for `cmd`, added to those of the session. */
    env?: Readonly<Record<string, string | Blob>> | null;
    /** Environment variables for `serve_cmd`. */
    serve_env?: Readonly<Record<string, string | Blob>> | null;
    /** How to find out whether the server is ready. Without one it is as soon as it runs. */
    readiness_probe?: Probe | null;
    /** Where `cmd` runs. By default the folder of the Tiltfile. */
    dir?: string | null;
    /** Where `serve_cmd` runs. By default the folder of the Tiltfile. */
    serve_dir?: string | null;
    /** How long `cmd` may run, such as `90s`; then it is ended with all that it started. */
    timeout?: string;
    /** How long `serve_cmd` may take to become ready in `tilt-ts ci`. */
    readiness_timeout?: string;
    /** What `cmd` reads and writes: with `tilt-ts ci --cache-dir` it does not run while its inputs are those of an earlier run, whose outputs are put back. */
    cache?: { readonly inputs: string | readonly string[]; readonly outputs?: string | readonly string[]; readonly env?: string | readonly string[] } | null;
    /** How many more times `cmd` is run when it fails. */
    retries?: number;
  }
  export interface TestOptions {
    /** Runs once at the start and again when `deps` change. A string goes to the shell, a list does not. */
    cmd?: string | readonly string[];
    /** Files and folders whose changes run it again. */
    deps?: string | GitRepo | readonly (string | GitRepo)[] | null;
    /** Whether changes run it by themselves or only when someone asks for it. */
    trigger_mode?: TriggerMode;
    /** Names of resources that must have been ready once before this one starts. */
    resource_deps?: readonly string[];
    /** Patterns of files in `deps` whose changes do nothing, in the language of .dockerignore. */
    ignore?: string | readonly string[] | null;
    /** Whether it runs at the start. Default: `true`. */
    auto_init?: boolean;
    /** A server, started when `cmd` has succeeded and kept running until the session ends. */
    serve_cmd?: string | readonly string[];
    /** Taken instead of `cmd` on Windows. */
    cmd_bat?: string | readonly string[];
    /** Taken instead of `serve_cmd` on Windows. */
    serve_cmd_bat?: string | readonly string[];
    /** Whether `cmd` may run at the same time as other updates. Default: `true`. */
    allow_parallel?: boolean;
    /** Addresses to show with it. */
    links?: string | Link | readonly (string | Link)[] | null;
    /** Groups in which it is shown. */
    labels?: string | readonly (string | Blob)[] | null;
    /** Environment variables for `cmd`, added to those of the session. */
    env?: Readonly<Record<string, string | Blob>> | null;
    /** Environment variables for `serve_cmd`. */
    serve_env?: Readonly<Record<string, string | Blob>> | null;
    /** How to find out whether the server is ready. Without one it is as soon as it runs. */
    readiness_probe?: Probe | null;
    /** Where `cmd` runs. By default the folder of the Tiltfile. */
    dir?: string | null;
    /** Where `serve_cmd` runs. By default the folder of the Tiltfile. */
    serve_dir?: string | null;
    /** How long `cmd` may run, such as `90s`; then it is ended with all that it started. */
    timeout?: string;
    /** How long `serve_cmd` may take to become ready in `tilt-ts ci`. */
    readiness_timeout?: string;
    /** What `cmd` reads and writes: with `tilt-ts ci --cache-dir` it does not run while its inputs are those of an earlier run, whose outputs are put back. */
    cache?: { readonly inputs: string | readonly string[]; readonly outputs?: string | readonly string[]; readonly env?: string | readonly string[] } | null;
    /** How many more times `cmd` is run when it fails. */
    retries?: number;
  }
  export interface ProbeOptions {
    /** Seconds before the first try. */
    initial_delay_secs?: number;
    /** Seconds that one try may take; 1 when not given. */
    timeout_secs?: number;
    /** Seconds between two tries; 10 when not given. */
    period_secs?: number;
    /** Tries in a row that must pass to count as ready; 1 when not given. */
    success_threshold?: number;
    /** Tries in a row that must fail to count as not ready; 3 when not given. */
    failure_threshold?: number;
    /** Ready when a command succeeds. */
    exec?: ExecAction | null;
    /** Ready when an address answers. */
    http_get?: HTTPGetAction | null;
    /** Ready when a port takes connections. */
    tcp_socket?: TCPSocketAction | null;
  }
  export interface HttpGetActionOptions {
    /** The host; localhost when not given. */
    host?: string;
    /** `http` or `https`; `http` when not given. */
    scheme?: 'http' | 'https' | 'HTTP' | 'HTTPS' | '';
    /** The path; `/` when not given. */
    path?: string;
  }
  export interface TcpSocketActionOptions {
    /** The host; localhost when not given. */
    host?: string;
  }
  export interface LinkOptions {
    /** What to show instead of the address. */
    name?: string;
  }
  export interface PortForwardOptions {
    /** The port of the container; 0 for the container's first port. */
    container_port?: number;
    /** What to show instead of the address. */
    name?: string;
    /** Appended to the address that is shown. */
    link_path?: string;
    /** The address to listen on; localhost when not given. */
    host?: string;
  }
  export interface UpdateSettingsOptions {
    /** How many updates run at the same time; 3 when not given. */
    max_parallel_updates?: number | null;
    /** How long one apply to the cluster may take; 30 when not given. */
    k8s_upsert_timeout_secs?: number | null;
    /** Images that may stay unused without a warning. */
    suppress_unused_image_warnings?: string | Blob | readonly (string | Blob)[] | null;
    /** Whether objects are applied server-side: `"true"`, `"false"` or `"auto"`. */
    k8s_server_side_apply?: 'true' | 'false' | 'auto' | '';
    /** Whether `resource_deps` hold back every update: a resource then waits also while one that it depends on updates or is not ready. When not set they hold back only the first one. Tilt has no such setting. */
    regate_deps?: boolean;
  }
  export interface CiSettingsOptions {
    /** How long a workload may be in error before it counts as failed; 0 when not given. */
    k8s_grace_period?: string;
    /** The whole session; 30 minutes when not given. */
    timeout?: string;
    /** From a resource's deployment to its readiness; 5 minutes when not given. */
    readiness_timeout?: string;
    /** One command or one image build; no limit of its own when not given. */
    build_timeout?: string;
    /** One apply, or one start by Compose; as update_settings says when not given. */
    deploy_timeout?: string;
    /** How long every server must have been ready without a restart; when not given, 1 second for those without a probe. */
    settle?: string;
    /** Whether everything that does not depend on a failure is still brought to its end. */
    keep_going?: boolean;
  }
  export interface WatchSettingsOptions {
    /** Patterns in the language of .dockerignore, relative to the folder of the file that calls. */
    ignore?: string | Blob | readonly (string | Blob)[] | null;
  }
  export interface DockerPruneSettingsOptions {
    /** Remove nothing. */
    disable?: boolean;
    /** How old, in minutes, an image must be to be removed; 360 when not given. */
    max_age_mins?: number;
    /** Remove after this many builds, instead of by the clock. */
    num_builds?: number;
    /** Remove every so many hours; 1 when not given. */
    interval_hrs?: number;
    /** How many images of each name stay, however old they are; 2 when not given. */
    keep_recent?: number;
  }
  export interface VersionSettingsOptions {
    /** Whether to look for newer versions. Nothing looks for them here. */
    check_updates?: boolean;
    /** Conditions such as `>=0.20.0 <1.0.0`, which must all hold; alternatives stand around `||`, and `1.2.x` means any `1.2`. */
    constraint?: string;
  }
  export interface ConfigDefineStringOptions {
    /** Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can. */
    args?: boolean;
    /** What it is for, shown when flags are wrong. */
    usage?: string;
  }
  export interface ConfigDefineStringListOptions {
    /** Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can. */
    args?: boolean;
    /** What it is for, shown when flags are wrong. */
    usage?: string;
  }
  export interface ConfigDefineBoolOptions {
    /** Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can. */
    args?: boolean;
    /** What it is for, shown when flags are wrong. */
    usage?: string;
  }
  export interface ConfigDefineObjectOptions {
    /** Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can. */
    args?: boolean;
    /** What it is for, shown when flags are wrong. */
    usage?: string;
  }
  export interface LocalOptions {
    /** Do not write its output to the log. */
    quiet?: boolean;
    /** Taken instead on Windows. */
    command_bat?: string | readonly string[];
    /** Do not write the command itself to the log. */
    echo_off?: boolean;
    /** Environment variables, added to those of the session. */
    env?: Readonly<Record<string, string | Blob>> | null;
    /** Where it runs. By default the folder of the Tiltfile. */
    dir?: string | null;
    /** Its standard input. */
    stdin?: string | Blob;
    /** With `false`, a command that fails is no error: the answer is an object with `exit_code` (-1 after a signal), `stdout` and `stderr`. Default: `true`. */
    check?: boolean;
  }
  export interface LocalAsyncOptions {
    /** Do not write its output to the log. */
    quiet?: boolean;
    /** Taken instead on Windows. */
    command_bat?: string | readonly string[];
    /** Do not write the command itself to the log. */
    echo_off?: boolean;
    /** Environment variables, added to those of the session. */
    env?: Readonly<Record<string, string | Blob>> | null;
    /** Where it runs. By default the folder of the Tiltfile. */
    dir?: string | null;
    /** Its standard input. */
    stdin?: string | Blob;
    /** With `false`, a command that fails is no error: the answer is an object with `exit_code` (-1 after a signal), `stdout` and `stderr`. Default: `true`. */
    check?: boolean;
  }
  export interface ReadFileOptions {
    /** What to answer when the file does not exist. Without it that is an error. */
    default?: string | null;
  }
  export interface ListdirOptions {
    /** Also list the files in its folders, and load the Tiltfile again on changes in it. */
    recursive?: boolean;
  }
  export interface ReadYamlOptions {
    /** What to answer when the file does not exist. Without it that is an error. */
    default?: unknown;
  }
  export interface ReadYamlStreamOptions {
    /** What to answer when the file does not exist. Without it that is an error. */
    default?: readonly unknown[];
  }
  export interface ReadJsonOptions {
    /** What to answer when the file does not exist. Without it that is an error. */
    default?: unknown;
  }
  export interface PrintOptions {
    /** What to put between two values. Default: `" "`. */
    sep?: string;
  }
  export interface ExitOptions {
    /** Written to the log when given. */
    code?: unknown;
  }
  export interface OsGetenvOptions {
    /** What to answer when it is not set. */
    default?: unknown;
  }
  export interface OsPathRelpathOptions {
    /** Where it starts; the folder of the Tiltfile when not given. */
    basepath?: string;
  }
  export interface ExperimentalTelemetryCmdOptions {
    /** Taken instead on Windows. */
    cmd_bat?: string | readonly string[];
    /** How often, such as `30s`; 60 s when not given. */
    period?: string;
    /** Where it runs. By default the folder of the Tiltfile. */
    dir?: string | null;
  }
  export interface DockerBuildOptions {
    /** Values for the `ARG`s of the Dockerfile. */
    build_args?: Readonly<Record<string, string | Blob>> | null;
    /** The Dockerfile; by default the one in the context. */
    dockerfile?: string | null;
    /** The text of a Dockerfile, instead of a file. */
    dockerfile_contents?: string | Blob;
    /** Does nothing any more. */
    cache?: unknown;
    /** How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order. */
    live_update?: LiveUpdateStep | readonly LiveUpdateStep[] | null;
    /** Also look for the image in the values of environment variables. */
    match_in_env_vars?: boolean;
    /** Patterns of files in the context that are left out, in the language of .dockerignore. */
    ignore?: string | readonly string[] | null;
    /** Paths in the context; all others are left out. */
    only?: string | readonly string[] | null;
    /** Replaces the command of the containers that run the image. */
    entrypoint?: string | readonly string[];
    /** Replaces the arguments of the containers that run the image. */
    container_args?: readonly string[];
    /** The stage of the Dockerfile to build; by default the last. */
    target?: string;
    /** SSH agents or keys for the build, as in docker's `--ssh`: `default`. */
    ssh?: string | Blob | readonly (string | Blob)[] | null;
    /** Secrets for the build, as in docker's `--secret`: `id=token,src=.token`. */
    secret?: string | Blob | readonly (string | Blob)[] | null;
    /** The network for `RUN` instructions. */
    network?: string | Blob;
    /** Further tags for the built image, whole references. */
    extra_tag?: string | Blob | readonly (string | Blob)[] | null;
    /** Images or caches to take layers from. */
    cache_from?: string | Blob | readonly (string | Blob)[] | null;
    /** Always ask for newer base images. */
    pull?: boolean;
    /** Such as `linux/arm64`; by default DOCKER_DEFAULT_PLATFORM, else that of the cluster. */
    platform?: string | Blob;
    /** Host names for `RUN` instructions: `name:address`. */
    extra_hosts?: string | Blob | readonly (string | Blob)[] | null;
    /** How long building it and bringing it to the cluster may take, such as `10m`. */
    timeout?: string;
    /** Starts the process of the container anew at the end of each live update: `entrypoint` is what to start, `trigger` names files whose changes do it, by default all, and with `exit_policy` "continue" the container outlives a process that ends. The image needs `sh`. */
    restart_process?: { readonly entrypoint: string | readonly string[]; readonly trigger?: string | readonly string[] | null; readonly exit_policy?: 'restart' | 'continue' } | null;
  }
  export interface CustomBuildOptions {
    /** The tag that the command gives the image by itself; without it EXPECTED_REF has one of its own. */
    tag?: string;
    /** The command brings the image to the cluster by itself. */
    disable_push?: boolean;
    /** The command brings the image to its registry and leaves none in the Docker engine. */
    skips_local_docker?: boolean;
    /** How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order. */
    live_update?: LiveUpdateStep | readonly LiveUpdateStep[] | null;
    /** Also look for the image in the values of environment variables. */
    match_in_env_vars?: boolean;
    /** Patterns of files whose changes build nothing, in the language of .dockerignore. */
    ignore?: string | readonly string[] | null;
    /** Replaces the command of the containers that run the image. */
    entrypoint?: string | readonly string[];
    /** Replaces the arguments of the containers that run the image. */
    container_args?: readonly string[];
    /** The old name of `command_bat`. */
    command_bat_val?: string | readonly string[];
    /** A file into which the command writes the whole reference of what it built, with a tag of its own. */
    outputs_image_ref_to?: string | GitRepo;
    /** Taken instead of `command` on Windows. */
    command_bat?: string | readonly string[];
    /** Images that are built before: the command finds them in TILT_IMAGE_0, TILT_IMAGE_1, … */
    image_deps?: readonly (string | Blob)[] | null;
    /** Environment variables for the command, added to those of the session. */
    env?: Readonly<Record<string, string | Blob>> | null;
    /** Where the command runs. By default the folder of the Tiltfile. */
    dir?: string | null;
    /** How long building it and bringing it to the cluster may take, such as `10m`. */
    timeout?: string;
    /** Starts the process of the container anew at the end of each live update: `entrypoint` is what to start, `trigger` names files whose changes do it, by default all, and with `exit_policy` "continue" the container outlives a process that ends. The image needs `sh`. */
    restart_process?: { readonly entrypoint: string | readonly string[]; readonly trigger?: string | readonly string[] | null; readonly exit_policy?: 'restart' | 'continue' } | null;
  }
  export interface RunOptions {
    /** Files or folders whose changes run it; by default any that are synced. */
    trigger?: string | readonly string[] | null;
    /** Do not write the command itself to the log. */
    echo_off?: boolean;
  }
  export interface K8sYamlOptions {
    /** Whether objects may be declared that are declared already. */
    allow_duplicates?: boolean;
  }
  export interface FilterYamlOptions {
    /** Labels that an object must have, with these values. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** A pattern for `metadata.name`. */
    name?: string;
    /** A pattern for `metadata.namespace`, which is `default` where an object has none. */
    namespace?: string;
    /** A pattern for `kind`. */
    kind?: string;
    /** A pattern for `apiVersion`. */
    api_version?: string;
  }
  export interface HelmOptions {
    /** The name of the release; `chart` when not given. */
    name?: string;
    /** The namespace of all objects that name none. */
    namespace?: string;
    /** Values files. Of several the last wins. */
    values?: string | Blob | readonly (string | Blob)[] | null;
    /** Values, as in helm's `--set`: `image.tag=dev`. */
    set?: string | Blob | readonly (string | Blob)[] | null;
    /** The version of Kubernetes that the chart is told. */
    kube_version?: string;
    /** Leave out the chart's CRDs. */
    skip_crds?: boolean;
  }
  export interface KustomizeOptions {
    /** The program to run, by its path. */
    kustomize_bin?: string | GitRepo;
    /** Flags for the program, before the folder. */
    flags?: readonly (string | Blob)[] | null;
  }
  export interface K8sResourceOptions {
    /** The resource to configure: the name of its workload. */
    workload?: string | Blob;
    /** Renames the resource; without `workload`, names a new one made of `objects`. */
    new_name?: string | Blob;
    /** Ports of this machine that lead to its pods: `8080`, `"8080:80"`, `"127.0.0.2:8080:80"`, `port_forward(…)`. */
    port_forwards?: number | string | PortForward | readonly (number | string | PortForward)[] | null;
    /** Labels of pods that belong to it beside those that its workload owns. */
    extra_pod_selectors?: Readonly<Record<string, string>> | readonly Readonly<Record<string, string>>[];
    /** Whether changes update it by themselves or only when someone asks for it. */
    trigger_mode?: TriggerMode;
    /** Names of resources that must have been ready once before this one is deployed. */
    resource_deps?: readonly string[];
    /** Further objects that belong to it: `name`, `name:kind` or `name:kind:namespace`. */
    objects?: readonly string[];
    /** Whether it is deployed at the start. */
    auto_init?: boolean | null;
    /** When it counts as running: when its pods are ready (`wait`), at once (`ignore`), or when they have ended well (`succeeded`). */
    pod_readiness?: 'wait' | 'ignore' | 'succeeded' | '';
    /** Addresses to show with it. */
    links?: string | Link | readonly (string | Link)[] | null;
    /** Groups in which it is shown. */
    labels?: string | readonly (string | Blob)[] | null;
    /** How its pods are found: by owner (`default`) or by labels alone (`selectors-only`). */
    discovery_strategy?: 'default' | 'selectors-only' | '';
    /** How long one apply of it may take; by default as update_settings says. */
    timeout?: string;
    /** How long it may take in `tilt-ts ci` from its deployment to its readiness, a Job to its end. */
    readiness_timeout?: string;
    /** How many more times a Job is deleted and made anew when it has failed. */
    retries?: number;
  }
  export interface K8sCustomDeployOptions {
    /** For `live_update`: the image whose containers are updated. */
    image_selector?: string;
    /** How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order. */
    live_update?: LiveUpdateStep | readonly LiveUpdateStep[] | null;
    /** Where `apply_cmd` runs. By default the folder of the Tiltfile. */
    apply_dir?: string | null;
    /** Environment variables for `apply_cmd`, added to those of the session. */
    apply_env?: Readonly<Record<string, string | Blob>> | null;
    /** Taken instead of `apply_cmd` on Windows. */
    apply_cmd_bat?: string | readonly string[];
    /** Where `delete_cmd` runs. By default the folder of the Tiltfile. */
    delete_dir?: string | null;
    /** Environment variables for `delete_cmd`. */
    delete_env?: Readonly<Record<string, string | Blob>> | null;
    /** Taken instead of `delete_cmd` on Windows. */
    delete_cmd_bat?: string | readonly string[];
    /** For `live_update`: the name of the container that is updated. */
    container_selector?: string;
    /** Images that are built before: `apply_cmd` finds them in TILT_IMAGE_0, TILT_IMAGE_1, … */
    image_deps?: readonly (string | Blob)[] | null;
  }
  export interface K8sKindOptions {
    /** Where its objects hold image references: `{.spec.image}`. A keyword only. */
    image_json_path?: string | readonly string[] | null;
    /** The version; a regular expression, too. By default any. */
    api_version?: string;
    /** Where its objects hold an object with the repository in one field and the tag in another, instead of `image_json_path`. */
    image_object?: { readonly json_path: string; readonly repo_field: string; readonly tag_field: string };
    /** When its objects count as running: when their pods are ready (`wait`), at once (`ignore`), or when they have ended well (`succeeded`). */
    pod_readiness?: 'wait' | 'ignore' | 'succeeded' | '';
  }
  export interface K8sImageJsonPathOptions {
    /** Their version; a regular expression that is looked for anywhere in it, in small and large letters alike. */
    api_version?: string;
    /** Their kind; a regular expression that is looked for anywhere in it, in small and large letters alike. */
    kind?: string;
    /** Their name; a regular expression that is looked for anywhere in it, in small and large letters alike. */
    name?: string;
    /** Their namespace; a regular expression that is looked for anywhere in it, in small and large letters alike. */
    namespace?: string;
  }
  export interface DefaultRegistryOptions {
    /** The same registry as the cluster calls it, where that is another name. */
    host_from_cluster?: string;
    /** One repository for all images, which are then told apart by their tags, as ECR wants it. */
    single_name?: string;
  }
  export interface DockerComposeOptions {
    /** A file of variables for the Compose files. By default `.env` in the folder of the project. */
    env_file?: string | GitRepo;
    /** Names the project. By default it is called like the folder of its first file, or that of the Tiltfile. */
    project_name?: string;
    /** Profiles whose services are taken, too. By default those in COMPOSE_PROFILES. */
    profiles?: string | Blob | readonly (string | Blob)[] | null;
    /** Taken as in Tilt, and not needed: a service is ready when its health check is content, in any case. */
    wait?: boolean | null;
  }
  export interface DcResourceOptions {
    /** The image of docker_build that the service runs, where its Compose file names another one or none. */
    image?: string;
    /** Whether changes update it by themselves or only when someone asks for it. */
    trigger_mode?: TriggerMode;
    /** Names of resources that must have been ready once before this one starts, beside what its Compose file says. */
    resource_deps?: readonly string[];
    /** Whether its published ports are shown as links. They are by default. */
    infer_links?: boolean | null;
    /** Addresses to show with it. */
    links?: string | Link | readonly (string | Link)[] | null;
    /** Groups in which it is shown. */
    labels?: string | readonly (string | Blob)[] | null;
    /** Whether it starts with the session. It does by default. */
    auto_init?: boolean | null;
    /** The project, where several have a service of this name. */
    project_name?: string;
    /** Renames the resource. Services that depend on it follow. */
    new_name?: string;
    /** How long Compose may take to build and start it. */
    timeout?: string;
    /** How long it may take in `tilt-ts ci` from its start to its readiness. */
    readiness_timeout?: string;
  }
  export interface V1alpha1ExtensionRepoOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** Of a git repository (`https://…`), or an absolute folder of this machine (`file:///…`). */
    url?: string;
    /** A branch, tag or commit; the default branch when not given. */
    ref?: string;
    /** Makes `ext://LOAD_HOST/PATH` lead into this repository. */
    load_host?: string;
    /** The folder of the repository in which its extensions are. */
    git_subpath?: string;
  }
  export interface V1alpha1ExtensionOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** The repository, by the name under which it is registered. */
    repo_name?: string;
    /** The folder in the repository. */
    repo_path?: string;
    /** Arguments for its Tiltfile where it runs by itself, and is not imported. */
    args?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1UiButtonOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** Where it is shown. */
    location?: V1alpha1UiComponentLocationOptions;
    /** What stands on it. */
    text?: string;
    /** A name from the Material Icons. */
    icon_name?: string;
    /** An `<svg>` element of 24 by 24 units; wins over `icon_name`. */
    icon_svg?: string;
    /** Whether it cannot be clicked. */
    disabled?: boolean;
    /** Whether it must be clicked twice. */
    requires_confirmation?: boolean;
    /** What it asks for. */
    inputs?: readonly V1alpha1UiInputSpecOptions[];
  }
  export interface V1alpha1CmdOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** The program and its arguments; no shell. */
    args?: readonly (string | Blob)[] | null;
    /** Where it runs. By default the folder of the Tiltfile. */
    dir?: string | GitRepo;
    /** Environment variables, as `NAME=value`. */
    env?: readonly (string | Blob)[] | null;
    /** How to find out whether it is ready. */
    readiness_probe?: V1alpha1ProbeOptions & V1alpha1HandlerOptions;
    /** What starts it again. */
    restart_on?: V1alpha1RestartOnSpecOptions;
    /** What starts it. By default it starts at once. */
    start_on?: V1alpha1StartOnSpecOptions;
    /** What switches it off. */
    disable_source?: V1alpha1DisableSourceOptions;
  }
  export interface V1alpha1ConfigMapOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** The values. */
    data?: Readonly<Record<string, string | Blob>> | null;
  }
  export interface V1alpha1FileWatchOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** Files and folders, at least one. */
    watched_paths?: string | GitRepo | readonly (string | GitRepo)[] | null;
    /** Files whose changes it does not see. */
    ignores?: readonly V1alpha1IgnoreDefOptions[];
    /** What switches it off. */
    disable_source?: V1alpha1DisableSourceOptions;
  }
  export interface V1alpha1KubernetesApplyOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** The objects. Either this or `apply_cmd` must be given. */
    yaml?: string;
    /** Names of image maps whose images are put into the objects. */
    image_maps?: readonly (string | Blob)[] | null;
    /** Where images stand in objects of other kinds. */
    image_locators?: readonly V1alpha1KubernetesImageLocatorOptions[];
    /** How long it may take, such as `30s`. */
    timeout?: string;
    /** How to find its pods, beside those that the objects own. */
    kubernetes_discovery_template_spec?: V1alpha1KubernetesDiscoveryTemplateSpecOptions;
    /** Ports of its pods to forward. */
    port_forward_template_spec?: V1alpha1PortForwardTemplateSpecOptions;
    /** Which logs of its pods to show. */
    pod_log_stream_template_spec?: V1alpha1PodLogStreamTemplateSpecOptions;
    /** `default`, or `selectors-only` for pods that the objects do not own. */
    discovery_strategy?: string;
    /** What switches it off. */
    disable_source?: V1alpha1DisableSourceOptions;
    /** A command that applies objects and prints them as YAML. */
    apply_cmd?: V1alpha1KubernetesApplyCmdOptions;
    /** What applies them again. */
    restart_on?: V1alpha1RestartOnSpecOptions;
    /** A command that deletes what `apply_cmd` made. */
    delete_cmd?: V1alpha1KubernetesApplyCmdOptions;
    /** The cluster; `default` when not given. */
    cluster?: string;
    /** Whether they are applied server-side. */
    server_side_apply?: boolean;
  }
  export interface V1alpha1KubernetesDiscoveryOptions {
    /** Labels of the object. */
    labels?: Readonly<Record<string, string | Blob>> | null;
    /** Annotations of the object. */
    annotations?: Readonly<Record<string, string | Blob>> | null;
    /** Objects whose pods are found. */
    watches?: readonly V1alpha1KubernetesWatchRefOptions[];
    /** Pods that match one of these are found, too. */
    extra_selectors?: readonly V1alpha1LabelSelectorOptions[];
    /** Ports of the pods to forward. */
    port_forward_template_spec?: V1alpha1PortForwardTemplateSpecOptions;
    /** Which logs of the pods to show. */
    pod_log_stream_template_spec?: V1alpha1PodLogStreamTemplateSpecOptions;
    /** The cluster; `default` when not given. */
    cluster?: string;
  }
  export interface V1alpha1ConfigMapDisableSourceOptions {
    /** The config map. */
    name?: string;
    /** The entry. */
    key?: string;
  }
  export interface V1alpha1DisableSourceOptions {
    /** One entry of a config map. */
    config_map?: V1alpha1ConfigMapDisableSourceOptions;
    /** Several entries, which must all say so. */
    every_config_map?: readonly V1alpha1ConfigMapDisableSourceOptions[];
  }
  export interface V1alpha1ExecActionOptions {
    /** The program and its arguments; no shell. */
    command?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1ForwardOptions {
    /** The port on this machine; any free one when not given. */
    local_port?: number;
    /** The port of the pod. */
    container_port?: number;
    /** The address on this machine; localhost when not given. */
    host?: string;
    /** What to show for it. */
    name?: string;
    /** The path in the link to it. */
    path?: string;
  }
  export interface V1alpha1HttpGetActionOptions {
    /** The path; `/` when not given. */
    path?: string;
    /** The port. */
    port?: number;
    /** The host; localhost when not given. */
    host?: string;
    /** `HTTP` or `HTTPS`. */
    scheme?: string;
    /** Headers of the request. */
    http_headers?: readonly V1alpha1HttpHeaderOptions[];
  }
  export interface V1alpha1HttpHeaderOptions {
    /** Its name. */
    name?: string;
    /** Its value. */
    value?: string;
  }
  export interface V1alpha1HandlerOptions {
    /** Ready when a command succeeds. */
    exec?: V1alpha1ExecActionOptions;
    /** Ready when an address answers. */
    http_get?: V1alpha1HttpGetActionOptions;
    /** Ready when a port takes connections. */
    tcp_socket?: V1alpha1TcpSocketActionOptions;
  }
  export interface V1alpha1IgnoreDefOptions {
    /** The folder that patterns are relative to; without patterns all of it. */
    base_path?: string | GitRepo;
    /** Patterns in the language of .dockerignore. */
    patterns?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1KubernetesApplyCmdOptions {
    /** The program and its arguments; no shell. */
    args?: readonly (string | Blob)[] | null;
    /** Where it runs. */
    dir?: string | GitRepo;
    /** Environment variables, as `NAME=value`. */
    env?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1KubernetesDiscoveryTemplateSpecOptions {
    /** Pods that match one of these belong to it. */
    extra_selectors?: readonly V1alpha1LabelSelectorOptions[];
  }
  export interface V1alpha1KubernetesImageLocatorOptions {
    /** In which objects. */
    object_selector?: V1alpha1ObjectSelectorOptions;
    /** The way to the field, as a JSON path: `{.spec.image}`. */
    path?: string;
    /** For a name that stands there in parts. Without it the field is a string. */
    object?: V1alpha1KubernetesImageObjectDescriptorOptions;
  }
  export interface V1alpha1KubernetesImageObjectDescriptorOptions {
    /** The field with the repository. */
    repo_field?: string;
    /** The field with the tag. */
    tag_field?: string;
  }
  export interface V1alpha1KubernetesWatchRefOptions {
    /** Its UID, or that of what owns it. */
    uid?: string;
    /** Its namespace, which must be given. */
    namespace?: string;
    /** Its name, for readers only. */
    name?: string;
  }
  export interface V1alpha1LabelSelectorOptions {
    /** Labels and the values that they must have. */
    match_labels?: Readonly<Record<string, string | Blob>> | null;
    /** Further conditions, which must all hold. */
    match_expressions?: readonly V1alpha1LabelSelectorRequirementOptions[];
  }
  export interface V1alpha1LabelSelectorRequirementOptions {
    /** The label. */
    key?: string;
    /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
    operator?: string;
    /** The values for `In` and `NotIn`. */
    values?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1ObjectSelectorOptions {
    /** For the `apiVersion`. */
    api_version_regexp?: string;
    /** For the `kind`. */
    kind_regexp?: string;
    /** For the name. */
    name_regexp?: string;
    /** For the namespace. */
    namespace_regexp?: string;
  }
  export interface V1alpha1PodLogStreamTemplateSpecOptions {
    /** Cannot be given: Tilt lists it and cannot take it. */
    since_time?: never;
    /** Only these containers. */
    only_containers?: readonly (string | Blob)[] | null;
    /** All but these containers. */
    ignore_containers?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1PortForwardTemplateSpecOptions {
    /** The ports. */
    forwards?: readonly V1alpha1ForwardOptions[];
  }
  export interface V1alpha1ProbeOptions {
    /** Cannot be given: write the probe as a plain object with exec, http_get or tcp_socket. */
    handler?: never;
    /** Seconds before the first try. */
    initial_delay_seconds?: number;
    /** Seconds that one try may take; 1 when not given. */
    timeout_seconds?: number;
    /** Seconds between two tries; 10 when not given. */
    period_seconds?: number;
    /** Tries in a row that must pass to count as ready; 1 when not given. */
    success_threshold?: number;
    /** Tries in a row that must fail to count as not ready; 3 when not given. */
    failure_threshold?: number;
  }
  export interface V1alpha1RestartOnSpecOptions {
    /** Names of file watches, each change of which does. */
    file_watches?: readonly (string | Blob)[] | null;
    /** Names of buttons, each click on which does. */
    ui_buttons?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1StartOnSpecOptions {
    /** Cannot be given: Tilt lists it and cannot take it. */
    start_after?: never;
    /** Names of buttons. */
    ui_buttons?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1TcpSocketActionOptions {
    /** The port. */
    port?: number;
    /** The host; localhost when not given. */
    host?: string;
  }
  export interface V1alpha1UiBoolInputSpecOptions {
    /** Whether it is ticked at first. */
    default_value?: boolean;
    /** What a ticked box stands for; `true` when not given. */
    true_string?: string;
    /** What an empty box stands for; `false` when not given. */
    false_string?: string;
  }
  export interface V1alpha1UiChoiceInputSpecOptions {
    /** The words, at least one. */
    choices?: readonly (string | Blob)[] | null;
  }
  export interface V1alpha1UiComponentLocationOptions {
    /** The name of the resource, or `nav` for the bar at the top. */
    component_id?: string;
    /** `Resource`, or `Global` for the bar at the top. */
    component_type?: string;
  }
  export interface V1alpha1UiHiddenInputSpecOptions {
    /** The value. */
    value?: string;
  }
  export interface V1alpha1UiInputSpecOptions {
    /** Names it among the inputs of its button. */
    name?: string;
    /** What to show in front of it. */
    label?: string;
    /** A field for text. */
    text?: V1alpha1UiTextInputSpecOptions;
    /** A box to tick. */
    bool?: V1alpha1UiBoolInputSpecOptions;
    /** A value that is not shown. */
    hidden?: V1alpha1UiHiddenInputSpecOptions;
    /** A choice between words. */
    choice?: V1alpha1UiChoiceInputSpecOptions;
  }
  export interface V1alpha1UiTextInputSpecOptions {
    /** What stands in it at first. */
    default_value?: string;
    /** What is shown while it is empty. */
    placeholder?: string;
  }
  /**
   * Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.
   *
   * @param options Everything by name.
   *
   * @example
   * local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });
   */
  export function local_resource(options: { /** Names the resource. Other resources depend on it by this name. */ name: string | Blob } & LocalResourceOptions): void;
  /**
   * Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param deps Files and folders whose changes run it again.
   * @param trigger_mode Whether changes run it by themselves or only when someone asks for it.
   * @param resource_deps Names of resources that must have been ready once before this one starts.
   * @param ignore Patterns of files in `deps` whose changes do nothing, in the language of .dockerignore.
   * @param auto_init Whether it runs at the start.
   * @param serve_cmd A server, started when `cmd` has succeeded and kept running until the session ends.
   * @param cmd_bat Taken instead of `cmd` on Windows.
   * @param serve_cmd_bat Taken instead of `serve_cmd` on Windows.
   * @param allow_parallel Whether `cmd` may run at the same time as other updates.
   * @param links Addresses to show with it.
   * @param labels Groups in which it is shown.
   *
   * @example
   * local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });
   */
  export function local_resource(name: string | Blob, cmd?: string | readonly string[], deps?: string | GitRepo | readonly (string | GitRepo)[] | null, trigger_mode?: TriggerMode, resource_deps?: readonly string[], ignore?: string | readonly string[] | null, auto_init?: boolean, serve_cmd?: string | readonly string[], cmd_bat?: string | readonly string[], serve_cmd_bat?: string | readonly string[], allow_parallel?: boolean, links?: string | Link | readonly (string | Link)[] | null, labels?: string | readonly (string | Blob)[] | null): void;
  /**
   * Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param deps Files and folders whose changes run it again.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });
   */
  export function local_resource(name: string | Blob, cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, options?: LocalResourceOptions): void;
  /**
   * Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });
   */
  export function local_resource(name: string | Blob, cmd: string | readonly string[], options?: LocalResourceOptions): void;
  /**
   * Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', 'go build ./api', { serve_cmd: './api', deps: ['api'], labels: 'backend' });
   */
  export function local_resource(name: string | Blob, options?: LocalResourceOptions): void;
  /**
   * The old name for `local_resource` with `allow_parallel: true`.
   *
   * @param options Everything by name.
   *
   * @example
   * test('unit', 'npm test', { deps: ['src'] });
   */
  export function test(options: { /** Names the resource. Other resources depend on it by this name. */ name: string | Blob } & TestOptions): void;
  /**
   * The old name for `local_resource` with `allow_parallel: true`.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param deps Files and folders whose changes run it again.
   * @param trigger_mode Whether changes run it by themselves or only when someone asks for it.
   * @param resource_deps Names of resources that must have been ready once before this one starts.
   * @param ignore Patterns of files in `deps` whose changes do nothing, in the language of .dockerignore.
   * @param auto_init Whether it runs at the start.
   * @param serve_cmd A server, started when `cmd` has succeeded and kept running until the session ends.
   * @param cmd_bat Taken instead of `cmd` on Windows.
   * @param serve_cmd_bat Taken instead of `serve_cmd` on Windows.
   * @param allow_parallel Whether `cmd` may run at the same time as other updates.
   * @param links Addresses to show with it.
   * @param labels Groups in which it is shown.
   *
   * @example
   * test('unit', 'npm test', { deps: ['src'] });
   */
  export function test(name: string | Blob, cmd?: string | readonly string[], deps?: string | GitRepo | readonly (string | GitRepo)[] | null, trigger_mode?: TriggerMode, resource_deps?: readonly string[], ignore?: string | readonly string[] | null, auto_init?: boolean, serve_cmd?: string | readonly string[], cmd_bat?: string | readonly string[], serve_cmd_bat?: string | readonly string[], allow_parallel?: boolean, links?: string | Link | readonly (string | Link)[] | null, labels?: string | readonly (string | Blob)[] | null): void;
  /**
   * The old name for `local_resource` with `allow_parallel: true`.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param deps Files and folders whose changes run it again.
   * @param options What else is to be said, by name.
   *
   * @example
   * test('unit', 'npm test', { deps: ['src'] });
   */
  export function test(name: string | Blob, cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, options?: TestOptions): void;
  /**
   * The old name for `local_resource` with `allow_parallel: true`.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param cmd Runs once at the start and again when `deps` change. A string goes to the shell, a list does not.
   * @param options What else is to be said, by name.
   *
   * @example
   * test('unit', 'npm test', { deps: ['src'] });
   */
  export function test(name: string | Blob, cmd: string | readonly string[], options?: TestOptions): void;
  /**
   * The old name for `local_resource` with `allow_parallel: true`.
   *
   * @param name Names the resource. Other resources depend on it by this name.
   * @param options What else is to be said, by name.
   *
   * @example
   * test('unit', 'npm test', { deps: ['src'] });
   */
  export function test(name: string | Blob, options?: TestOptions): void;
  /**
   * Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default.
   *
   * @param initial_delay_secs Seconds before the first try.
   * @param timeout_secs Seconds that one try may take; 1 when not given.
   * @param period_secs Seconds between two tries; 10 when not given.
   * @param success_threshold Tries in a row that must pass to count as ready; 1 when not given.
   * @param failure_threshold Tries in a row that must fail to count as not ready; 3 when not given.
   * @param exec Ready when a command succeeds.
   * @param http_get Ready when an address answers.
   * @param tcp_socket Ready when a port takes connections.
   *
   * @example
   * local_resource('api', {
   *   serve_cmd: 'node api.js',
   *   readiness_probe: probe({ period_secs: 2, http_get: http_get_action(8080, { path: '/ready' }) }),
   * });
   */
  export function probe(initial_delay_secs?: number, timeout_secs?: number, period_secs?: number, success_threshold?: number, failure_threshold?: number, exec?: ExecAction | null, http_get?: HTTPGetAction | null, tcp_socket?: TCPSocketAction | null): Probe;
  /**
   * Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default.
   *
   * @param initial_delay_secs Seconds before the first try.
   * @param timeout_secs Seconds that one try may take; 1 when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', {
   *   serve_cmd: 'node api.js',
   *   readiness_probe: probe({ period_secs: 2, http_get: http_get_action(8080, { path: '/ready' }) }),
   * });
   */
  export function probe(initial_delay_secs: number, timeout_secs: number, options?: ProbeOptions): Probe;
  /**
   * Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default.
   *
   * @param initial_delay_secs Seconds before the first try.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', {
   *   serve_cmd: 'node api.js',
   *   readiness_probe: probe({ period_secs: 2, http_get: http_get_action(8080, { path: '/ready' }) }),
   * });
   */
  export function probe(initial_delay_secs: number, options?: ProbeOptions): Probe;
  /**
   * Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('api', {
   *   serve_cmd: 'node api.js',
   *   readiness_probe: probe({ period_secs: 2, http_get: http_get_action(8080, { path: '/ready' }) }),
   * });
   */
  export function probe(options?: ProbeOptions): Probe;
  /**
   * A probe that runs a command.
   *
   * @param options Everything by name.
   *
   * @example
   * const ready = probe({ exec: exec_action(['pg_isready', '-h', 'localhost']) });
   * local_resource('db', { serve_cmd: 'postgres -D data', readiness_probe: ready });
   */
  export function exec_action(options: { /** The program and its arguments; no shell. */ command: readonly string[] }): ExecAction;
  /**
   * A probe that runs a command.
   *
   * @param command The program and its arguments; no shell.
   *
   * @example
   * const ready = probe({ exec: exec_action(['pg_isready', '-h', 'localhost']) });
   * local_resource('db', { serve_cmd: 'postgres -D data', readiness_probe: ready });
   */
  export function exec_action(command: readonly string[]): ExecAction;
  /**
   * A probe that asks an HTTP server.
   *
   * @param options Everything by name.
   *
   * @example
   * const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });
   * local_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });
   */
  export function http_get_action(options: { /** The port. */ port: number } & HttpGetActionOptions): HTTPGetAction;
  /**
   * A probe that asks an HTTP server.
   *
   * @param port The port.
   * @param host The host; localhost when not given.
   * @param scheme `http` or `https`; `http` when not given.
   * @param path The path; `/` when not given.
   *
   * @example
   * const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });
   * local_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });
   */
  export function http_get_action(port: number, host?: string, scheme?: 'http' | 'https' | 'HTTP' | 'HTTPS' | '', path?: string): HTTPGetAction;
  /**
   * A probe that asks an HTTP server.
   *
   * @param port The port.
   * @param host The host; localhost when not given.
   * @param scheme `http` or `https`; `http` when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });
   * local_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });
   */
  export function http_get_action(port: number, host: string, scheme: 'http' | 'https' | 'HTTP' | 'HTTPS' | '', options?: HttpGetActionOptions): HTTPGetAction;
  /**
   * A probe that asks an HTTP server.
   *
   * @param port The port.
   * @param host The host; localhost when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });
   * local_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });
   */
  export function http_get_action(port: number, host: string, options?: HttpGetActionOptions): HTTPGetAction;
  /**
   * A probe that asks an HTTP server.
   *
   * @param port The port.
   * @param options What else is to be said, by name.
   *
   * @example
   * const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });
   * local_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });
   */
  export function http_get_action(port: number, options?: HttpGetActionOptions): HTTPGetAction;
  /**
   * A probe that opens a connection.
   *
   * @param options Everything by name.
   *
   * @example
   * const ready = probe({ tcp_socket: tcp_socket_action(6379) });
   * local_resource('redis', { serve_cmd: 'redis-server', readiness_probe: ready });
   */
  export function tcp_socket_action(options: { /** The port. */ port: number } & TcpSocketActionOptions): TCPSocketAction;
  /**
   * A probe that opens a connection.
   *
   * @param port The port.
   * @param host The host; localhost when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * const ready = probe({ tcp_socket: tcp_socket_action(6379) });
   * local_resource('redis', { serve_cmd: 'redis-server', readiness_probe: ready });
   */
  export function tcp_socket_action(port: number, host: string, options?: TcpSocketActionOptions): TCPSocketAction;
  /**
   * A probe that opens a connection.
   *
   * @param port The port.
   * @param options What else is to be said, by name.
   *
   * @example
   * const ready = probe({ tcp_socket: tcp_socket_action(6379) });
   * local_resource('redis', { serve_cmd: 'redis-server', readiness_probe: ready });
   */
  export function tcp_socket_action(port: number, options?: TcpSocketActionOptions): TCPSocketAction;
  /**
   * Makes a link to show with a resource. An address without a scheme gets `http`.
   *
   * @param options Everything by name.
   *
   * @example
   * local_resource('docs', 'make docs', { links: link('localhost:8000/docs', 'the docs') });
   */
  export function link(options: { /** Where it leads. */ url: string } & LinkOptions): Link;
  /**
   * Makes a link to show with a resource. An address without a scheme gets `http`.
   *
   * @param url Where it leads.
   * @param name What to show instead of the address.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('docs', 'make docs', { links: link('localhost:8000/docs', 'the docs') });
   */
  export function link(url: string, name: string, options?: LinkOptions): Link;
  /**
   * Makes a link to show with a resource. An address without a scheme gets `http`.
   *
   * @param url Where it leads.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('docs', 'make docs', { links: link('localhost:8000/docs', 'the docs') });
   */
  export function link(url: string, options?: LinkOptions): Link;
  /**
   * Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_yaml('k8s/web.yaml');
   * k8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });
   */
  export function port_forward(options: { /** The port on this machine. */ local_port: number } & PortForwardOptions): PortForward;
  /**
   * Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.
   *
   * @param local_port The port on this machine.
   * @param container_port The port of the container; 0 for the container's first port.
   * @param name What to show instead of the address.
   * @param link_path Appended to the address that is shown.
   * @param host The address to listen on; localhost when not given.
   *
   * @example
   * k8s_yaml('k8s/web.yaml');
   * k8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });
   */
  export function port_forward(local_port: number, container_port?: number, name?: string, link_path?: string, host?: string): PortForward;
  /**
   * Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.
   *
   * @param local_port The port on this machine.
   * @param container_port The port of the container; 0 for the container's first port.
   * @param name What to show instead of the address.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml('k8s/web.yaml');
   * k8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });
   */
  export function port_forward(local_port: number, container_port: number, name: string, options?: PortForwardOptions): PortForward;
  /**
   * Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.
   *
   * @param local_port The port on this machine.
   * @param container_port The port of the container; 0 for the container's first port.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml('k8s/web.yaml');
   * k8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });
   */
  export function port_forward(local_port: number, container_port: number, options?: PortForwardOptions): PortForward;
  /**
   * Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.
   *
   * @param local_port The port on this machine.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml('k8s/web.yaml');
   * k8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });
   */
  export function port_forward(local_port: number, options?: PortForwardOptions): PortForward;
  /**
   * Sets when resources update that say nothing about it themselves. Can be called once.
   *
   * @param options Everything by name.
   *
   * @example
   * // Nothing runs again by itself but what says so.
   * trigger_mode(TRIGGER_MODE_MANUAL);
   * local_resource('lint', 'npm run lint', { deps: ['src'], trigger_mode: TRIGGER_MODE_AUTO });
   */
  export function trigger_mode(options: { /** TRIGGER_MODE_AUTO or TRIGGER_MODE_MANUAL. */ trigger_mode: TriggerMode }): void;
  /**
   * Sets when resources update that say nothing about it themselves. Can be called once.
   *
   * @param trigger_mode TRIGGER_MODE_AUTO or TRIGGER_MODE_MANUAL.
   *
   * @example
   * // Nothing runs again by itself but what says so.
   * trigger_mode(TRIGGER_MODE_MANUAL);
   * local_resource('lint', 'npm run lint', { deps: ['src'], trigger_mode: TRIGGER_MODE_AUTO });
   */
  export function trigger_mode(trigger_mode: TriggerMode): void;
  /**
   * Sets how resources are updated.
   *
   * @param max_parallel_updates How many updates run at the same time; 3 when not given.
   * @param k8s_upsert_timeout_secs How long one apply to the cluster may take; 30 when not given.
   * @param suppress_unused_image_warnings Images that may stay unused without a warning.
   * @param k8s_server_side_apply Whether objects are applied server-side: `"true"`, `"false"` or `"auto"`.
   * @param regate_deps Whether `resource_deps` hold back every update: a resource then waits also while one that it depends on updates or is not ready. When not set they hold back only the first one. Tilt has no such setting.
   *
   * @example
   * update_settings({ max_parallel_updates: 5, k8s_upsert_timeout_secs: 60 });
   */
  export function update_settings(max_parallel_updates?: number | null, k8s_upsert_timeout_secs?: number | null, suppress_unused_image_warnings?: string | Blob | readonly (string | Blob)[] | null, k8s_server_side_apply?: 'true' | 'false' | 'auto' | '', regate_deps?: boolean): void;
  /**
   * Sets how resources are updated.
   *
   * @param max_parallel_updates How many updates run at the same time; 3 when not given.
   * @param k8s_upsert_timeout_secs How long one apply to the cluster may take; 30 when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * update_settings({ max_parallel_updates: 5, k8s_upsert_timeout_secs: 60 });
   */
  export function update_settings(max_parallel_updates: number | null, k8s_upsert_timeout_secs: number | null, options?: UpdateSettingsOptions): void;
  /**
   * Sets how resources are updated.
   *
   * @param max_parallel_updates How many updates run at the same time; 3 when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * update_settings({ max_parallel_updates: 5, k8s_upsert_timeout_secs: 60 });
   */
  export function update_settings(max_parallel_updates: number | null, options?: UpdateSettingsOptions): void;
  /**
   * Sets how resources are updated.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * update_settings({ max_parallel_updates: 5, k8s_upsert_timeout_secs: 60 });
   */
  export function update_settings(options?: UpdateSettingsOptions): void;
  /**
   * Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`.
   *
   * @param k8s_grace_period How long a workload may be in error before it counts as failed; 0 when not given.
   * @param timeout The whole session; 30 minutes when not given.
   * @param readiness_timeout From a resource's deployment to its readiness; 5 minutes when not given.
   * @param build_timeout One command or one image build; no limit of its own when not given.
   * @param deploy_timeout One apply, or one start by Compose; as update_settings says when not given.
   * @param settle How long every server must have been ready without a restart; when not given, 1 second for those without a probe.
   * @param keep_going Whether everything that does not depend on a failure is still brought to its end.
   *
   * @example
   * ci_settings({ timeout: '10m', readiness_timeout: '90s' });
   */
  export function ci_settings(k8s_grace_period?: string, timeout?: string, readiness_timeout?: string, build_timeout?: string, deploy_timeout?: string, settle?: string, keep_going?: boolean): void;
  /**
   * Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`.
   *
   * @param k8s_grace_period How long a workload may be in error before it counts as failed; 0 when not given.
   * @param timeout The whole session; 30 minutes when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * ci_settings({ timeout: '10m', readiness_timeout: '90s' });
   */
  export function ci_settings(k8s_grace_period: string, timeout: string, options?: CiSettingsOptions): void;
  /**
   * Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`.
   *
   * @param k8s_grace_period How long a workload may be in error before it counts as failed; 0 when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * ci_settings({ timeout: '10m', readiness_timeout: '90s' });
   */
  export function ci_settings(k8s_grace_period: string, options?: CiSettingsOptions): void;
  /**
   * Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * ci_settings({ timeout: '10m', readiness_timeout: '90s' });
   */
  export function ci_settings(options?: CiSettingsOptions): void;
  /**
   * Names files whose changes start nothing, whatever depends on them. Calls add up.
   *
   * @param ignore Patterns in the language of .dockerignore, relative to the folder of the file that calls.
   * @param options What else is to be said, by name.
   *
   * @example
   * watch_settings({ ignore: ['**\/*.log', 'build'] });
   */
  export function watch_settings(ignore: string | Blob | readonly (string | Blob)[] | null, options?: WatchSettingsOptions): void;
  /**
   * Names files whose changes start nothing, whatever depends on them. Calls add up.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * watch_settings({ ignore: ['**\/*.log', 'build'] });
   */
  export function watch_settings(options?: WatchSettingsOptions): void;
  /**
   * Sets whether the values of Kubernetes Secrets that the Tiltfile deploys are replaced in all logs, plain and in base64, by `[redacted secret NAME:KEY]`. They are unless it says otherwise. Values of fewer than five characters stay.
   *
   * @param options Everything by name.
   *
   * @example
   * secret_settings({ disable_scrub: true });
   */
  export function secret_settings(options: { /** Leave logs as they are. */ disable_scrub: boolean }): void;
  /**
   * Sets whether the values of Kubernetes Secrets that the Tiltfile deploys are replaced in all logs, plain and in base64, by `[redacted secret NAME:KEY]`. They are unless it says otherwise. Values of fewer than five characters stay.
   *
   * @param disable_scrub Leave logs as they are.
   *
   * @example
   * secret_settings({ disable_scrub: true });
   */
  export function secret_settings(disable_scrub: boolean): void;
  /**
   * Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts.
   *
   * @param disable Remove nothing.
   * @param max_age_mins How old, in minutes, an image must be to be removed; 360 when not given.
   * @param num_builds Remove after this many builds, instead of by the clock.
   * @param interval_hrs Remove every so many hours; 1 when not given.
   * @param keep_recent How many images of each name stay, however old they are; 2 when not given.
   *
   * @example
   * docker_prune_settings({ max_age_mins: 30, keep_recent: 1 });
   */
  export function docker_prune_settings(disable?: boolean, max_age_mins?: number, num_builds?: number, interval_hrs?: number, keep_recent?: number): void;
  /**
   * Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts.
   *
   * @param disable Remove nothing.
   * @param max_age_mins How old, in minutes, an image must be to be removed; 360 when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_prune_settings({ max_age_mins: 30, keep_recent: 1 });
   */
  export function docker_prune_settings(disable: boolean, max_age_mins: number, options?: DockerPruneSettingsOptions): void;
  /**
   * Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts.
   *
   * @param disable Remove nothing.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_prune_settings({ max_age_mins: 30, keep_recent: 1 });
   */
  export function docker_prune_settings(disable: boolean, options?: DockerPruneSettingsOptions): void;
  /**
   * Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_prune_settings({ max_age_mins: 30, keep_recent: 1 });
   */
  export function docker_prune_settings(options?: DockerPruneSettingsOptions): void;
  /**
   * Says which versions of Tilt the Tiltfile is for. This program has the library of Tilt 0.37.6, so that version must be among them.
   *
   * @param check_updates Whether to look for newer versions. Nothing looks for them here.
   * @param constraint Conditions such as `>=0.20.0 <1.0.0`, which must all hold; alternatives stand around `||`, and `1.2.x` means any `1.2`.
   * @param options What else is to be said, by name.
   *
   * @example
   * version_settings({ constraint: '>=0.22.1' });
   */
  export function version_settings(check_updates: boolean, constraint: string, options?: VersionSettingsOptions): void;
  /**
   * Says which versions of Tilt the Tiltfile is for. This program has the library of Tilt 0.37.6, so that version must be among them.
   *
   * @param check_updates Whether to look for newer versions. Nothing looks for them here.
   * @param options What else is to be said, by name.
   *
   * @example
   * version_settings({ constraint: '>=0.22.1' });
   */
  export function version_settings(check_updates: boolean, options?: VersionSettingsOptions): void;
  /**
   * Says which versions of Tilt the Tiltfile is for. This program has the library of Tilt 0.37.6, so that version must be among them.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * version_settings({ constraint: '>=0.22.1' });
   */
  export function version_settings(options?: VersionSettingsOptions): void;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(command: string | readonly string[], options: LocalOptions & { check: false }): CommandResult;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(options: { command: string | readonly string[] } & LocalOptions & { check: false }): CommandResult;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(options: { command: string | readonly string[] } & LocalOptions & { check?: true }): Blob;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param quiet Do not write its output to the log.
   * @param command_bat Taken instead on Windows.
   * @param echo_off Do not write the command itself to the log.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(command: string | readonly string[], quiet: boolean, command_bat: string | readonly string[], echo_off?: boolean): Blob;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param quiet Do not write its output to the log.
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(command: string | readonly string[], quiet: boolean, options?: LocalOptions & { check?: true }): Blob;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(command: string | readonly string[], options?: LocalOptions & { check?: true }): Blob;
  /**
   * Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const commit = local('git rev-parse HEAD', { quiet: true }).trim();
   * const { exit_code } = local('git diff --quiet', { check: false });
   */
  export function local(command: string | readonly string[], options: LocalOptions): Blob | CommandResult;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(command: string | readonly string[], options: LocalAsyncOptions & { check: false }): Promise<CommandResult>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(options: { command: string | readonly string[] } & LocalAsyncOptions & { check: false }): Promise<CommandResult>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(options: { command: string | readonly string[] } & LocalAsyncOptions & { check?: true }): Promise<Blob>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param quiet Do not write its output to the log.
   * @param command_bat Taken instead on Windows.
   * @param echo_off Do not write the command itself to the log.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(command: string | readonly string[], quiet: boolean, command_bat: string | readonly string[], echo_off?: boolean): Promise<Blob>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param quiet Do not write its output to the log.
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(command: string | readonly string[], quiet: boolean, options?: LocalAsyncOptions & { check?: true }): Promise<Blob>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(command: string | readonly string[], options?: LocalAsyncOptions & { check?: true }): Promise<Blob>;
  /**
   * Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits.
   *
   * @param command A line for the shell, or a program and its arguments in a list.
   * @param options Everything by name.
   *
   * @example
   * const [api, web] = await Promise.all([local_async('make -s api-version'), local_async('make -s web-version')]);
   */
  export function local_async(command: string | readonly string[], options: LocalAsyncOptions): Promise<Blob | CommandResult>;
  /**
   * Reads a file. When the file changes, the Tiltfile is loaded again.
   *
   * @param options Everything by name.
   *
   * @example
   * const version = read_file('VERSION', '0.0.0').trim();
   */
  export function read_file(options: { /** The file. */ paths: string | GitRepo } & ReadFileOptions): Blob;
  /**
   * Reads a file. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param default_ What to answer when the file does not exist. Without it that is an error.
   * @param options What else is to be said, by name.
   *
   * @example
   * const version = read_file('VERSION', '0.0.0').trim();
   */
  export function read_file(paths: string | GitRepo, default_: string | null, options?: ReadFileOptions): Blob;
  /**
   * Reads a file. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param options What else is to be said, by name.
   *
   * @example
   * const version = read_file('VERSION', '0.0.0').trim();
   */
  export function read_file(paths: string | GitRepo, options?: ReadFileOptions): Blob;
  /**
   * Loads the Tiltfile again when a file, or anything in a folder, changes.
   *
   * @param options Everything by name.
   *
   * @example
   * // The generated objects change when the generator does.
   * watch_file('generator');
   * k8s_yaml(local('cat k8s/db.yaml', { quiet: true }));
   */
  export function watch_file(options: { /** The file or folder. It need not exist yet. */ paths: string | GitRepo }): void;
  /**
   * Loads the Tiltfile again when a file, or anything in a folder, changes.
   *
   * @param paths The file or folder. It need not exist yet.
   *
   * @example
   * // The generated objects change when the generator does.
   * watch_file('generator');
   * k8s_yaml(local('cat k8s/db.yaml', { quiet: true }));
   */
  export function watch_file(paths: string | GitRepo): void;
  /**
   * Answers the absolute paths of the files in a folder, sorted by name. A folder that does not exist has none.
   *
   * @param options Everything by name.
   *
   * @example
   * for (const file of listdir('k8s')) {
   *   if (file.endsWith('.yaml')) k8s_yaml(file);
   * }
   */
  export function listdir(options: { /** The folder. */ dir: string | GitRepo } & ListdirOptions): string[];
  /**
   * Answers the absolute paths of the files in a folder, sorted by name. A folder that does not exist has none.
   *
   * @param dir The folder.
   * @param recursive Also list the files in its folders, and load the Tiltfile again on changes in it.
   * @param options What else is to be said, by name.
   *
   * @example
   * for (const file of listdir('k8s')) {
   *   if (file.endsWith('.yaml')) k8s_yaml(file);
   * }
   */
  export function listdir(dir: string | GitRepo, recursive: boolean, options?: ListdirOptions): string[];
  /**
   * Answers the absolute paths of the files in a folder, sorted by name. A folder that does not exist has none.
   *
   * @param dir The folder.
   * @param options What else is to be said, by name.
   *
   * @example
   * for (const file of listdir('k8s')) {
   *   if (file.endsWith('.yaml')) k8s_yaml(file);
   * }
   */
  export function listdir(dir: string | GitRepo, options?: ListdirOptions): string[];
  /**
   * Answers a checkout of a Git repository, which stands for its folder wherever a path is asked for.
   *
   * @param options Everything by name.
   *
   * @example
   * const repo = local_git_repo('.');
   * docker_build('shop/web', repo.paths('web'));
   */
  export function local_git_repo(options: { /** The folder that has the `.git`. */ paths: string }): GitRepo;
  /**
   * Answers a checkout of a Git repository, which stands for its folder wherever a path is asked for.
   *
   * @param paths The folder that has the `.git`.
   *
   * @example
   * const repo = local_git_repo('.');
   * docker_build('shop/web', repo.paths('web'));
   */
  export function local_git_repo(paths: string): GitRepo;
  /**
   * Makes a Blob of a text, for builtins that would take a string for a path: `k8s_yaml(blob(text))`.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_yaml(
   *   blob(`
   * apiVersion: v1
   * kind: Namespace
   * metadata:
   *   name: ${os.getenv('USER', 'shop')}
   * `),
   * );
   */
  export function blob(options: { /** The text. */ input: string }): Blob;
  /**
   * Makes a Blob of a text, for builtins that would take a string for a path: `k8s_yaml(blob(text))`.
   *
   * @param input The text.
   *
   * @example
   * k8s_yaml(
   *   blob(`
   * apiVersion: v1
   * kind: Namespace
   * metadata:
   *   name: ${os.getenv('USER', 'shop')}
   * `),
   * );
   */
  export function blob(input: string): Blob;
  /**
   * Reads a YAML file with one document. When the file changes, the Tiltfile is loaded again.
   *
   * @param options Everything by name.
   *
   * @example
   * const values = read_yaml('values.yaml', { default: { replicas: 1 } });
   * print('replicas:', values.replicas);
   */
  export function read_yaml<T = any>(options: { /** The file. */ paths: string } & ReadYamlOptions): T;
  /**
   * Reads a YAML file with one document. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param default_ What to answer when the file does not exist. Without it that is an error.
   * @param options What else is to be said, by name.
   *
   * @example
   * const values = read_yaml('values.yaml', { default: { replicas: 1 } });
   * print('replicas:', values.replicas);
   */
  export function read_yaml<T = any>(paths: string, default_: string | Blob | number | bigint | boolean | null | readonly unknown[], options?: ReadYamlOptions): T;
  /**
   * Reads a YAML file with one document. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param options What else is to be said, by name.
   *
   * @example
   * const values = read_yaml('values.yaml', { default: { replicas: 1 } });
   * print('replicas:', values.replicas);
   */
  export function read_yaml<T = any>(paths: string, options?: ReadYamlOptions): T;
  /**
   * Reads a YAML file with any number of documents. When the file changes, the Tiltfile is loaded again.
   *
   * @param options Everything by name.
   *
   * @example
   * const objects = read_yaml_stream('k8s/web.yaml');
   * print(objects.map(({ kind }) => kind));
   */
  export function read_yaml_stream<T = any>(options: { /** The file. */ paths: string } & ReadYamlStreamOptions): T[];
  /**
   * Reads a YAML file with any number of documents. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param default_ What to answer when the file does not exist. Without it that is an error.
   * @param options What else is to be said, by name.
   *
   * @example
   * const objects = read_yaml_stream('k8s/web.yaml');
   * print(objects.map(({ kind }) => kind));
   */
  export function read_yaml_stream<T = any>(paths: string, default_: readonly unknown[], options?: ReadYamlStreamOptions): T[];
  /**
   * Reads a YAML file with any number of documents. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param options What else is to be said, by name.
   *
   * @example
   * const objects = read_yaml_stream('k8s/web.yaml');
   * print(objects.map(({ kind }) => kind));
   */
  export function read_yaml_stream<T = any>(paths: string, options?: ReadYamlStreamOptions): T[];
  /**
   * Reads a text with one YAML document. Whole numbers that JavaScript cannot hold exactly become bigints.
   *
   * @param options Everything by name.
   *
   * @example
   * const { registry } = decode_yaml('registry: localhost:5000');
   * print(registry);
   */
  export function decode_yaml<T = any>(options: { /** The text. */ yaml: string | Blob }): T;
  /**
   * Reads a text with one YAML document. Whole numbers that JavaScript cannot hold exactly become bigints.
   *
   * @param yaml The text.
   *
   * @example
   * const { registry } = decode_yaml('registry: localhost:5000');
   * print(registry);
   */
  export function decode_yaml<T = any>(yaml: string | Blob): T;
  /**
   * Reads a text with any number of YAML documents; empty ones are left out.
   *
   * @param options Everything by name.
   *
   * @example
   * const objects = decode_yaml_stream(local('cat k8s/web.yaml', { quiet: true }));
   * k8s_yaml(objects.filter(({ kind }) => kind !== 'Ingress'));
   */
  export function decode_yaml_stream<T = any>(options: { /** The text. */ yaml: string | Blob }): T[];
  /**
   * Reads a text with any number of YAML documents; empty ones are left out.
   *
   * @param yaml The text.
   *
   * @example
   * const objects = decode_yaml_stream(local('cat k8s/web.yaml', { quiet: true }));
   * k8s_yaml(objects.filter(({ kind }) => kind !== 'Ingress'));
   */
  export function decode_yaml_stream<T = any>(yaml: string | Blob): T[];
  /**
   * Writes a value as YAML, with sorted keys.
   *
   * @param obj The value.
   *
   * @example
   * const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'app' }, data: { STAGE: 'dev' } };
   * k8s_yaml(encode_yaml(config));
   */
  export function encode_yaml(obj: unknown): Blob;
  /**
   * Writes each value of a list as a YAML document.
   *
   * @param options Everything by name.
   *
   * @example
   * const namespaces = ['shop', 'mail'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
   * k8s_yaml(encode_yaml_stream(namespaces));
   */
  export function encode_yaml_stream(options: { /** The values. */ objs: readonly unknown[] }): Blob;
  /**
   * Writes each value of a list as a YAML document.
   *
   * @param objs The values.
   *
   * @example
   * const namespaces = ['shop', 'mail'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
   * k8s_yaml(encode_yaml_stream(namespaces));
   */
  export function encode_yaml_stream(objs: readonly unknown[]): Blob;
  /**
   * Reads a JSON file. When the file changes, the Tiltfile is loaded again.
   *
   * @param options Everything by name.
   *
   * @example
   * const { version } = read_json('package.json');
   * print('version', version);
   */
  export function read_json<T = any>(options: { /** The file. */ paths: string | GitRepo } & ReadJsonOptions): T;
  /**
   * Reads a JSON file. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param default_ What to answer when the file does not exist. Without it that is an error.
   * @param options What else is to be said, by name.
   *
   * @example
   * const { version } = read_json('package.json');
   * print('version', version);
   */
  export function read_json<T = any>(paths: string | GitRepo, default_: string | Blob | number | bigint | boolean | null | readonly unknown[], options?: ReadJsonOptions): T;
  /**
   * Reads a JSON file. When the file changes, the Tiltfile is loaded again.
   *
   * @param paths The file.
   * @param options What else is to be said, by name.
   *
   * @example
   * const { version } = read_json('package.json');
   * print('version', version);
   */
  export function read_json<T = any>(paths: string | GitRepo, options?: ReadJsonOptions): T;
  /**
   * Reads a text with one JSON value. Whole numbers that JavaScript cannot hold exactly become bigints.
   *
   * @param options Everything by name.
   *
   * @example
   * const ports = decode_json(read_file('ports.json'));
   * for (const [name, port] of Object.entries(ports)) print(name, port);
   */
  export function decode_json<T = any>(options: { /** The text. */ json: string | Blob }): T;
  /**
   * Reads a text with one JSON value. Whole numbers that JavaScript cannot hold exactly become bigints.
   *
   * @param json The text.
   *
   * @example
   * const ports = decode_json(read_file('ports.json'));
   * for (const [name, port] of Object.entries(ports)) print(name, port);
   */
  export function decode_json<T = any>(json: string | Blob): T;
  /**
   * Writes a value as JSON, with sorted keys and indented by two blanks.
   *
   * @param obj The value.
   *
   * @example
   * local_resource('api', 'make', { env: { SETTINGS: encode_json({ stage: 'dev' }) } });
   */
  export function encode_json(obj: unknown): string;
  /**
   * Runs another Tiltfile for what it declares. A file runs once, however often it is included.
   *
   * @param options Everything by name.
   *
   * @example
   * include('./services/api/Tiltfile.ts');
   */
  export function include(options: { /** The file, or an extension (`ext://name`). Its own paths are relative to it. */ path: string }): void;
  /**
   * Runs another Tiltfile for what it declares. A file runs once, however often it is included.
   *
   * @param path The file, or an extension (`ext://name`). Its own paths are relative to it.
   *
   * @example
   * include('./services/api/Tiltfile.ts');
   */
  export function include(path: string): void;
  /**
   * Runs another file and answers what it exports, by name. Unlike `import`, the path can be computed.
   *
   * @param options Everything by name.
   *
   * @example
   * const theme = load_dynamic('./themes/blue.js');
   */
  export function load_dynamic<T extends object = Record<string, any>>(options: { /** The file, or an extension (`ext://name`). Its own paths are relative to it. */ path: string | Blob }): Readonly<T>;
  /**
   * Runs another file and answers what it exports, by name. Unlike `import`, the path can be computed.
   *
   * @param path The file, or an extension (`ext://name`). Its own paths are relative to it.
   *
   * @example
   * const theme = load_dynamic('./themes/blue.js');
   */
  export function load_dynamic<T extends object = Record<string, any>>(path: string | Blob): Readonly<T>;
  /**
   * Makes an object whose fields cannot be replaced.
   *
   * @param fields The fields.
   *
   * @example
   * const defaults = struct({ registry: 'localhost:5000', labels: ['backend'] });
   */
  export function struct<T extends object>(fields: T): Readonly<T>;
  /**
   * Writes values to the log, with a blank between them. Lists, dicts, booleans and None look as in Python.
   *
   * @param values What to write.
   *
   * @example
   * print('images:', ['web', 'api'], { sep: ' ' });
   */
  export function print(...values: unknown[]): void;
  /**
   * Writes a warning to the log.
   *
   * @param options Everything by name.
   *
   * @example
   * if (os.getenv('STAGE') === null) warn('STAGE is not set: this is like "dev"');
   */
  export function warn(options: { /** The warning. */ msg: string }): void;
  /**
   * Writes a warning to the log.
   *
   * @param msg The warning.
   *
   * @example
   * if (os.getenv('STAGE') === null) warn('STAGE is not set: this is like "dev"');
   */
  export function warn(msg: string): void;
  /**
   * Ends the Tiltfile with an error.
   *
   * @param options Everything by name.
   *
   * @example
   * if (!os.path.exists('certs/dev.pem')) fail('certs/dev.pem is missing: run "make certs" first');
   */
  export function fail(options: { /** Why. */ msg: string }): never;
  /**
   * Ends the Tiltfile with an error.
   *
   * @param msg Why.
   *
   * @example
   * if (!os.path.exists('certs/dev.pem')) fail('certs/dev.pem is missing: run "make certs" first');
   */
  export function fail(msg: string): never;
  /**
   * Ends the Tiltfile here. What it declared so far counts; this is no error.
   *
   * @param code Written to the log when given.
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('lint', 'npm run lint');
   * if (config.tilt_subcommand !== 'ci') exit('only lint, please');
   */
  export function exit(code: string | Blob | number | bigint | boolean | null | readonly unknown[], options?: ExitOptions): never;
  /**
   * Ends the Tiltfile here. What it declared so far counts; this is no error.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * local_resource('lint', 'npm run lint');
   * if (config.tilt_subcommand !== 'ci') exit('only lint, please');
   */
  export function exit(options?: ExitOptions): never;
  /**
   * Says whether Tilt may count its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing.
   *
   * @param options Everything by name.
   *
   * @example
   * analytics_settings({ enable: false });
   */
  export function analytics_settings(options: { /** Whether it may. */ enable: boolean }): void;
  /**
   * Says whether Tilt may count its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing.
   *
   * @param enable Whether it may.
   *
   * @example
   * analytics_settings({ enable: false });
   */
  export function analytics_settings(enable: boolean): void;
  /**
   * Names the team in Tilt Cloud. Accepted for the sake of Tiltfiles that say it: there is no cloud here.
   *
   * @param options Everything by name.
   *
   * @example
   * set_team('8c1f3a52-0000-4000-8000-000000000001');
   */
  export function set_team(options: { /** The id of the team. */ team_id: string }): void;
  /**
   * Names the team in Tilt Cloud. Accepted for the sake of Tiltfiles that say it: there is no cloud here.
   *
   * @param team_id The id of the team.
   *
   * @example
   * set_team('8c1f3a52-0000-4000-8000-000000000001');
   */
  export function set_team(team_id: string): void;
  /**
   * Switches a feature of Tilt on. Accepted for the sake of Tiltfiles that say it.
   *
   * @param options Everything by name.
   *
   * @example
   * enable_feature('cluster_refresh');
   */
  export function enable_feature(options: { /** Its name: `snapshots` or `cluster_refresh`. Others of old are named in a warning. */ msg: string }): void;
  /**
   * Switches a feature of Tilt on. Accepted for the sake of Tiltfiles that say it.
   *
   * @param msg Its name: `snapshots` or `cluster_refresh`. Others of old are named in a warning.
   *
   * @example
   * enable_feature('cluster_refresh');
   */
  export function enable_feature(msg: string): void;
  /**
   * Switches a feature of Tilt off. Accepted for the sake of Tiltfiles that say it.
   *
   * @param options Everything by name.
   *
   * @example
   * disable_feature('snapshots');
   */
  export function disable_feature(options: { /** Its name: `snapshots` or `cluster_refresh`. Others of old are named in a warning. */ msg: string }): void;
  /**
   * Switches a feature of Tilt off. Accepted for the sake of Tiltfiles that say it.
   *
   * @param msg Its name: `snapshots` or `cluster_refresh`. Others of old are named in a warning.
   *
   * @example
   * disable_feature('snapshots');
   */
  export function disable_feature(msg: string): void;
  /**
   * Hides what makes snapshots of a session.
   *
   * @example
   * disable_snapshots();
   */
  export function disable_snapshots(): void;
  /**
   * Adds to what Tilt counts of its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing.
   *
   * @param tags What to add.
   *
   * @example
   * experimental_analytics_report({ team: 'web' });
   */
  export function experimental_analytics_report(tags: Readonly<Record<string, string | Blob>> | null): void;
  /**
   * Does nothing any more, in Tilt and here.
   *
   * @param settings Anything.
   *
   * @example
   * experimental_metrics_settings({ enabled: true });
   */
  export function experimental_metrics_settings(...settings: unknown[]): void;
  /**
   * Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.
   *
   * @param options Everything by name.
   *
   * @example
   * experimental_telemetry_cmd('./send-times.sh', { period: '5m' });
   */
  export function experimental_telemetry_cmd(options: { /** A line for the shell, or a program and its arguments in a list. */ cmd: string | readonly string[] } & ExperimentalTelemetryCmdOptions): void;
  /**
   * Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.
   *
   * @param cmd A line for the shell, or a program and its arguments in a list.
   * @param cmd_bat Taken instead on Windows.
   * @param period How often, such as `30s`; 60 s when not given.
   * @param dir Where it runs. By default the folder of the Tiltfile.
   *
   * @example
   * experimental_telemetry_cmd('./send-times.sh', { period: '5m' });
   */
  export function experimental_telemetry_cmd(cmd: string | readonly string[], cmd_bat?: string | readonly string[], period?: string, dir?: string | null): void;
  /**
   * Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.
   *
   * @param cmd A line for the shell, or a program and its arguments in a list.
   * @param cmd_bat Taken instead on Windows.
   * @param period How often, such as `30s`; 60 s when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * experimental_telemetry_cmd('./send-times.sh', { period: '5m' });
   */
  export function experimental_telemetry_cmd(cmd: string | readonly string[], cmd_bat: string | readonly string[], period: string, options?: ExperimentalTelemetryCmdOptions): void;
  /**
   * Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.
   *
   * @param cmd A line for the shell, or a program and its arguments in a list.
   * @param cmd_bat Taken instead on Windows.
   * @param options What else is to be said, by name.
   *
   * @example
   * experimental_telemetry_cmd('./send-times.sh', { period: '5m' });
   */
  export function experimental_telemetry_cmd(cmd: string | readonly string[], cmd_bat: string | readonly string[], options?: ExperimentalTelemetryCmdOptions): void;
  /**
   * Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here.
   *
   * @param cmd A line for the shell, or a program and its arguments in a list.
   * @param options What else is to be said, by name.
   *
   * @example
   * experimental_telemetry_cmd('./send-times.sh', { period: '5m' });
   */
  export function experimental_telemetry_cmd(cmd: string | readonly string[], options?: ExperimentalTelemetryCmdOptions): void;
  /**
   * Declares how to build an image. It is built when a Kubernetes object or a Compose service runs it, and put there in its place.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_build('example/web', './web', { ignore: ['**\/*.md'] });
   * k8s_yaml('k8s/web.yaml');
   */
  export function docker_build(options: { /** The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant. */ ref: string; /** The folder that is sent to the Docker engine. Changes in it build the image again. */ context: string | GitRepo } & DockerBuildOptions): void;
  /**
   * Declares how to build an image. It is built when a Kubernetes object or a Compose service runs it, and put there in its place.
   *
   * @param ref The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.
   * @param context The folder that is sent to the Docker engine. Changes in it build the image again.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_build('example/web', './web', { ignore: ['**\/*.md'] });
   * k8s_yaml('k8s/web.yaml');
   */
  export function docker_build(ref: string, context: string | GitRepo, options?: DockerBuildOptions): void;
  /**
   * Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.
   *
   * @param options Everything by name.
   *
   * @example
   * custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });
   */
  export function custom_build(options: { /** The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant. */ ref: string; /** Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list. */ command: string | readonly string[]; /** Files and folders whose changes build it again. */ deps: string | GitRepo | readonly (string | GitRepo)[] | null } & CustomBuildOptions): CustomBuild;
  /**
   * Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.
   *
   * @param ref The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.
   * @param command Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list.
   * @param deps Files and folders whose changes build it again.
   * @param tag The tag that the command gives the image by itself; without it EXPECTED_REF has one of its own.
   * @param disable_push The command brings the image to the cluster by itself.
   * @param skips_local_docker The command brings the image to its registry and leaves none in the Docker engine.
   * @param live_update How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order.
   * @param match_in_env_vars Also look for the image in the values of environment variables.
   * @param ignore Patterns of files whose changes build nothing, in the language of .dockerignore.
   * @param entrypoint Replaces the command of the containers that run the image.
   * @param container_args Replaces the arguments of the containers that run the image.
   * @param command_bat_val The old name of `command_bat`.
   * @param outputs_image_ref_to A file into which the command writes the whole reference of what it built, with a tag of its own.
   * @param command_bat Taken instead of `command` on Windows.
   * @param image_deps Images that are built before: the command finds them in TILT_IMAGE_0, TILT_IMAGE_1, …
   *
   * @example
   * custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });
   */
  export function custom_build(ref: string, command: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, tag?: string, disable_push?: boolean, skips_local_docker?: boolean, live_update?: LiveUpdateStep | readonly LiveUpdateStep[] | null, match_in_env_vars?: boolean, ignore?: string | readonly string[] | null, entrypoint?: string | readonly string[], container_args?: readonly string[], command_bat_val?: string | readonly string[], outputs_image_ref_to?: string | GitRepo, command_bat?: string | readonly string[], image_deps?: readonly (string | Blob)[] | null): CustomBuild;
  /**
   * Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.
   *
   * @param ref The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.
   * @param command Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list.
   * @param deps Files and folders whose changes build it again.
   * @param tag The tag that the command gives the image by itself; without it EXPECTED_REF has one of its own.
   * @param disable_push The command brings the image to the cluster by itself.
   * @param options What else is to be said, by name.
   *
   * @example
   * custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });
   */
  export function custom_build(ref: string, command: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, tag: string, disable_push: boolean, options?: CustomBuildOptions): CustomBuild;
  /**
   * Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.
   *
   * @param ref The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.
   * @param command Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list.
   * @param deps Files and folders whose changes build it again.
   * @param tag The tag that the command gives the image by itself; without it EXPECTED_REF has one of its own.
   * @param options What else is to be said, by name.
   *
   * @example
   * custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });
   */
  export function custom_build(ref: string, command: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, tag: string, options?: CustomBuildOptions): CustomBuild;
  /**
   * Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place.
   *
   * @param ref The image as Kubernetes objects name it: `example/web`. A tag says that only this tag is meant.
   * @param command Builds the image and tags it with the value of the environment variable EXPECTED_REF: a line for the shell, or a program and its arguments in a list.
   * @param deps Files and folders whose changes build it again.
   * @param options What else is to be said, by name.
   *
   * @example
   * custom_build('example/web', 'buildah bud -t $EXPECTED_REF web', ['web'], { skips_local_docker: true });
   */
  export function custom_build(ref: string, command: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, options?: CustomBuildOptions): CustomBuild;
  /**
   * A step of a live update, the first one: all files of its `sync` steps are copied once when a container starts.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [initial_sync(), sync('src', '/app/src')] });
   */
  export function initial_sync(): LiveUpdateStep;
  /**
   * A step of a live update, before all `sync` steps: changes of these files build the whole image.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [fall_back_on('package.json'), sync('src', '/app/src')] });
   */
  export function fall_back_on(options: { /** Files or folders that belong to the image. */ paths: string | GitRepo | readonly (string | GitRepo)[] | null }): LiveUpdateStep;
  /**
   * A step of a live update, before all `sync` steps: changes of these files build the whole image.
   *
   * @param paths Files or folders that belong to the image.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [fall_back_on('package.json'), sync('src', '/app/src')] });
   */
  export function fall_back_on(paths: string | GitRepo | readonly (string | GitRepo)[] | null): LiveUpdateStep;
  /**
   * A step of a live update: changed files are copied into the container.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [sync('src', '/app/src')] });
   */
  export function sync(options: { /** A file or a folder that belongs to the image. */ local_path: string; /** Where it is in the container; an absolute path. */ remote_path: string }): LiveUpdateStep;
  /**
   * A step of a live update: changed files are copied into the container.
   *
   * @param local_path A file or a folder that belongs to the image.
   * @param remote_path Where it is in the container; an absolute path.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [sync('src', '/app/src')] });
   */
  export function sync(local_path: string, remote_path: string): LiveUpdateStep;
  /**
   * A step of a live update, after all `sync` steps: a command in the container.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_build('example/web', '.', {
   *   live_update: [sync('.', '/app'), run('npm ci', { trigger: 'package-lock.json' })],
   * });
   */
  export function run(options: { /** A line for the container's shell, or a program and its arguments in a list. */ cmd: string | readonly string[] } & RunOptions): LiveUpdateStep;
  /**
   * A step of a live update, after all `sync` steps: a command in the container.
   *
   * @param cmd A line for the container's shell, or a program and its arguments in a list.
   * @param trigger Files or folders whose changes run it; by default any that are synced.
   * @param echo_off Do not write the command itself to the log.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_build('example/web', '.', {
   *   live_update: [sync('.', '/app'), run('npm ci', { trigger: 'package-lock.json' })],
   * });
   */
  export function run(cmd: string | readonly string[], trigger: string | readonly string[] | null, echo_off: boolean, options?: RunOptions): LiveUpdateStep;
  /**
   * A step of a live update, after all `sync` steps: a command in the container.
   *
   * @param cmd A line for the container's shell, or a program and its arguments in a list.
   * @param trigger Files or folders whose changes run it; by default any that are synced.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_build('example/web', '.', {
   *   live_update: [sync('.', '/app'), run('npm ci', { trigger: 'package-lock.json' })],
   * });
   */
  export function run(cmd: string | readonly string[], trigger: string | readonly string[] | null, options?: RunOptions): LiveUpdateStep;
  /**
   * A step of a live update, after all `sync` steps: a command in the container.
   *
   * @param cmd A line for the container's shell, or a program and its arguments in a list.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_build('example/web', '.', {
   *   live_update: [sync('.', '/app'), run('npm ci', { trigger: 'package-lock.json' })],
   * });
   */
  export function run(cmd: string | readonly string[], options?: RunOptions): LiveUpdateStep;
  /**
   * A step of a live update, the last one: the container starts anew. Only for services of Docker Compose.
   *
   * @example
   * docker_build('example/web', '.', { live_update: [sync('src', '/app/src'), restart_container()] });
   */
  export function restart_container(): LiveUpdateStep;
  /**
   * Declares Kubernetes objects. Those that run images become resources, with the Services that select their pods.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
   */
  export function k8s_yaml(options: { /** A path of a YAML file, a Blob of YAML, an object, or a list of these. */ yaml: string | Blob | KubernetesObject | readonly (string | Blob | KubernetesObject)[] } & K8sYamlOptions): void;
  /**
   * Declares Kubernetes objects. Those that run images become resources, with the Services that select their pods.
   *
   * @param yaml A path of a YAML file, a Blob of YAML, an object, or a list of these.
   * @param allow_duplicates Whether objects may be declared that are declared already.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
   */
  export function k8s_yaml(yaml: string | Blob | KubernetesObject | readonly (string | Blob | KubernetesObject)[], allow_duplicates: boolean, options?: K8sYamlOptions): void;
  /**
   * Declares Kubernetes objects. Those that run images become resources, with the Services that select their pods.
   *
   * @param yaml A path of a YAML file, a Blob of YAML, an object, or a list of these.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_yaml({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
   */
  export function k8s_yaml(yaml: string | Blob | KubernetesObject | readonly (string | Blob | KubernetesObject)[], options?: K8sYamlOptions): void;
  /**
   * Parts Kubernetes objects in two: those that fit all that is asked for, and the rest. Patterns are regular expressions in the language of RE2; they are looked for anywhere in a field (`^web$` fits nothing but `web`), and large and small letters are the same to them.
   *
   * @param options Everything by name.
   *
   * @example
   * const [services, rest] = filter_yaml(helm('./chart'), { kind: '^service$' });
   * k8s_yaml(rest);
   */
  export function filter_yaml(options: { /** A path of a YAML file, a Blob of YAML, or a list of these and of objects. */ yaml: string | Blob | readonly (string | Blob | KubernetesObject)[] } & FilterYamlOptions): [matching: Blob, rest: Blob];
  /**
   * Parts Kubernetes objects in two: those that fit all that is asked for, and the rest. Patterns are regular expressions in the language of RE2; they are looked for anywhere in a field (`^web$` fits nothing but `web`), and large and small letters are the same to them.
   *
   * @param yaml A path of a YAML file, a Blob of YAML, or a list of these and of objects.
   * @param options What else is to be said, by name.
   *
   * @example
   * const [services, rest] = filter_yaml(helm('./chart'), { kind: '^service$' });
   * k8s_yaml(rest);
   */
  export function filter_yaml(yaml: string | Blob | readonly (string | Blob | KubernetesObject)[], options?: FilterYamlOptions): [matching: Blob, rest: Blob];
  /**
   * Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));
   */
  export function helm(options: { /** The folder of the chart. */ paths: string | GitRepo } & HelmOptions): Blob;
  /**
   * Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.
   *
   * @param paths The folder of the chart.
   * @param name The name of the release; `chart` when not given.
   * @param namespace The namespace of all objects that name none.
   * @param values Values files. Of several the last wins.
   * @param set Values, as in helm's `--set`: `image.tag=dev`.
   * @param kube_version The version of Kubernetes that the chart is told.
   * @param skip_crds Leave out the chart's CRDs.
   *
   * @example
   * k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));
   */
  export function helm(paths: string | GitRepo, name?: string, namespace?: string, values?: string | Blob | readonly (string | Blob)[] | null, set?: string | Blob | readonly (string | Blob)[] | null, kube_version?: string, skip_crds?: boolean): Blob;
  /**
   * Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.
   *
   * @param paths The folder of the chart.
   * @param name The name of the release; `chart` when not given.
   * @param namespace The namespace of all objects that name none.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));
   */
  export function helm(paths: string | GitRepo, name: string, namespace: string, options?: HelmOptions): Blob;
  /**
   * Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.
   *
   * @param paths The folder of the chart.
   * @param name The name of the release; `chart` when not given.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));
   */
  export function helm(paths: string | GitRepo, name: string, options?: HelmOptions): Blob;
  /**
   * Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.
   *
   * @param paths The folder of the chart.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));
   */
  export function helm(paths: string | GitRepo, options?: HelmOptions): Blob;
  /**
   * Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_yaml(kustomize('./overlays/dev', { flags: ['--enable-helm'] }));
   */
  export function kustomize(options: { /** The folder of the kustomization. */ paths: string | GitRepo } & KustomizeOptions): Blob;
  /**
   * Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes.
   *
   * @param paths The folder of the kustomization.
   * @param kustomize_bin The program to run, by its path.
   * @param flags Flags for the program, before the folder.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(kustomize('./overlays/dev', { flags: ['--enable-helm'] }));
   */
  export function kustomize(paths: string | GitRepo, kustomize_bin: string | GitRepo, flags: readonly (string | Blob)[] | null, options?: KustomizeOptions): Blob;
  /**
   * Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes.
   *
   * @param paths The folder of the kustomization.
   * @param kustomize_bin The program to run, by its path.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(kustomize('./overlays/dev', { flags: ['--enable-helm'] }));
   */
  export function kustomize(paths: string | GitRepo, kustomize_bin: string | GitRepo, options?: KustomizeOptions): Blob;
  /**
   * Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes.
   *
   * @param paths The folder of the kustomization.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(kustomize('./overlays/dev', { flags: ['--enable-helm'] }));
   */
  export function kustomize(paths: string | GitRepo, options?: KustomizeOptions): Blob;
  /**
   * Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up.
   *
   * @param workload The resource to configure: the name of its workload.
   * @param new_name Renames the resource; without `workload`, names a new one made of `objects`.
   * @param port_forwards Ports of this machine that lead to its pods: `8080`, `"8080:80"`, `"127.0.0.2:8080:80"`, `port_forward(…)`.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_resource('web', { port_forwards: '8080:80', resource_deps: ['db'] });
   */
  export function k8s_resource(workload?: string | Blob, new_name?: string | Blob, port_forwards?: number | string | PortForward | readonly (number | string | PortForward)[] | null): void;
  /**
   * Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up.
   *
   * @param workload The resource to configure: the name of its workload.
   * @param new_name Renames the resource; without `workload`, names a new one made of `objects`.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_resource('web', { port_forwards: '8080:80', resource_deps: ['db'] });
   */
  export function k8s_resource(workload: string | Blob, new_name: string | Blob, options?: K8sResourceOptions): void;
  /**
   * Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up.
   *
   * @param workload The resource to configure: the name of its workload.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_resource('web', { port_forwards: '8080:80', resource_deps: ['db'] });
   */
  export function k8s_resource(workload: string | Blob, options?: K8sResourceOptions): void;
  /**
   * Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up.
   *
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);
   * k8s_resource('web', { port_forwards: '8080:80', resource_deps: ['db'] });
   */
  export function k8s_resource(options?: K8sResourceOptions): void;
  /**
   * Declares a resource that commands of yours deploy to the cluster.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);
   */
  export function k8s_custom_deploy(options: { /** Names the resource. */ name: string; /** Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list. */ apply_cmd: string | readonly string[]; /** Takes everything away again; what is gone already is no error. */ delete_cmd: string | readonly string[]; /** Files and folders whose changes deploy it again. */ deps: string | GitRepo | readonly (string | GitRepo)[] | null } & K8sCustomDeployOptions): void;
  /**
   * Declares a resource that commands of yours deploy to the cluster.
   *
   * @param name Names the resource.
   * @param apply_cmd Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list.
   * @param delete_cmd Takes everything away again; what is gone already is no error.
   * @param deps Files and folders whose changes deploy it again.
   * @param image_selector For `live_update`: the image whose containers are updated.
   * @param live_update How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order.
   * @param apply_dir Where `apply_cmd` runs. By default the folder of the Tiltfile.
   *
   * @example
   * k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);
   */
  export function k8s_custom_deploy(name: string, apply_cmd: string | readonly string[], delete_cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, image_selector?: string, live_update?: LiveUpdateStep | readonly LiveUpdateStep[] | null, apply_dir?: string | null): void;
  /**
   * Declares a resource that commands of yours deploy to the cluster.
   *
   * @param name Names the resource.
   * @param apply_cmd Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list.
   * @param delete_cmd Takes everything away again; what is gone already is no error.
   * @param deps Files and folders whose changes deploy it again.
   * @param image_selector For `live_update`: the image whose containers are updated.
   * @param live_update How changed files come into running containers without a new image: `initial_sync`, `fall_back_on`, `sync` and `run`, in this order.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);
   */
  export function k8s_custom_deploy(name: string, apply_cmd: string | readonly string[], delete_cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, image_selector: string, live_update: LiveUpdateStep | readonly LiveUpdateStep[] | null, options?: K8sCustomDeployOptions): void;
  /**
   * Declares a resource that commands of yours deploy to the cluster.
   *
   * @param name Names the resource.
   * @param apply_cmd Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list.
   * @param delete_cmd Takes everything away again; what is gone already is no error.
   * @param deps Files and folders whose changes deploy it again.
   * @param image_selector For `live_update`: the image whose containers are updated.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);
   */
  export function k8s_custom_deploy(name: string, apply_cmd: string | readonly string[], delete_cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, image_selector: string, options?: K8sCustomDeployOptions): void;
  /**
   * Declares a resource that commands of yours deploy to the cluster.
   *
   * @param name Names the resource.
   * @param apply_cmd Deploys, and prints the objects that it applied as YAML: their pods are followed. A line for the shell, or a program and its arguments in a list.
   * @param delete_cmd Takes everything away again; what is gone already is no error.
   * @param deps Files and folders whose changes deploy it again.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_custom_deploy('web', 'helm template web ./chart | kubectl apply -o yaml -f -', 'helm template web ./chart | kubectl delete --ignore-not-found -f -', ['chart']);
   */
  export function k8s_custom_deploy(name: string, apply_cmd: string | readonly string[], delete_cmd: string | readonly string[], deps: string | GitRepo | readonly (string | GitRepo)[] | null, options?: K8sCustomDeployOptions): void;
  /**
   * Says of a kind of objects that they are workloads, where they hold their images, and when they count as running.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_kind('Function', { image_json_path: '{.spec.image}', pod_readiness: 'ignore' });
   */
  export function k8s_kind(options: { /** The kind; a regular expression that is looked for anywhere in it, in small and large letters alike. */ kind: string } & K8sKindOptions): void;
  /**
   * Says of a kind of objects that they are workloads, where they hold their images, and when they count as running.
   *
   * @param kind The kind; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_kind('Function', { image_json_path: '{.spec.image}', pod_readiness: 'ignore' });
   */
  export function k8s_kind(kind: string, options?: K8sKindOptions): void;
  /**
   * Says where objects hold image references outside of pod specs. They count as workloads then.
   *
   * @param options Everything by name.
   *
   * @example
   * k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });
   */
  export function k8s_image_json_path(options: { /** One JSON path or a list of them: `{.spec.image}`. */ paths: string | readonly string[] | null } & K8sImageJsonPathOptions): void;
  /**
   * Says where objects hold image references outside of pod specs. They count as workloads then.
   *
   * @param paths One JSON path or a list of them: `{.spec.image}`.
   * @param api_version Their version; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param kind Their kind; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param name Their name; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param namespace Their namespace; a regular expression that is looked for anywhere in it, in small and large letters alike.
   *
   * @example
   * k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });
   */
  export function k8s_image_json_path(paths: string | readonly string[] | null, api_version?: string, kind?: string, name?: string, namespace?: string): void;
  /**
   * Says where objects hold image references outside of pod specs. They count as workloads then.
   *
   * @param paths One JSON path or a list of them: `{.spec.image}`.
   * @param api_version Their version; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param kind Their kind; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });
   */
  export function k8s_image_json_path(paths: string | readonly string[] | null, api_version: string, kind: string, options?: K8sImageJsonPathOptions): void;
  /**
   * Says where objects hold image references outside of pod specs. They count as workloads then.
   *
   * @param paths One JSON path or a list of them: `{.spec.image}`.
   * @param api_version Their version; a regular expression that is looked for anywhere in it, in small and large letters alike.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });
   */
  export function k8s_image_json_path(paths: string | readonly string[] | null, api_version: string, options?: K8sImageJsonPathOptions): void;
  /**
   * Says where objects hold image references outside of pod specs. They count as workloads then.
   *
   * @param paths One JSON path or a list of them: `{.spec.image}`.
   * @param options What else is to be said, by name.
   *
   * @example
   * k8s_image_json_path('{.data.image}', { kind: 'ConfigMap', name: 'job-template' });
   */
  export function k8s_image_json_path(paths: string | readonly string[] | null, options?: K8sImageJsonPathOptions): void;
  /**
   * Names the resources of workloads: the function is called with each of them when the Tiltfile has run. Without it they have the names of their objects.
   *
   * @param options Everything by name.
   *
   * @example
   * workload_to_resource_function(({ name, namespace }) => `${namespace}-${name}`);
   */
  export function workload_to_resource_function(options: { /** Answers the name of the resource. */ func: (workload: K8sObjectID) => string }): void;
  /**
   * Names the resources of workloads: the function is called with each of them when the Tiltfile has run. Without it they have the names of their objects.
   *
   * @param func Answers the name of the resource.
   *
   * @example
   * workload_to_resource_function(({ name, namespace }) => `${namespace}-${name}`);
   */
  export function workload_to_resource_function(func: (workload: K8sObjectID) => string): void;
  /**
   * Allows to deploy to Kubernetes contexts beside those of local clusters (kind, minikube, k3d, Docker Desktop, …), which are always allowed.
   *
   * @param options Everything by name.
   *
   * @example
   * allow_k8s_contexts(['staging', 'dev-cluster']);
   */
  export function allow_k8s_contexts(options: { /** Names of contexts. */ contexts: string | readonly string[] | null }): void;
  /**
   * Allows to deploy to Kubernetes contexts beside those of local clusters (kind, minikube, k3d, Docker Desktop, …), which are always allowed.
   *
   * @param contexts Names of contexts.
   *
   * @example
   * allow_k8s_contexts(['staging', 'dev-cluster']);
   */
  export function allow_k8s_contexts(contexts: string | readonly string[] | null): void;
  /**
   * Answers the name of the Kubernetes context that is used. Empty when there is none.
   *
   * @example
   * if (k8s_context() === 'production') fail('not here');
   */
  export function k8s_context(): string;
  /**
   * Answers the namespace of the Kubernetes context that is used: `default` when it names none, empty when there is no context.
   *
   * @example
   * print('deploying to', k8s_namespace() || 'nowhere');
   */
  export function k8s_namespace(): string;
  /**
   * Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins.
   *
   * @param options Everything by name.
   *
   * @example
   * default_registry('registry.example.com/dev');
   */
  export function default_registry(options: { /** The registry, with a path if it needs one: `registry.example.com/dev`. */ host: string } & DefaultRegistryOptions): void;
  /**
   * Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins.
   *
   * @param host The registry, with a path if it needs one: `registry.example.com/dev`.
   * @param host_from_cluster The same registry as the cluster calls it, where that is another name.
   * @param single_name One repository for all images, which are then told apart by their tags, as ECR wants it.
   * @param options What else is to be said, by name.
   *
   * @example
   * default_registry('registry.example.com/dev');
   */
  export function default_registry(host: string, host_from_cluster: string, single_name: string, options?: DefaultRegistryOptions): void;
  /**
   * Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins.
   *
   * @param host The registry, with a path if it needs one: `registry.example.com/dev`.
   * @param host_from_cluster The same registry as the cluster calls it, where that is another name.
   * @param options What else is to be said, by name.
   *
   * @example
   * default_registry('registry.example.com/dev');
   */
  export function default_registry(host: string, host_from_cluster: string, options?: DefaultRegistryOptions): void;
  /**
   * Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins.
   *
   * @param host The registry, with a path if it needs one: `registry.example.com/dev`.
   * @param options What else is to be said, by name.
   *
   * @example
   * default_registry('registry.example.com/dev');
   */
  export function default_registry(host: string, options?: DefaultRegistryOptions): void;
  /**
   * Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });
   * docker_build('example/web', './web');
   * dc_resource('web', { labels: 'app', resource_deps: ['db'] });
   */
  export function docker_compose(options: { /** A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other. */ configPaths: string | Blob | readonly (string | Blob)[] | null } & DockerComposeOptions): void;
  /**
   * Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.
   *
   * @param configPaths A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other.
   * @param env_file A file of variables for the Compose files. By default `.env` in the folder of the project.
   * @param project_name Names the project. By default it is called like the folder of its first file, or that of the Tiltfile.
   * @param profiles Profiles whose services are taken, too. By default those in COMPOSE_PROFILES.
   * @param wait Taken as in Tilt, and not needed: a service is ready when its health check is content, in any case.
   *
   * @example
   * docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });
   * docker_build('example/web', './web');
   * dc_resource('web', { labels: 'app', resource_deps: ['db'] });
   */
  export function docker_compose(configPaths: string | Blob | readonly (string | Blob)[] | null, env_file?: string | GitRepo, project_name?: string, profiles?: string | Blob | readonly (string | Blob)[] | null, wait?: boolean | null): void;
  /**
   * Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.
   *
   * @param configPaths A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other.
   * @param env_file A file of variables for the Compose files. By default `.env` in the folder of the project.
   * @param project_name Names the project. By default it is called like the folder of its first file, or that of the Tiltfile.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });
   * docker_build('example/web', './web');
   * dc_resource('web', { labels: 'app', resource_deps: ['db'] });
   */
  export function docker_compose(configPaths: string | Blob | readonly (string | Blob)[] | null, env_file: string | GitRepo, project_name: string, options?: DockerComposeOptions): void;
  /**
   * Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.
   *
   * @param configPaths A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other.
   * @param env_file A file of variables for the Compose files. By default `.env` in the folder of the project.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });
   * docker_build('example/web', './web');
   * dc_resource('web', { labels: 'app', resource_deps: ['db'] });
   */
  export function docker_compose(configPaths: string | Blob | readonly (string | Blob)[] | null, env_file: string | GitRepo, options?: DockerComposeOptions): void;
  /**
   * Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files.
   *
   * @param configPaths A path of a Compose file, a Blob of YAML, or a list of these, which Compose merges in this order. Blobs stand next to each other.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose(['compose.yml', 'compose.dev.yml'], { profiles: 'dev' });
   * docker_build('example/web', './web');
   * dc_resource('web', { labels: 'app', resource_deps: ['db'] });
   */
  export function docker_compose(configPaths: string | Blob | readonly (string | Blob)[] | null, options?: DockerComposeOptions): void;
  /**
   * Configures the resource of a service of docker_compose. Several calls for one resource add up.
   *
   * @param options Everything by name.
   *
   * @example
   * docker_compose('compose.yml');
   * dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });
   */
  export function dc_resource(options: { /** The service, by the name of its resource. */ name: string } & DcResourceOptions): void;
  /**
   * Configures the resource of a service of docker_compose. Several calls for one resource add up.
   *
   * @param name The service, by the name of its resource.
   * @param image The image of docker_build that the service runs, where its Compose file names another one or none.
   * @param trigger_mode Whether changes update it by themselves or only when someone asks for it.
   * @param resource_deps Names of resources that must have been ready once before this one starts, beside what its Compose file says.
   * @param infer_links Whether its published ports are shown as links. They are by default.
   * @param links Addresses to show with it.
   * @param labels Groups in which it is shown.
   * @param auto_init Whether it starts with the session. It does by default.
   * @param project_name The project, where several have a service of this name.
   * @param new_name Renames the resource. Services that depend on it follow.
   * @param timeout How long Compose may take to build and start it.
   * @param readiness_timeout How long it may take in `tilt-ts ci` from its start to its readiness.
   *
   * @example
   * docker_compose('compose.yml');
   * dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });
   */
  export function dc_resource(name: string, image?: string, trigger_mode?: TriggerMode, resource_deps?: readonly string[], infer_links?: boolean | null, links?: string | Link | readonly (string | Link)[] | null, labels?: string | readonly (string | Blob)[] | null, auto_init?: boolean | null, project_name?: string, new_name?: string, timeout?: string, readiness_timeout?: string): void;
  /**
   * Configures the resource of a service of docker_compose. Several calls for one resource add up.
   *
   * @param name The service, by the name of its resource.
   * @param image The image of docker_build that the service runs, where its Compose file names another one or none.
   * @param trigger_mode Whether changes update it by themselves or only when someone asks for it.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose('compose.yml');
   * dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });
   */
  export function dc_resource(name: string, image: string, trigger_mode: TriggerMode, options?: DcResourceOptions): void;
  /**
   * Configures the resource of a service of docker_compose. Several calls for one resource add up.
   *
   * @param name The service, by the name of its resource.
   * @param image The image of docker_build that the service runs, where its Compose file names another one or none.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose('compose.yml');
   * dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });
   */
  export function dc_resource(name: string, image: string, options?: DcResourceOptions): void;
  /**
   * Configures the resource of a service of docker_compose. Several calls for one resource add up.
   *
   * @param name The service, by the name of its resource.
   * @param options What else is to be said, by name.
   *
   * @example
   * docker_compose('compose.yml');
   * dc_resource('web', { labels: 'app', links: link('http://localhost:8080', 'the shop'), resource_deps: ['migrations'] });
   */
  export function dc_resource(name: string, options?: DcResourceOptions): void;
  /** Resources update when their files change. */
  export const TRIGGER_MODE_AUTO: TriggerMode;
  /** Resources update when someone asks for it. */
  export const TRIGGER_MODE_MANUAL: TriggerMode;
  export namespace config {
    /**
     * Defines a setting that is a text: `--name value`.
     *
     * @param options Everything by name.
     *
     * @example
     * config.define_string('env', { usage: 'where to deploy' });
     * const { env = 'dev' } = config.parse();
     */
    function define_string(options: { /** Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers. */ name: string } & ConfigDefineStringOptions): void;
    /**
     * Defines a setting that is a text: `--name value`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param usage What it is for, shown when flags are wrong.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string('env', { usage: 'where to deploy' });
     * const { env = 'dev' } = config.parse();
     */
    function define_string(name: string, args: boolean, usage: string, options?: ConfigDefineStringOptions): void;
    /**
     * Defines a setting that is a text: `--name value`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string('env', { usage: 'where to deploy' });
     * const { env = 'dev' } = config.parse();
     */
    function define_string(name: string, args: boolean, options?: ConfigDefineStringOptions): void;
    /**
     * Defines a setting that is a text: `--name value`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string('env', { usage: 'where to deploy' });
     * const { env = 'dev' } = config.parse();
     */
    function define_string(name: string, options?: ConfigDefineStringOptions): void;
    /**
     * Defines a setting that is a list of texts: `--name one --name two`.
     *
     * @param options Everything by name.
     *
     * @example
     * config.define_string_list('to-run', { args: true, usage: 'what to run' });
     * const chosen = config.parse()['to-run'] ?? [];
     */
    function define_string_list(options: { /** Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers. */ name: string } & ConfigDefineStringListOptions): void;
    /**
     * Defines a setting that is a list of texts: `--name one --name two`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param usage What it is for, shown when flags are wrong.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string_list('to-run', { args: true, usage: 'what to run' });
     * const chosen = config.parse()['to-run'] ?? [];
     */
    function define_string_list(name: string, args: boolean, usage: string, options?: ConfigDefineStringListOptions): void;
    /**
     * Defines a setting that is a list of texts: `--name one --name two`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string_list('to-run', { args: true, usage: 'what to run' });
     * const chosen = config.parse()['to-run'] ?? [];
     */
    function define_string_list(name: string, args: boolean, options?: ConfigDefineStringListOptions): void;
    /**
     * Defines a setting that is a list of texts: `--name one --name two`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_string_list('to-run', { args: true, usage: 'what to run' });
     * const chosen = config.parse()['to-run'] ?? [];
     */
    function define_string_list(name: string, options?: ConfigDefineStringListOptions): void;
    /**
     * Defines a setting that is true or false: `--name`, or `--name=false`.
     *
     * @param options Everything by name.
     *
     * @example
     * config.define_bool('debug');
     * if (config.parse().debug) print('debugging');
     */
    function define_bool(options: { /** Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers. */ name: string } & ConfigDefineBoolOptions): void;
    /**
     * Defines a setting that is true or false: `--name`, or `--name=false`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param usage What it is for, shown when flags are wrong.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_bool('debug');
     * if (config.parse().debug) print('debugging');
     */
    function define_bool(name: string, args: boolean, usage: string, options?: ConfigDefineBoolOptions): void;
    /**
     * Defines a setting that is true or false: `--name`, or `--name=false`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_bool('debug');
     * if (config.parse().debug) print('debugging');
     */
    function define_bool(name: string, args: boolean, options?: ConfigDefineBoolOptions): void;
    /**
     * Defines a setting that is true or false: `--name`, or `--name=false`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_bool('debug');
     * if (config.parse().debug) print('debugging');
     */
    function define_bool(name: string, options?: ConfigDefineBoolOptions): void;
    /**
     * Defines a setting that is any JSON value: `--name '{"a": 1}'`.
     *
     * @param options Everything by name.
     *
     * @example
     * config.define_object('limits');
     * const { limits = { cpu: 1 } } = config.parse();
     */
    function define_object(options: { /** Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers. */ name: string } & ConfigDefineObjectOptions): void;
    /**
     * Defines a setting that is any JSON value: `--name '{"a": 1}'`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param usage What it is for, shown when flags are wrong.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_object('limits');
     * const { limits = { cpu: 1 } } = config.parse();
     */
    function define_object(name: string, args: boolean, usage: string, options?: ConfigDefineObjectOptions): void;
    /**
     * Defines a setting that is any JSON value: `--name '{"a": 1}'`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param args Whether it takes the words of the command line that are no flags. It is then no flag itself. One setting can.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_object('limits');
     * const { limits = { cpu: 1 } } = config.parse();
     */
    function define_object(name: string, args: boolean, options?: ConfigDefineObjectOptions): void;
    /**
     * Defines a setting that is any JSON value: `--name '{"a": 1}'`.
     *
     * @param name Its name: the flag, the key in tilt_config.json, and the key of what `config.parse` answers.
     * @param options What else is to be said, by name.
     *
     * @example
     * config.define_object('limits');
     * const { limits = { cpu: 1 } } = config.parse();
     */
    function define_object(name: string, options?: ConfigDefineObjectOptions): void;
    /**
     * Reads the settings that were defined: from tilt_config.json beside the Tiltfile, which need not exist and reloads the Tiltfile when it changes, and from the command line (`tilt-ts up -- --env dev`), which counts more. The answer has the settings that are given, and no others.
     *
     * @example
     * config.define_string('env');
     * config.define_bool('debug');
     * const { env = 'dev', debug = false } = config.parse();
     */
    function parse<T extends object = Record<string, any>>(): T;
    /**
     * Chooses the resources that run, with what they depend on, whatever the command line says. The last call counts; an empty list leaves the choice to the command line.
     *
     * @param options Everything by name.
     *
     * @example
     * local_resource('api', 'make api');
     * local_resource('web', 'make web');
     * config.set_enabled_resources(['api', 'web']);
     */
    function set_enabled_resources(options: { /** Their names. They need not be declared yet. */ resources: readonly string[] }): void;
    /**
     * Chooses the resources that run, with what they depend on, whatever the command line says. The last call counts; an empty list leaves the choice to the command line.
     *
     * @param resources Their names. They need not be declared yet.
     *
     * @example
     * local_resource('api', 'make api');
     * local_resource('web', 'make web');
     * config.set_enabled_resources(['api', 'web']);
     */
    function set_enabled_resources(resources: readonly string[]): void;
    /**
     * Lets no resource run. What is enabled by a later `config.set_enabled_resources` does.
     *
     * @example
     * config.clear_enabled_resources();
     * if (k8s_context() === 'kind-dev') config.set_enabled_resources(['api']);
     */
    function clear_enabled_resources(): void;
    /** The absolute path of the main Tiltfile. */
    const main_path: string;
    /** The folder of the main Tiltfile. */
    const main_dir: string;
    /** The command that evaluates the Tiltfile. */
    const tilt_subcommand: 'up' | 'ci' | 'down' | 'plan' | 'docker-prune' | 'alpha tiltfile-result' | 'ext list' | 'ext update';
  }
  export namespace os {
    /**
     * Answers the folder of the Tiltfile that runs, against which paths are resolved.
     *
     * @example
     * print('this Tiltfile is in', os.path.basename(os.getcwd()));
     */
    function getcwd(): string;
    /**
     * Answers an environment variable.
     *
     * @param key Its name.
     *
     * @example
     * const registry = os.getenv('REGISTRY', 'localhost:5000');
     */
    function getenv(key: string | Blob): string | null;
    /**
     * Answers an environment variable.
     *
     * @param key Its name.
     * @param default_ What to answer when it is not set.
     *
     * @example
     * const registry = os.getenv('REGISTRY', 'localhost:5000');
     */
    function getenv<T>(key: string | Blob, default_: T): string | T;
    /**
     * Answers an environment variable.
     *
     * @param options Everything by name.
     *
     * @example
     * const registry = os.getenv('REGISTRY', 'localhost:5000');
     */
    function getenv<T = null>(options: { key: string | Blob; default?: T }): string | T;
    /**
     * Sets an environment variable, for this Tiltfile and the commands that it runs.
     *
     * @param options Everything by name.
     *
     * @example
     * os.putenv('DOCKER_BUILDKIT', '1');
     */
    function putenv(options: { /** Its name. */ key: string | Blob; /** Its value. */ value: string | Blob }): void;
    /**
     * Sets an environment variable, for this Tiltfile and the commands that it runs.
     *
     * @param key Its name.
     * @param value Its value.
     *
     * @example
     * os.putenv('DOCKER_BUILDKIT', '1');
     */
    function putenv(key: string | Blob, value: string | Blob): void;
    /**
     * Removes an environment variable.
     *
     * @param options Everything by name.
     *
     * @example
     * os.unsetenv('AWS_PROFILE');
     */
    function unsetenv(options: { /** Its name. */ key: string | Blob }): void;
    /**
     * Removes an environment variable.
     *
     * @param key Its name.
     *
     * @example
     * os.unsetenv('AWS_PROFILE');
     */
    function unsetenv(key: string | Blob): void;
    /** `posix`, or `nt` on Windows. */
    const name: 'posix' | 'nt';
    /** The environment: a live mapping. What is set here reaches the commands that the Tiltfile runs. */
    const environ: Record<string, string | undefined>;
    namespace path {
      /**
       * Resolves a path against the folder of the Tiltfile.
       *
       * @param options Everything by name.
       *
       * @example
       * print(os.path.abspath('web'));
       */
      function abspath(options: { /** The path. */ path: string }): string;
      /**
       * Resolves a path against the folder of the Tiltfile.
       *
       * @param path The path.
       *
       * @example
       * print(os.path.abspath('web'));
       */
      function abspath(path: string): string;
      /**
       * Answers the last part of a path.
       *
       * @param options Everything by name.
       *
       * @example
       * print(os.path.basename('web/Dockerfile'));
       */
      function basename(options: { /** The path. */ path: string }): string;
      /**
       * Answers the last part of a path.
       *
       * @param path The path.
       *
       * @example
       * print(os.path.basename('web/Dockerfile'));
       */
      function basename(path: string): string;
      /**
       * Answers all but the last part of a path.
       *
       * @param options Everything by name.
       *
       * @example
       * print(os.path.dirname('web/Dockerfile'));
       */
      function dirname(options: { /** The path. */ path: string }): string;
      /**
       * Answers all but the last part of a path.
       *
       * @param path The path.
       *
       * @example
       * print(os.path.dirname('web/Dockerfile'));
       */
      function dirname(path: string): string;
      /**
       * Whether there is something at a path. A link that leads nowhere is nothing.
       *
       * @param options Everything by name.
       *
       * @example
       * if (os.path.exists('k8s/db.yaml')) k8s_yaml('k8s/db.yaml');
       */
      function exists(options: { /** The path. */ path: string }): boolean;
      /**
       * Whether there is something at a path. A link that leads nowhere is nothing.
       *
       * @param path The path.
       *
       * @example
       * if (os.path.exists('k8s/db.yaml')) k8s_yaml('k8s/db.yaml');
       */
      function exists(path: string): boolean;
      /**
       * Joins paths and cleans the result. Unlike in Python, an absolute path does not start anew.
       *
       * @param paths The parts.
       *
       * @example
       * k8s_yaml(os.path.join(os.getcwd(), 'k8s', 'web.yaml'));
       */
      function join(...paths: string[]): string;
      /**
       * Follows all links of a path.
       *
       * @param options Everything by name.
       *
       * @example
       * print(os.path.realpath('web'));
       */
      function realpath(options: { /** The path. */ path: string }): string;
      /**
       * Follows all links of a path.
       *
       * @param path The path.
       *
       * @example
       * print(os.path.realpath('web'));
       */
      function realpath(path: string): string;
      /**
       * Answers the way from one folder to a path.
       *
       * @param options Everything by name.
       *
       * @example
       * print(os.path.relpath(os.path.join(config.main_dir, 'web')));
       */
      function relpath(options: { /** Where the way leads. */ targpath: string } & OsPathRelpathOptions): string;
      /**
       * Answers the way from one folder to a path.
       *
       * @param targpath Where the way leads.
       * @param basepath Where it starts; the folder of the Tiltfile when not given.
       * @param options What else is to be said, by name.
       *
       * @example
       * print(os.path.relpath(os.path.join(config.main_dir, 'web')));
       */
      function relpath(targpath: string, basepath: string, options?: OsPathRelpathOptions): string;
      /**
       * Answers the way from one folder to a path.
       *
       * @param targpath Where the way leads.
       * @param options What else is to be said, by name.
       *
       * @example
       * print(os.path.relpath(os.path.join(config.main_dir, 'web')));
       */
      function relpath(targpath: string, options?: OsPathRelpathOptions): string;
    }
  }
  export namespace shlex {
    /**
     * Quotes a text so that the shell takes it for one word.
     *
     * @param options Everything by name.
     *
     * @example
     * const title = "it's done";
     * local('echo ' + shlex.quote(title));
     */
    function quote(options: { /** The text. */ name: string }): string;
    /**
     * Quotes a text so that the shell takes it for one word.
     *
     * @param name The text.
     *
     * @example
     * const title = "it's done";
     * local('echo ' + shlex.quote(title));
     */
    function quote(name: string): string;
  }
  export namespace v1alpha1 {
    /**
     * Registers a repository of extensions. The one that is named `default` takes the place of Tilt’s own.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.extension_repo('team', { url: 'https://github.com/acme/tilt', ref: 'v2', load_host: 'acme' });
     */
    function extension_repo(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1ExtensionRepoOptions): void;
    /**
     * Registers a repository of extensions. The one that is named `default` takes the place of Tilt’s own.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.extension_repo('team', { url: 'https://github.com/acme/tilt', ref: 'v2', load_host: 'acme' });
     */
    function extension_repo(name: string, options?: V1alpha1ExtensionRepoOptions): void;
    /**
     * Registers an extension under a name of its own: `ext://NAME` then leads to a folder of a repository.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.extension('checks', { repo_name: 'team', repo_path: 'tools/checks' });
     */
    function extension(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1ExtensionOptions): void;
    /**
     * Registers an extension under a name of its own: `ext://NAME` then leads to a folder of a repository.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.extension('checks', { repo_name: 'team', repo_path: 'tools/checks' });
     */
    function extension(name: string, options?: V1alpha1ExtensionOptions): void;
    /**
     * Registers a button of the web page. Commands start with it through their `start_on` and `restart_on`.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.ui_button('reset-db', {
     *   text: 'Reset the database',
     *   icon_name: 'restart_alt',
     *   location: { component_type: 'Resource', component_id: 'db' },
     *   requires_confirmation: true,
     * });
     */
    function ui_button(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1UiButtonOptions): void;
    /**
     * Registers a button of the web page. Commands start with it through their `start_on` and `restart_on`.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_button('reset-db', {
     *   text: 'Reset the database',
     *   icon_name: 'restart_alt',
     *   location: { component_type: 'Resource', component_id: 'db' },
     *   requires_confirmation: true,
     * });
     */
    function ui_button(name: string, options?: V1alpha1UiButtonOptions): void;
    /**
     * Registers a command of the API, for buttons and other programs. `local_resource` is what most Tiltfiles want.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.cmd('reset-db', { args: ['./reset.sh'], start_on: { ui_buttons: ['reset-db'] } });
     */
    function cmd(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1CmdOptions): void;
    /**
     * Registers a command of the API, for buttons and other programs. `local_resource` is what most Tiltfiles want.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.cmd('reset-db', { args: ['./reset.sh'], start_on: { ui_buttons: ['reset-db'] } });
     */
    function cmd(name: string, options?: V1alpha1CmdOptions): void;
    /**
     * Registers a config map of the API: values by name, which other objects look at.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.config_map('flags', { data: { 'api-off': 'false' } });
     */
    function config_map(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1ConfigMapOptions): void;
    /**
     * Registers a config map of the API: values by name, which other objects look at.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.config_map('flags', { data: { 'api-off': 'false' } });
     */
    function config_map(name: string, options?: V1alpha1ConfigMapOptions): void;
    /**
     * Registers a file watch of the API, whose changes can restart commands.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.file_watch('sources', { watched_paths: ['src'], ignores: [{ base_path: 'src', patterns: ['*.tmp'] }] });
     */
    function file_watch(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1FileWatchOptions): void;
    /**
     * Registers a file watch of the API, whose changes can restart commands.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.file_watch('sources', { watched_paths: ['src'], ignores: [{ base_path: 'src', patterns: ['*.tmp'] }] });
     */
    function file_watch(name: string, options?: V1alpha1FileWatchOptions): void;
    /**
     * Registers objects of the API that are applied to the cluster, or a command that applies them. `k8s_yaml` is what most Tiltfiles want.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.kubernetes_apply('chart', { apply_cmd: { args: ['./up.sh'] }, delete_cmd: { args: ['./down.sh'] } });
     */
    function kubernetes_apply(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1KubernetesApplyOptions): void;
    /**
     * Registers objects of the API that are applied to the cluster, or a command that applies them. `k8s_yaml` is what most Tiltfiles want.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_apply('chart', { apply_cmd: { args: ['./up.sh'] }, delete_cmd: { args: ['./down.sh'] } });
     */
    function kubernetes_apply(name: string, options?: V1alpha1KubernetesApplyOptions): void;
    /**
     * Registers a search of the API for pods in the cluster.
     *
     * @param options Everything by name.
     *
     * @example
     * v1alpha1.kubernetes_discovery('api-pods', { watches: [{ namespace: 'dev' }], extra_selectors: [{ match_labels: { app: 'api' } }] });
     */
    function kubernetes_discovery(options: { /** Names the object among those of its kind. */ name: string } & V1alpha1KubernetesDiscoveryOptions): void;
    /**
     * Registers a search of the API for pods in the cluster.
     *
     * @param name Names the object among those of its kind.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_discovery('api-pods', { watches: [{ namespace: 'dev' }], extra_selectors: [{ match_labels: { app: 'api' } }] });
     */
    function kubernetes_discovery(name: string, options?: V1alpha1KubernetesDiscoveryOptions): void;
    /**
     * Names the entry of a config map that switches something off: it is off while the entry is `"true"`.
     *
     * @param name The config map.
     * @param key The entry.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' })
     */
    function config_map_disable_source(name: string, key: string, options?: V1alpha1ConfigMapDisableSourceOptions): Readonly<V1alpha1ConfigMapDisableSourceOptions>;
    /**
     * Names the entry of a config map that switches something off: it is off while the entry is `"true"`.
     *
     * @param name The config map.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' })
     */
    function config_map_disable_source(name: string, options?: V1alpha1ConfigMapDisableSourceOptions): Readonly<V1alpha1ConfigMapDisableSourceOptions>;
    /**
     * Names the entry of a config map that switches something off: it is off while the entry is `"true"`.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' })
     */
    function config_map_disable_source(options?: V1alpha1ConfigMapDisableSourceOptions): Readonly<V1alpha1ConfigMapDisableSourceOptions>;
    /**
     * Says what switches an object off.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.disable_source({ config_map: v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' }) })
     */
    function disable_source(options?: V1alpha1DisableSourceOptions): Readonly<V1alpha1DisableSourceOptions>;
    /**
     * A probe that runs a command.
     *
     * @param command The program and its arguments; no shell.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.exec_action({ command: ['pg_isready'] })
     */
    function exec_action(command: readonly (string | Blob)[] | null, options?: V1alpha1ExecActionOptions): Readonly<V1alpha1ExecActionOptions>;
    /**
     * A probe that runs a command.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.exec_action({ command: ['pg_isready'] })
     */
    function exec_action(options?: V1alpha1ExecActionOptions): Readonly<V1alpha1ExecActionOptions>;
    /**
     * A port of a pod that can be reached on this machine.
     *
     * @param local_port The port on this machine; any free one when not given.
     * @param container_port The port of the pod.
     * @param host The address on this machine; localhost when not given.
     * @param name What to show for it.
     * @param path The path in the link to it.
     *
     * @example
     * v1alpha1.forward({ local_port: 8080, container_port: 80, name: 'web' })
     */
    function forward(local_port?: number, container_port?: number, host?: string, name?: string, path?: string): Readonly<V1alpha1ForwardOptions>;
    /**
     * A port of a pod that can be reached on this machine.
     *
     * @param local_port The port on this machine; any free one when not given.
     * @param container_port The port of the pod.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.forward({ local_port: 8080, container_port: 80, name: 'web' })
     */
    function forward(local_port: number, container_port: number, options?: V1alpha1ForwardOptions): Readonly<V1alpha1ForwardOptions>;
    /**
     * A port of a pod that can be reached on this machine.
     *
     * @param local_port The port on this machine; any free one when not given.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.forward({ local_port: 8080, container_port: 80, name: 'web' })
     */
    function forward(local_port: number, options?: V1alpha1ForwardOptions): Readonly<V1alpha1ForwardOptions>;
    /**
     * A port of a pod that can be reached on this machine.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.forward({ local_port: 8080, container_port: 80, name: 'web' })
     */
    function forward(options?: V1alpha1ForwardOptions): Readonly<V1alpha1ForwardOptions>;
    /**
     * A probe that asks an HTTP server.
     *
     * @param path The path; `/` when not given.
     * @param port The port.
     * @param host The host; localhost when not given.
     * @param scheme `HTTP` or `HTTPS`.
     * @param http_headers Headers of the request.
     *
     * @example
     * v1alpha1.http_get_action({ port: 8080, path: '/ready', scheme: 'HTTP' })
     */
    function http_get_action(path?: string, port?: number, host?: string, scheme?: string, http_headers?: readonly V1alpha1HttpHeaderOptions[]): Readonly<V1alpha1HttpGetActionOptions>;
    /**
     * A probe that asks an HTTP server.
     *
     * @param path The path; `/` when not given.
     * @param port The port.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_get_action({ port: 8080, path: '/ready', scheme: 'HTTP' })
     */
    function http_get_action(path: string, port: number, options?: V1alpha1HttpGetActionOptions): Readonly<V1alpha1HttpGetActionOptions>;
    /**
     * A probe that asks an HTTP server.
     *
     * @param path The path; `/` when not given.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_get_action({ port: 8080, path: '/ready', scheme: 'HTTP' })
     */
    function http_get_action(path: string, options?: V1alpha1HttpGetActionOptions): Readonly<V1alpha1HttpGetActionOptions>;
    /**
     * A probe that asks an HTTP server.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_get_action({ port: 8080, path: '/ready', scheme: 'HTTP' })
     */
    function http_get_action(options?: V1alpha1HttpGetActionOptions): Readonly<V1alpha1HttpGetActionOptions>;
    /**
     * A header of the request that a probe makes.
     *
     * @param name Its name.
     * @param value Its value.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_header({ name: 'Accept', value: 'text/html' })
     */
    function http_header(name: string, value: string, options?: V1alpha1HttpHeaderOptions): Readonly<V1alpha1HttpHeaderOptions>;
    /**
     * A header of the request that a probe makes.
     *
     * @param name Its name.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_header({ name: 'Accept', value: 'text/html' })
     */
    function http_header(name: string, options?: V1alpha1HttpHeaderOptions): Readonly<V1alpha1HttpHeaderOptions>;
    /**
     * A header of the request that a probe makes.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.http_header({ name: 'Accept', value: 'text/html' })
     */
    function http_header(options?: V1alpha1HttpHeaderOptions): Readonly<V1alpha1HttpHeaderOptions>;
    /**
     * How a probe finds out. Tilt has this function and nothing that takes what it answers: give its members to the probe itself.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.handler({ tcp_socket: { port: 8080 } })
     */
    function handler(options?: V1alpha1HandlerOptions): Readonly<V1alpha1HandlerOptions>;
    /**
     * Files whose changes a file watch does not see.
     *
     * @param base_path The folder that patterns are relative to; without patterns all of it.
     * @param patterns Patterns in the language of .dockerignore.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ignore_def({ base_path: 'web', patterns: ['**\/*.md'] })
     */
    function ignore_def(base_path: string | GitRepo, patterns: readonly (string | Blob)[] | null, options?: V1alpha1IgnoreDefOptions): Readonly<V1alpha1IgnoreDefOptions>;
    /**
     * Files whose changes a file watch does not see.
     *
     * @param base_path The folder that patterns are relative to; without patterns all of it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ignore_def({ base_path: 'web', patterns: ['**\/*.md'] })
     */
    function ignore_def(base_path: string | GitRepo, options?: V1alpha1IgnoreDefOptions): Readonly<V1alpha1IgnoreDefOptions>;
    /**
     * Files whose changes a file watch does not see.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ignore_def({ base_path: 'web', patterns: ['**\/*.md'] })
     */
    function ignore_def(options?: V1alpha1IgnoreDefOptions): Readonly<V1alpha1IgnoreDefOptions>;
    /**
     * A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.
     *
     * @param args The program and its arguments; no shell.
     * @param dir Where it runs.
     * @param env Environment variables, as `NAME=value`.
     *
     * @example
     * v1alpha1.kubernetes_apply_cmd({ args: ['make', 'deploy'] })
     */
    function kubernetes_apply_cmd(args?: readonly (string | Blob)[] | null, dir?: string | GitRepo, env?: readonly (string | Blob)[] | null): Readonly<V1alpha1KubernetesApplyCmdOptions>;
    /**
     * A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.
     *
     * @param args The program and its arguments; no shell.
     * @param dir Where it runs.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_apply_cmd({ args: ['make', 'deploy'] })
     */
    function kubernetes_apply_cmd(args: readonly (string | Blob)[] | null, dir: string | GitRepo, options?: V1alpha1KubernetesApplyCmdOptions): Readonly<V1alpha1KubernetesApplyCmdOptions>;
    /**
     * A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.
     *
     * @param args The program and its arguments; no shell.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_apply_cmd({ args: ['make', 'deploy'] })
     */
    function kubernetes_apply_cmd(args: readonly (string | Blob)[] | null, options?: V1alpha1KubernetesApplyCmdOptions): Readonly<V1alpha1KubernetesApplyCmdOptions>;
    /**
     * A command that deploys objects, and writes them to its standard output as YAML, or one that deletes them.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_apply_cmd({ args: ['make', 'deploy'] })
     */
    function kubernetes_apply_cmd(options?: V1alpha1KubernetesApplyCmdOptions): Readonly<V1alpha1KubernetesApplyCmdOptions>;
    /**
     * Says how to find the pods of what was applied, beside those that it owns.
     *
     * @param extra_selectors Pods that match one of these belong to it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_discovery_template_spec({ extra_selectors: [{ match_labels: { app: 'web' } }] })
     */
    function kubernetes_discovery_template_spec(extra_selectors: readonly V1alpha1LabelSelectorOptions[], options?: V1alpha1KubernetesDiscoveryTemplateSpecOptions): Readonly<V1alpha1KubernetesDiscoveryTemplateSpecOptions>;
    /**
     * Says how to find the pods of what was applied, beside those that it owns.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_discovery_template_spec({ extra_selectors: [{ match_labels: { app: 'web' } }] })
     */
    function kubernetes_discovery_template_spec(options?: V1alpha1KubernetesDiscoveryTemplateSpecOptions): Readonly<V1alpha1KubernetesDiscoveryTemplateSpecOptions>;
    /**
     * Says where in objects of other kinds than Kubernetes’ own the name of an image stands.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_image_locator({ object_selector: { kind_regexp: 'Function' }, path: '{.spec.image}' })
     */
    function kubernetes_image_locator(options?: V1alpha1KubernetesImageLocatorOptions): Readonly<V1alpha1KubernetesImageLocatorOptions>;
    /**
     * Says in which fields of an object the parts of an image’s name stand.
     *
     * @param repo_field The field with the repository.
     * @param tag_field The field with the tag.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_image_object_descriptor({ repo_field: 'repository', tag_field: 'tag' })
     */
    function kubernetes_image_object_descriptor(repo_field: string, tag_field: string, options?: V1alpha1KubernetesImageObjectDescriptorOptions): Readonly<V1alpha1KubernetesImageObjectDescriptorOptions>;
    /**
     * Says in which fields of an object the parts of an image’s name stand.
     *
     * @param repo_field The field with the repository.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_image_object_descriptor({ repo_field: 'repository', tag_field: 'tag' })
     */
    function kubernetes_image_object_descriptor(repo_field: string, options?: V1alpha1KubernetesImageObjectDescriptorOptions): Readonly<V1alpha1KubernetesImageObjectDescriptorOptions>;
    /**
     * Says in which fields of an object the parts of an image’s name stand.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_image_object_descriptor({ repo_field: 'repository', tag_field: 'tag' })
     */
    function kubernetes_image_object_descriptor(options?: V1alpha1KubernetesImageObjectDescriptorOptions): Readonly<V1alpha1KubernetesImageObjectDescriptorOptions>;
    /**
     * Names an object of the cluster whose pods shall be found.
     *
     * @param uid Its UID, or that of what owns it.
     * @param namespace Its namespace, which must be given.
     * @param name Its name, for readers only.
     *
     * @example
     * v1alpha1.kubernetes_watch_ref({ namespace: 'shop', name: 'web' })
     */
    function kubernetes_watch_ref(uid?: string, namespace?: string, name?: string): Readonly<V1alpha1KubernetesWatchRefOptions>;
    /**
     * Names an object of the cluster whose pods shall be found.
     *
     * @param uid Its UID, or that of what owns it.
     * @param namespace Its namespace, which must be given.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_watch_ref({ namespace: 'shop', name: 'web' })
     */
    function kubernetes_watch_ref(uid: string, namespace: string, options?: V1alpha1KubernetesWatchRefOptions): Readonly<V1alpha1KubernetesWatchRefOptions>;
    /**
     * Names an object of the cluster whose pods shall be found.
     *
     * @param uid Its UID, or that of what owns it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_watch_ref({ namespace: 'shop', name: 'web' })
     */
    function kubernetes_watch_ref(uid: string, options?: V1alpha1KubernetesWatchRefOptions): Readonly<V1alpha1KubernetesWatchRefOptions>;
    /**
     * Names an object of the cluster whose pods shall be found.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.kubernetes_watch_ref({ namespace: 'shop', name: 'web' })
     */
    function kubernetes_watch_ref(options?: V1alpha1KubernetesWatchRefOptions): Readonly<V1alpha1KubernetesWatchRefOptions>;
    /**
     * Selects pods by their labels, as in Kubernetes.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.label_selector({ match_labels: { app: 'web' } })
     */
    function label_selector(options?: V1alpha1LabelSelectorOptions): Readonly<V1alpha1LabelSelectorOptions>;
    /**
     * A condition on one label of pods.
     *
     * @param key The label.
     * @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`.
     * @param values The values for `In` and `NotIn`.
     *
     * @example
     * v1alpha1.label_selector_requirement({ key: 'app', operator: 'In', values: ['web', 'api'] })
     */
    function label_selector_requirement(key?: string, operator?: string, values?: readonly (string | Blob)[] | null): Readonly<V1alpha1LabelSelectorRequirementOptions>;
    /**
     * A condition on one label of pods.
     *
     * @param key The label.
     * @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.label_selector_requirement({ key: 'app', operator: 'In', values: ['web', 'api'] })
     */
    function label_selector_requirement(key: string, operator: string, options?: V1alpha1LabelSelectorRequirementOptions): Readonly<V1alpha1LabelSelectorRequirementOptions>;
    /**
     * A condition on one label of pods.
     *
     * @param key The label.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.label_selector_requirement({ key: 'app', operator: 'In', values: ['web', 'api'] })
     */
    function label_selector_requirement(key: string, options?: V1alpha1LabelSelectorRequirementOptions): Readonly<V1alpha1LabelSelectorRequirementOptions>;
    /**
     * A condition on one label of pods.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.label_selector_requirement({ key: 'app', operator: 'In', values: ['web', 'api'] })
     */
    function label_selector_requirement(options?: V1alpha1LabelSelectorRequirementOptions): Readonly<V1alpha1LabelSelectorRequirementOptions>;
    /**
     * Selects Kubernetes objects by regular expressions, which must all match.
     *
     * @param api_version_regexp For the `apiVersion`.
     * @param kind_regexp For the `kind`.
     * @param name_regexp For the name.
     * @param namespace_regexp For the namespace.
     *
     * @example
     * v1alpha1.object_selector({ kind_regexp: 'Deployment', name_regexp: 'web' })
     */
    function object_selector(api_version_regexp?: string, kind_regexp?: string, name_regexp?: string, namespace_regexp?: string): Readonly<V1alpha1ObjectSelectorOptions>;
    /**
     * Selects Kubernetes objects by regular expressions, which must all match.
     *
     * @param api_version_regexp For the `apiVersion`.
     * @param kind_regexp For the `kind`.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.object_selector({ kind_regexp: 'Deployment', name_regexp: 'web' })
     */
    function object_selector(api_version_regexp: string, kind_regexp: string, options?: V1alpha1ObjectSelectorOptions): Readonly<V1alpha1ObjectSelectorOptions>;
    /**
     * Selects Kubernetes objects by regular expressions, which must all match.
     *
     * @param api_version_regexp For the `apiVersion`.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.object_selector({ kind_regexp: 'Deployment', name_regexp: 'web' })
     */
    function object_selector(api_version_regexp: string, options?: V1alpha1ObjectSelectorOptions): Readonly<V1alpha1ObjectSelectorOptions>;
    /**
     * Selects Kubernetes objects by regular expressions, which must all match.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.object_selector({ kind_regexp: 'Deployment', name_regexp: 'web' })
     */
    function object_selector(options?: V1alpha1ObjectSelectorOptions): Readonly<V1alpha1ObjectSelectorOptions>;
    /**
     * Says which containers’ logs to show of the pods that were found. Without names all of them.
     *
     * @param since_time Cannot be given: Tilt lists it and cannot take it.
     * @param only_containers Only these containers.
     * @param ignore_containers All but these containers.
     *
     * @example
     * v1alpha1.pod_log_stream_template_spec({ ignore_containers: ['istio-proxy'] })
     */
    function pod_log_stream_template_spec(since_time?: never, only_containers?: readonly (string | Blob)[] | null, ignore_containers?: readonly (string | Blob)[] | null): Readonly<V1alpha1PodLogStreamTemplateSpecOptions>;
    /**
     * Says which containers’ logs to show of the pods that were found. Without names all of them.
     *
     * @param since_time Cannot be given: Tilt lists it and cannot take it.
     * @param only_containers Only these containers.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.pod_log_stream_template_spec({ ignore_containers: ['istio-proxy'] })
     */
    function pod_log_stream_template_spec(since_time: never, only_containers: readonly (string | Blob)[] | null, options?: V1alpha1PodLogStreamTemplateSpecOptions): Readonly<V1alpha1PodLogStreamTemplateSpecOptions>;
    /**
     * Says which containers’ logs to show of the pods that were found. Without names all of them.
     *
     * @param since_time Cannot be given: Tilt lists it and cannot take it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.pod_log_stream_template_spec({ ignore_containers: ['istio-proxy'] })
     */
    function pod_log_stream_template_spec(since_time: never, options?: V1alpha1PodLogStreamTemplateSpecOptions): Readonly<V1alpha1PodLogStreamTemplateSpecOptions>;
    /**
     * Says which containers’ logs to show of the pods that were found. Without names all of them.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.pod_log_stream_template_spec({ ignore_containers: ['istio-proxy'] })
     */
    function pod_log_stream_template_spec(options?: V1alpha1PodLogStreamTemplateSpecOptions): Readonly<V1alpha1PodLogStreamTemplateSpecOptions>;
    /**
     * The ports to forward of a pod that was found.
     *
     * @param forwards The ports.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.port_forward_template_spec({ forwards: [{ local_port: 8080, container_port: 80 }] })
     */
    function port_forward_template_spec(forwards: readonly V1alpha1ForwardOptions[], options?: V1alpha1PortForwardTemplateSpecOptions): Readonly<V1alpha1PortForwardTemplateSpecOptions>;
    /**
     * The ports to forward of a pod that was found.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.port_forward_template_spec({ forwards: [{ local_port: 8080, container_port: 80 }] })
     */
    function port_forward_template_spec(options?: V1alpha1PortForwardTemplateSpecOptions): Readonly<V1alpha1PortForwardTemplateSpecOptions>;
    /**
     * Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.
     *
     * @param handler Cannot be given: write the probe as a plain object with exec, http_get or tcp_socket.
     * @param initial_delay_seconds Seconds before the first try.
     * @param timeout_seconds Seconds that one try may take; 1 when not given.
     * @param period_seconds Seconds between two tries; 10 when not given.
     * @param success_threshold Tries in a row that must pass to count as ready; 1 when not given.
     * @param failure_threshold Tries in a row that must fail to count as not ready; 3 when not given.
     *
     * @example
     * v1alpha1.probe({ period_seconds: 2 });
     * v1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });
     */
    function probe(handler?: never, initial_delay_seconds?: number, timeout_seconds?: number, period_seconds?: number, success_threshold?: number, failure_threshold?: number): Readonly<V1alpha1ProbeOptions>;
    /**
     * Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.
     *
     * @param handler Cannot be given: write the probe as a plain object with exec, http_get or tcp_socket.
     * @param initial_delay_seconds Seconds before the first try.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.probe({ period_seconds: 2 });
     * v1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });
     */
    function probe(handler: never, initial_delay_seconds: number, options?: V1alpha1ProbeOptions): Readonly<V1alpha1ProbeOptions>;
    /**
     * Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.
     *
     * @param handler Cannot be given: write the probe as a plain object with exec, http_get or tcp_socket.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.probe({ period_seconds: 2 });
     * v1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });
     */
    function probe(handler: never, options?: V1alpha1ProbeOptions): Readonly<V1alpha1ProbeOptions>;
    /**
     * Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.probe({ period_seconds: 2 });
     * v1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });
     */
    function probe(options?: V1alpha1ProbeOptions): Readonly<V1alpha1ProbeOptions>;
    /**
     * Says what starts a command again.
     *
     * @param file_watches Names of file watches, each change of which does.
     * @param ui_buttons Names of buttons, each click on which does.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.restart_on_spec({ file_watches: ['sources'] })
     */
    function restart_on_spec(file_watches: readonly (string | Blob)[] | null, ui_buttons: readonly (string | Blob)[] | null, options?: V1alpha1RestartOnSpecOptions): Readonly<V1alpha1RestartOnSpecOptions>;
    /**
     * Says what starts a command again.
     *
     * @param file_watches Names of file watches, each change of which does.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.restart_on_spec({ file_watches: ['sources'] })
     */
    function restart_on_spec(file_watches: readonly (string | Blob)[] | null, options?: V1alpha1RestartOnSpecOptions): Readonly<V1alpha1RestartOnSpecOptions>;
    /**
     * Says what starts a command again.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.restart_on_spec({ file_watches: ['sources'] })
     */
    function restart_on_spec(options?: V1alpha1RestartOnSpecOptions): Readonly<V1alpha1RestartOnSpecOptions>;
    /**
     * Says what starts a command, which waits for it at first.
     *
     * @param start_after Cannot be given: Tilt lists it and cannot take it.
     * @param ui_buttons Names of buttons.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.start_on_spec({ ui_buttons: ['reset-db'] })
     */
    function start_on_spec(start_after: never, ui_buttons: readonly (string | Blob)[] | null, options?: V1alpha1StartOnSpecOptions): Readonly<V1alpha1StartOnSpecOptions>;
    /**
     * Says what starts a command, which waits for it at first.
     *
     * @param start_after Cannot be given: Tilt lists it and cannot take it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.start_on_spec({ ui_buttons: ['reset-db'] })
     */
    function start_on_spec(start_after: never, options?: V1alpha1StartOnSpecOptions): Readonly<V1alpha1StartOnSpecOptions>;
    /**
     * Says what starts a command, which waits for it at first.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.start_on_spec({ ui_buttons: ['reset-db'] })
     */
    function start_on_spec(options?: V1alpha1StartOnSpecOptions): Readonly<V1alpha1StartOnSpecOptions>;
    /**
     * A probe that opens a connection.
     *
     * @param port The port.
     * @param host The host; localhost when not given.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.tcp_socket_action({ port: 8080 })
     */
    function tcp_socket_action(port: number, host: string, options?: V1alpha1TcpSocketActionOptions): Readonly<V1alpha1TcpSocketActionOptions>;
    /**
     * A probe that opens a connection.
     *
     * @param port The port.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.tcp_socket_action({ port: 8080 })
     */
    function tcp_socket_action(port: number, options?: V1alpha1TcpSocketActionOptions): Readonly<V1alpha1TcpSocketActionOptions>;
    /**
     * A probe that opens a connection.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.tcp_socket_action({ port: 8080 })
     */
    function tcp_socket_action(options?: V1alpha1TcpSocketActionOptions): Readonly<V1alpha1TcpSocketActionOptions>;
    /**
     * A box to tick.
     *
     * @param default_value Whether it is ticked at first.
     * @param true_string What a ticked box stands for; `true` when not given.
     * @param false_string What an empty box stands for; `false` when not given.
     *
     * @example
     * v1alpha1.ui_bool_input_spec({ default_value: true, true_string: 'yes', false_string: 'no' })
     */
    function ui_bool_input_spec(default_value?: boolean, true_string?: string, false_string?: string): Readonly<V1alpha1UiBoolInputSpecOptions>;
    /**
     * A box to tick.
     *
     * @param default_value Whether it is ticked at first.
     * @param true_string What a ticked box stands for; `true` when not given.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_bool_input_spec({ default_value: true, true_string: 'yes', false_string: 'no' })
     */
    function ui_bool_input_spec(default_value: boolean, true_string: string, options?: V1alpha1UiBoolInputSpecOptions): Readonly<V1alpha1UiBoolInputSpecOptions>;
    /**
     * A box to tick.
     *
     * @param default_value Whether it is ticked at first.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_bool_input_spec({ default_value: true, true_string: 'yes', false_string: 'no' })
     */
    function ui_bool_input_spec(default_value: boolean, options?: V1alpha1UiBoolInputSpecOptions): Readonly<V1alpha1UiBoolInputSpecOptions>;
    /**
     * A box to tick.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_bool_input_spec({ default_value: true, true_string: 'yes', false_string: 'no' })
     */
    function ui_bool_input_spec(options?: V1alpha1UiBoolInputSpecOptions): Readonly<V1alpha1UiBoolInputSpecOptions>;
    /**
     * A choice between words.
     *
     * @param choices The words, at least one.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_choice_input_spec({ choices: ['dev', 'staging'] })
     */
    function ui_choice_input_spec(choices: readonly (string | Blob)[] | null, options?: V1alpha1UiChoiceInputSpecOptions): Readonly<V1alpha1UiChoiceInputSpecOptions>;
    /**
     * A choice between words.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_choice_input_spec({ choices: ['dev', 'staging'] })
     */
    function ui_choice_input_spec(options?: V1alpha1UiChoiceInputSpecOptions): Readonly<V1alpha1UiChoiceInputSpecOptions>;
    /**
     * Where a button is shown.
     *
     * @param component_id The name of the resource, or `nav` for the bar at the top.
     * @param component_type `Resource`, or `Global` for the bar at the top.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_component_location({ component_type: 'Resource', component_id: 'api' })
     */
    function ui_component_location(component_id: string, component_type: string, options?: V1alpha1UiComponentLocationOptions): Readonly<V1alpha1UiComponentLocationOptions>;
    /**
     * Where a button is shown.
     *
     * @param component_id The name of the resource, or `nav` for the bar at the top.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_component_location({ component_type: 'Resource', component_id: 'api' })
     */
    function ui_component_location(component_id: string, options?: V1alpha1UiComponentLocationOptions): Readonly<V1alpha1UiComponentLocationOptions>;
    /**
     * Where a button is shown.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_component_location({ component_type: 'Resource', component_id: 'api' })
     */
    function ui_component_location(options?: V1alpha1UiComponentLocationOptions): Readonly<V1alpha1UiComponentLocationOptions>;
    /**
     * A value that goes along and is not shown.
     *
     * @param value The value.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_hidden_input_spec({ value: 'web' })
     */
    function ui_hidden_input_spec(value: string, options?: V1alpha1UiHiddenInputSpecOptions): Readonly<V1alpha1UiHiddenInputSpecOptions>;
    /**
     * A value that goes along and is not shown.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_hidden_input_spec({ value: 'web' })
     */
    function ui_hidden_input_spec(options?: V1alpha1UiHiddenInputSpecOptions): Readonly<V1alpha1UiHiddenInputSpecOptions>;
    /**
     * Something that a button asks for: exactly one of `text`, `bool`, `hidden` and `choice`.
     *
     * @param name Names it among the inputs of its button.
     * @param label What to show in front of it.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_input_spec({ name: 'count', label: 'How many', text: { default_value: '1' } })
     */
    function ui_input_spec(name: string, label: string, options?: V1alpha1UiInputSpecOptions): Readonly<V1alpha1UiInputSpecOptions>;
    /**
     * Something that a button asks for: exactly one of `text`, `bool`, `hidden` and `choice`.
     *
     * @param name Names it among the inputs of its button.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_input_spec({ name: 'count', label: 'How many', text: { default_value: '1' } })
     */
    function ui_input_spec(name: string, options?: V1alpha1UiInputSpecOptions): Readonly<V1alpha1UiInputSpecOptions>;
    /**
     * Something that a button asks for: exactly one of `text`, `bool`, `hidden` and `choice`.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_input_spec({ name: 'count', label: 'How many', text: { default_value: '1' } })
     */
    function ui_input_spec(options?: V1alpha1UiInputSpecOptions): Readonly<V1alpha1UiInputSpecOptions>;
    /**
     * A field for text.
     *
     * @param default_value What stands in it at first.
     * @param placeholder What is shown while it is empty.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_text_input_spec({ default_value: '1', placeholder: 'how many' })
     */
    function ui_text_input_spec(default_value: string, placeholder: string, options?: V1alpha1UiTextInputSpecOptions): Readonly<V1alpha1UiTextInputSpecOptions>;
    /**
     * A field for text.
     *
     * @param default_value What stands in it at first.
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_text_input_spec({ default_value: '1', placeholder: 'how many' })
     */
    function ui_text_input_spec(default_value: string, options?: V1alpha1UiTextInputSpecOptions): Readonly<V1alpha1UiTextInputSpecOptions>;
    /**
     * A field for text.
     *
     * @param options What else is to be said, by name.
     *
     * @example
     * v1alpha1.ui_text_input_spec({ default_value: '1', placeholder: 'how many' })
     */
    function ui_text_input_spec(options?: V1alpha1UiTextInputSpecOptions): Readonly<V1alpha1UiTextInputSpecOptions>;
  }
  export namespace sys {
    /** The program's command line. */
    const argv: readonly string[];
    /** The absolute path of the program. */
    const executable: string;
  }
  /** The size of a number. */
  export function abs(x: any): any;
  /** Whether all values count as true. */
  export function all(values: any): boolean;
  /** Whether one of the values counts as true. */
  export function any(values: any): boolean;
  /** The same as `truth`. */
  export function bool(x?: any): boolean;
  /** Bytes from a text, in UTF-8, or from numbers. */
  export function bytes(x: any): any;
  /** The character with a number. */
  export function chr(code: any): string;
  /** A dict of pairs or another dict: a Map if not all of its keys are strings. */
  export function dict(pairs?: any, more?: Record<string, any>): any;
  /** The names of the attributes and methods that a value has in Starlark. */
  export function dir(x: any): string[];
  /** The values with their numbers. */
  export function enumerate(values: any, start?: number): [number, any][];
  /** A float. One that is a whole number is an object, which counts and prints as a float. */
  export function float(x?: any): any;
  /** An attribute by its name. */
  export function getattr(x: any, name: any, absent?: any): any;
  /** Whether a value has an attribute. */
  export function hasattr(x: any, name: any): boolean;
  /** The number that Starlark makes of a text. */
  export function hash(x: any): number;
  /** A whole number from a text, a float or a boolean. */
  export function int(x?: any, base?: any): any;
  /** How many parts a list, a dict or another value has; of a text, how many bytes. */
  export function len(x: any): number;
  /** A new list of values; of a dict, its keys. */
  export function list(values?: any): any[];
  /** The largest of the values, or of the parts of one. `{ key }` may say what to compare. */
  export function max(...values: any[]): any;
  /** The smallest of the values, or of the parts of one. `{ key }` may say what to compare. */
  export function min(...values: any[]): any;
  /** An object with a name and members. */
  export function module(name: any, members?: Record<string, any>): any;
  /** The number of a character. */
  export function ord(x: any): number;
  /** Whole numbers, from 0 if one number is given. */
  export function range(start: any, stop?: any, step?: any): Iterable<number>;
  /** A value as Starlark writes it down. */
  export function repr(x: any): string;
  /** A new list that goes backwards. */
  export function reversed(values: any): any[];
  /** A set of values. */
  export function set(values?: any): Set<any>;
  /** A new list in order: numbers by size, texts by their letters. */
  export function sorted(values: any, options?: { key?: (value: any) => any; reverse?: any }): any[];
  /** A value as a text: `None`, `True`, `["a"]`. */
  export function str(x: any): string;
  /** An array that counts as a tuple: it prints as one and is not equal to a list. */
  export function tuple(values?: any): any;
  /** The name of the type that a value has in Starlark, such as `string`, `int`, `list`, `NoneType`. */
  export function type(x: any): string;
  /** Tuples of what stands at the same place in several lists. */
  export function zip(...values: any[]): any[];
  /** Whether a value counts as true: empty texts, lists and dicts do not, nor 0 and `null`. */
  export function truth<T>(x: T): x is NonNullable<T>;
  /** Whether two values are equal: lists and dicts by what they hold. */
  export function equal(x: any, y: any): boolean;
  /** Orders two values of one type by `<`, `<=`, `>` or `>=`. */
  export function compare(x: any, operator: string, y: any): boolean;
  /** Whether a list has a value, a dict a key, or a text another text. */
  export function contains(container: any, x: any): boolean;
  /** Adds numbers, and joins texts and lists. */
  export function add(x: any, y: any): any;
  /** Subtracts numbers; of sets, what only the first has. */
  export function subtract(x: any, y: any): any;
  /** Multiplies numbers exactly, and repeats texts and lists. */
  export function multiply(x: any, y: any): any;
  /** Divides two numbers; the answer is a float. */
  export function divide(x: any, y: any): any;
  /** Divides two numbers and rounds down. */
  export function floorDivide(x: any, y: any): any;
  /** The remainder of a division, which has the sign of the divisor; of a text, what `%` makes of it: `remainder("%s:%d", tuple([host, port]))`. */
  export function remainder(x: any, y: any): any;
  /** The number with the other sign. */
  export function negate(x: any): any;
  /** `|`: what either of two dicts or sets has. */
  export function union(x: any, y: any): any;
  /** `&`: what both of two sets have. */
  export function intersection(x: any, y: any): any;
  /** `^`: what only one of two sets has. */
  export function exclusive(x: any, y: any): any;
  /** `~` of a whole number. */
  export function invert(x: any): any;
  /** `<<` of whole numbers of any size. */
  export function shiftLeft(x: any, by: any): any;
  /** `>>` of whole numbers of any size. */
  export function shiftRight(x: any, by: any): any;
  /** `+=`: appends to a list itself, and adds other values. */
  export function extend(x: any, y: any): any;
  /** `|=`: puts what the second dict or set has into the first. */
  export function merge(x: any, y: any): any;
  /** What is in a dict or list under a key or index. More keys go deeper. What is not there is an error; negative indexes count from the end. */
  export function item(container: any, ...keys: any[]): any;
  /** Puts a value into a dict or list. */
  export function setItem(container: any, key: any, value: any): any;
  /** A part of a list or of a text, by bytes. */
  export function slice(x: any, from?: any, to?: any, step?: any): any;
  /** Goes over the values of a list or the keys of a dict, which must not change meanwhile. */
  export function iterate(values: any): Iterable<any>;
  /** Exactly so many values. */
  export function unpack(values: any, count: number): any[];
  /** An attribute that must be there. */
  export function attribute(x: any, name: string): any;
  /** What is in a dict under a key; `null` or another value if there is nothing. */
  export function get(dict: any, key: any, absent?: any): any;
  /** The keys of a dict with their values. */
  export function items(dict: any): [any, any][];
  /** The keys of a dict. */
  export function keys(dict: any): any[];
  /** The values of a dict. */
  export function values(dict: any): any[];
  /** Calls a method that Starlark knows: `method(text, "title")`. */
  export function method(x: any, name: string, ...args: any[]): any;
  /** Puts values into the braces of a text. */
  export function format(text: any, args?: any[], keywords?: Record<string, any>): string;
  /** Calls a function of which nothing is known, with keywords. */
  export function call(fn: any, args?: any[], keywords?: Record<string, any>): any;
  /** A function whose arguments are bound as in Starlark: `signature("a, b?, *c, **d", (a, b = 2, c, d) => …)`. */
  export function signature(parameters: string, fn: (...args: any[]) => any): (...args: any[]) => any;
  /** The value of a variable that may have none yet, which is an error. */
  export function defined(value: any, name: string, kind?: string): any;
  export {};
}

/** Extensions: what they export is known when they are there. */
declare module 'ext://*';

// What Starlark files export is known when they run.
declare module '*/Tiltfile';
declare module '*.star';
declare module '*.bzl';
declare module '*.tiltfile';

/** Declares commands on this machine: one that runs to its end (`cmd`), a server (`serve_cmd`), or first the one and then the other. */
declare const local_resource: typeof import('tilt').local_resource;
/** The old name for `local_resource` with `allow_parallel: true`. */
declare const test: typeof import('tilt').test;
/** Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default. */
declare const probe: typeof import('tilt').probe;
/** A probe that runs a command. */
declare const exec_action: typeof import('tilt').exec_action;
/** A probe that asks an HTTP server. */
declare const http_get_action: typeof import('tilt').http_get_action;
/** A probe that opens a connection. */
declare const tcp_socket_action: typeof import('tilt').tcp_socket_action;
/** Makes a link to show with a resource. An address without a scheme gets `http`. */
declare const link: typeof import('tilt').link;
/** Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`. */
declare const port_forward: typeof import('tilt').port_forward;
/** Sets when resources update that say nothing about it themselves. Can be called once. */
declare const trigger_mode: typeof import('tilt').trigger_mode;
/** Sets how resources are updated. */
declare const update_settings: typeof import('tilt').update_settings;
/** Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`. */
declare const ci_settings: typeof import('tilt').ci_settings;
/** Names files whose changes start nothing, whatever depends on them. Calls add up. */
declare const watch_settings: typeof import('tilt').watch_settings;
/** Sets whether the values of Kubernetes Secrets that the Tiltfile deploys are replaced in all logs, plain and in base64, by `[redacted secret NAME:KEY]`. They are unless it says otherwise. Values of fewer than five characters stay. */
declare const secret_settings: typeof import('tilt').secret_settings;
/** Sets how old images of this Tiltfile are removed from the Docker engine. The last call counts. */
declare const docker_prune_settings: typeof import('tilt').docker_prune_settings;
/** Says which versions of Tilt the Tiltfile is for. This program has the library of Tilt 0.37.6, so that version must be among them. */
declare const version_settings: typeof import('tilt').version_settings;
/** Runs a command while the Tiltfile loads and answers its standard output. A command that fails ends the Tiltfile with an error. */
declare const local: typeof import('tilt').local;
/** Runs a command like `local`, and answers a promise at once: several run at the same time, up to eight. A command that fails rejects the promise. The Tiltfile is loaded when all of them have ended, also those that nobody awaits. */
declare const local_async: typeof import('tilt').local_async;
/** Reads a file. When the file changes, the Tiltfile is loaded again. */
declare const read_file: typeof import('tilt').read_file;
/** Loads the Tiltfile again when a file, or anything in a folder, changes. */
declare const watch_file: typeof import('tilt').watch_file;
/** Answers the absolute paths of the files in a folder, sorted by name. A folder that does not exist has none. */
declare const listdir: typeof import('tilt').listdir;
/** Answers a checkout of a Git repository, which stands for its folder wherever a path is asked for. */
declare const local_git_repo: typeof import('tilt').local_git_repo;
/** Makes a Blob of a text, for builtins that would take a string for a path: `k8s_yaml(blob(text))`. */
declare const blob: typeof import('tilt').blob;
/** Reads a YAML file with one document. When the file changes, the Tiltfile is loaded again. */
declare const read_yaml: typeof import('tilt').read_yaml;
/** Reads a YAML file with any number of documents. When the file changes, the Tiltfile is loaded again. */
declare const read_yaml_stream: typeof import('tilt').read_yaml_stream;
/** Reads a text with one YAML document. Whole numbers that JavaScript cannot hold exactly become bigints. */
declare const decode_yaml: typeof import('tilt').decode_yaml;
/** Reads a text with any number of YAML documents; empty ones are left out. */
declare const decode_yaml_stream: typeof import('tilt').decode_yaml_stream;
/** Writes a value as YAML, with sorted keys. */
declare const encode_yaml: typeof import('tilt').encode_yaml;
/** Writes each value of a list as a YAML document. */
declare const encode_yaml_stream: typeof import('tilt').encode_yaml_stream;
/** Reads a JSON file. When the file changes, the Tiltfile is loaded again. */
declare const read_json: typeof import('tilt').read_json;
/** Reads a text with one JSON value. Whole numbers that JavaScript cannot hold exactly become bigints. */
declare const decode_json: typeof import('tilt').decode_json;
/** Writes a value as JSON, with sorted keys and indented by two blanks. */
declare const encode_json: typeof import('tilt').encode_json;
/** Runs another Tiltfile for what it declares. A file runs once, however often it is included. */
declare const include: typeof import('tilt').include;
/** Runs another file and answers what it exports, by name. Unlike `import`, the path can be computed. */
declare const load_dynamic: typeof import('tilt').load_dynamic;
/** Makes an object whose fields cannot be replaced. */
declare const struct: typeof import('tilt').struct;
/** Writes values to the log, with a blank between them. Lists, dicts, booleans and None look as in Python. */
declare function print(...values: Parameters<typeof import('tilt').print>): ReturnType<typeof import('tilt').print>;
/** Writes a warning to the log. */
declare const warn: typeof import('tilt').warn;
/** Ends the Tiltfile with an error. */
declare const fail: typeof import('tilt').fail;
/** Ends the Tiltfile here. What it declared so far counts; this is no error. */
declare const exit: typeof import('tilt').exit;
/** Says whether Tilt may count its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing. */
declare const analytics_settings: typeof import('tilt').analytics_settings;
/** Names the team in Tilt Cloud. Accepted for the sake of Tiltfiles that say it: there is no cloud here. */
declare const set_team: typeof import('tilt').set_team;
/** Switches a feature of Tilt on. Accepted for the sake of Tiltfiles that say it. */
declare const enable_feature: typeof import('tilt').enable_feature;
/** Switches a feature of Tilt off. Accepted for the sake of Tiltfiles that say it. */
declare const disable_feature: typeof import('tilt').disable_feature;
/** Hides what makes snapshots of a session. */
declare const disable_snapshots: typeof import('tilt').disable_snapshots;
/** Adds to what Tilt counts of its use. Accepted for the sake of Tiltfiles that say it: this program counts and sends nothing. */
declare const experimental_analytics_report: typeof import('tilt').experimental_analytics_report;
/** Does nothing any more, in Tilt and here. */
declare const experimental_metrics_settings: typeof import('tilt').experimental_metrics_settings;
/** Names the command to which Tilt hands how long its builds took. Accepted, with a warning: no times are handed out here. */
declare const experimental_telemetry_cmd: typeof import('tilt').experimental_telemetry_cmd;
/** Declares how to build an image. It is built when a Kubernetes object or a Compose service runs it, and put there in its place. */
declare const docker_build: typeof import('tilt').docker_build;
/** Declares an image that a command of yours builds. It is built when a Kubernetes object runs it, and put there in its place. */
declare const custom_build: typeof import('tilt').custom_build;
/** A step of a live update, the first one: all files of its `sync` steps are copied once when a container starts. */
declare const initial_sync: typeof import('tilt').initial_sync;
/** A step of a live update, before all `sync` steps: changes of these files build the whole image. */
declare const fall_back_on: typeof import('tilt').fall_back_on;
/** A step of a live update: changed files are copied into the container. */
declare const sync: typeof import('tilt').sync;
/** A step of a live update, after all `sync` steps: a command in the container. */
declare const run: typeof import('tilt').run;
/** A step of a live update, the last one: the container starts anew. Only for services of Docker Compose. */
declare const restart_container: typeof import('tilt').restart_container;
/** Declares Kubernetes objects. Those that run images become resources, with the Services that select their pods. */
declare const k8s_yaml: typeof import('tilt').k8s_yaml;
/** Parts Kubernetes objects in two: those that fit all that is asked for, and the rest. Patterns are regular expressions in the language of RE2; they are looked for anywhere in a field (`^web$` fits nothing but `web`), and large and small letters are the same to them. */
declare const filter_yaml: typeof import('tilt').filter_yaml;
/** Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes. */
declare const helm: typeof import('tilt').helm;
/** Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes. */
declare const kustomize: typeof import('tilt').kustomize;
/** Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up. */
declare const k8s_resource: typeof import('tilt').k8s_resource;
/** Declares a resource that commands of yours deploy to the cluster. */
declare const k8s_custom_deploy: typeof import('tilt').k8s_custom_deploy;
/** Says of a kind of objects that they are workloads, where they hold their images, and when they count as running. */
declare const k8s_kind: typeof import('tilt').k8s_kind;
/** Says where objects hold image references outside of pod specs. They count as workloads then. */
declare const k8s_image_json_path: typeof import('tilt').k8s_image_json_path;
/** Names the resources of workloads: the function is called with each of them when the Tiltfile has run. Without it they have the names of their objects. */
declare const workload_to_resource_function: typeof import('tilt').workload_to_resource_function;
/** Allows to deploy to Kubernetes contexts beside those of local clusters (kind, minikube, k3d, Docker Desktop, …), which are always allowed. */
declare const allow_k8s_contexts: typeof import('tilt').allow_k8s_contexts;
/** Answers the name of the Kubernetes context that is used. Empty when there is none. */
declare const k8s_context: typeof import('tilt').k8s_context;
/** Answers the namespace of the Kubernetes context that is used: `default` when it names none, empty when there is no context. */
declare const k8s_namespace: typeof import('tilt').k8s_namespace;
/** Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins. */
declare const default_registry: typeof import('tilt').default_registry;
/** Makes a resource of each service of a Compose project. A service whose image is declared by docker_build runs that image. A second call for the same project adds its files. */
declare const docker_compose: typeof import('tilt').docker_compose;
/** Configures the resource of a service of docker_compose. Several calls for one resource add up. */
declare const dc_resource: typeof import('tilt').dc_resource;
/** Resources update when their files change. */
declare const TRIGGER_MODE_AUTO: typeof import('tilt').TRIGGER_MODE_AUTO;
/** Resources update when someone asks for it. */
declare const TRIGGER_MODE_MANUAL: typeof import('tilt').TRIGGER_MODE_MANUAL;
declare const config: typeof import('tilt').config;
declare const os: typeof import('tilt').os;
declare const shlex: typeof import('tilt').shlex;
declare const v1alpha1: typeof import('tilt').v1alpha1;
declare const sys: typeof import('tilt').sys;

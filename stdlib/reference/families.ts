/** Builtins and constants that belong together; each has a page of the reference. */
export interface Family {
  /** The name of its page. */
  readonly id: string;
  readonly title: string;
  /** A few sentences in Markdown that say what one does with it. */
  readonly introduction: string;
  /** Names of builtins and constants; one that ends with `.` stands for all members of that module. */
  readonly names: readonly string[];
}

/**
 * In the order of the reference. A new builtin is put into the family where its users look for it; those of Tilt that are not there
 * yet have their place already.
 */
export const families: readonly Family[] = [
  {
    id: 'local-resources',
    title: 'Local resources',
    introduction:
      'Commands on this machine: builds, tests and servers that run beside what is in the cluster, and how to find out whether a server is ready.',
    names: [
      'local_resource',
      'test',
      'probe',
      'exec_action',
      'http_get_action',
      'tcp_socket_action',
      'link',
      'trigger_mode',
      'TRIGGER_MODE_AUTO',
      'TRIGGER_MODE_MANUAL',
    ],
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes',
    introduction:
      'Objects for a cluster. Those that run something become resources, named by their workload; `k8s_resource` says more about them.',
    names: [
      'k8s_yaml',
      'k8s_resource',
      'k8s_custom_deploy',
      'k8s_kind',
      'k8s_image_json_path',
      'workload_to_resource_function',
      'filter_yaml',
      'helm',
      'kustomize',
      'port_forward',
      'allow_k8s_contexts',
      'k8s_context',
      'k8s_namespace',
    ],
  },
  {
    id: 'images',
    title: 'Images',
    introduction: 'How images are built, and where they are pushed. An image is built when some resource runs it.',
    names: ['docker_build', 'custom_build', 'default_registry'],
  },
  {
    id: 'live-update',
    title: 'Live update',
    introduction: 'What is done in a running container when files change, instead of building its image anew.',
    names: ['fall_back_on', 'initial_sync', 'sync', 'run', 'restart_container'],
  },
  {
    id: 'compose',
    title: 'Compose',
    introduction: 'Services of Docker Compose as resources.',
    names: ['docker_compose', 'dc_resource'],
  },
  {
    id: 'files-and-data',
    title: 'Files and data',
    introduction:
      'Reads files and the output of commands, and reads and writes YAML and JSON. Files that were read load the Tiltfile again when they change.',
    names: [
      'local',
      'local_async',
      'read_file',
      'watch_file',
      'listdir',
      'blob',
      'read_yaml',
      'read_yaml_stream',
      'decode_yaml',
      'decode_yaml_stream',
      'encode_yaml',
      'encode_yaml_stream',
      'read_json',
      'decode_json',
      'encode_json',
      'struct',
      'local_git_repo',
    ],
  },
  {
    id: 'modules',
    title: 'Modules and extensions',
    introduction:
      'A Tiltfile is an ES module: `import` works with relative paths (with their extension) and with JSON files. These builtins take paths that are computed.',
    names: ['include', 'load_dynamic', 'load', 'module'],
  },
  {
    id: 'config',
    title: 'Config',
    introduction: "What the Tiltfile knows of the command line, and the project's own settings.",
    names: ['config.', 'set_setting'],
  },
  {
    id: 'settings',
    title: 'Settings',
    introduction: 'How the program itself behaves.',
    names: [
      'update_settings',
      'ci_settings',
      'watch_settings',
      'docker_prune_settings',
      'secret_settings',
      'version_settings',
      'analytics_settings',
      'experimental_analytics_report',
      'experimental_metrics_settings',
      'experimental_telemetry_cmd',
      'enable_feature',
      'disable_feature',
      'disable_snapshots',
      'set_team',
    ],
  },
  {
    id: 'environment',
    title: 'Environment',
    introduction:
      'The machine, the environment and paths. `os.environ` is the environment as a live mapping: `os.environ.HOME`, `"CI" in os.environ`, `os.environ.STAGE = "dev"`. What is set reaches the commands that the Tiltfile runs.',
    names: ['os.', 'sys.', 'shlex.', 'pwd', 'Deno.'],
  },
  {
    id: 'output',
    title: 'Output and end',
    introduction:
      'Writes to the log of the Tiltfile, and ends it. `console.log` and its like work too, and show values as JavaScript does.',
    names: ['print', 'warn', 'fail', 'exit'],
  },
  {
    id: 'v1alpha1',
    title: "Objects of Tilt's API",
    introduction: 'Low-level objects, for extensions mostly.',
    names: ['v1alpha1.'],
  },
];

/** The family of a builtin or a constant; `undefined` when none names it. */
export function familyOf(name: string): Family | undefined {
  return families.find((family) => placeIn(family, name) >= 0);
}

/** Which of the family's names stands for this one; -1 when none does. */
export function placeIn({ names }: Family, name: string): number {
  return names.findIndex((own) => own === name || (own.endsWith('.') && name.startsWith(own)));
}

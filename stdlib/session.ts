import type { Call } from '../interpreter/builtin.ts';
import type { Declarations } from './declarations.ts';
import type { AddedObject } from './model/extension.ts';

/** What is known before the Tiltfile runs. Plain data: it crosses to the worker. */
export interface LibraryOptions {
  /** Absolute path. */
  readonly mainFile: string;
  /** The Tiltfile's own arguments, after `--`. */
  readonly args: readonly string[];
  readonly subcommand: Subcommand;
  /** The absolute path of the program and all words after it, as it was started; a thread of its own does not see them. */
  readonly commandLine?: readonly string[] | undefined;
  /** Absolute path: where the program was started. */
  readonly cwd: string;
  /** Names of resources given on the command line; none means all. */
  readonly enabledNames: readonly string[];
  /** The Kubernetes context to use (`--context`); by default the current one. */
  readonly kubeContext?: string | undefined;
  /** The namespace to use (`--namespace`); by default the context's. */
  readonly kubeNamespace?: string | undefined;
  /** Where the kubeconfig is looked for: the values of KUBECONFIG and HOME. By default those of this process. */
  readonly kubeEnvironment?: { readonly kubeconfig: string | undefined; readonly home: string | undefined } | undefined;
  /** The port of this session's server, for the commands that the Tiltfile runs. */
  readonly tiltPort?: number;
  readonly extensions?: ExtensionOptions | undefined;
}

/** The words of the command line that the Tiltfile gets, as settings or as names of resources: those before `--` and those after. */
export function tiltfileWords({ enabledNames, args }: LibraryOptions): readonly string[] {
  return [...enabledNames, ...args];
}

/** How extensions are fetched. */
export interface ExtensionOptions {
  /** Absolute path of the folder for what was fetched; by default in the user's cache. */
  readonly cacheFolder?: string | undefined;
  /** Refuse repositories that the lock file does not pin. */
  readonly frozenLock?: boolean | undefined;
  /** Ask again what these repositories or extensions are now, by name; all of them if there is no name. */
  readonly renew?: readonly string[] | undefined;
  /** Absolute path of the folder of the lock file; by default that of the main file. */
  readonly lockFolder?: string | undefined;
  /** What was added to the running session beside what the Tiltfile registers. */
  readonly added?: readonly AddedObject[] | undefined;
}

/** The commands that evaluate a Tiltfile. */
export const SUBCOMMANDS = [
  'up',
  'ci',
  'down',
  'plan',
  'docker-prune',
  'alpha tiltfile-result',
  'ext list',
  'ext update',
] as const;
export type Subcommand = (typeof SUBCOMMANDS)[number];

/** One evaluation of a Tiltfile, as builtins see it. */
export interface Session {
  readonly options: LibraryOptions;
  readonly declarations: Declarations;
  /** Names that are taken already: the next one to declare them is refused where it does. */
  readonly resourceNames: Set<string>;
  /** Absolute paths of the files that are being run: the main file, and those that are included at the moment. */
  readonly loading: Set<string>;
  /** Throws `Refusal` when what the function of that name does may reach a cluster that is not allowed. */
  checkContext(call: Pick<Call, 'name'>): void;
}

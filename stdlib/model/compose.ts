/** A Compose project: its files, and how Compose is to read them. */
export interface ComposeProject {
  readonly name: string;
  /** Absolute path: relative paths in its files start here. */
  readonly folder: string;
  /** In the order in which Compose merges them. Texts stand next to each other: Compose reads them as one. */
  readonly files: readonly ComposeFile[];
  /** Absolute path of a file of variables; empty when not given. */
  readonly envFile: string;
  readonly profiles: readonly string[];
  /** As given. What depends on a service waits for its health in any case. */
  readonly wait: boolean;
  /** The program and its first arguments: `docker compose`. */
  readonly command: readonly string[];
  /** What the Tiltfile changed in the environment before it declared the project; `null` for what it removed. */
  readonly variables: Readonly<Record<string, string | null>>;
}

/** A file by its absolute path, or a text that the Tiltfile gives, which Compose reads from its standard input. */
export type ComposeFile =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string };

/** An image that Compose builds for a service. */
export interface ComposeBuild {
  /** The reference under which the image is known: the service's `image`, else one made of project and service. */
  readonly ref: string;
  /** Only references with the very same tag mean it. */
  readonly matchExact: boolean;
  /** The service that has the build section. Others may run the same image. */
  readonly service: string;
  /** Absolute path; empty for a context that is no folder of this machine. */
  readonly context: string;
  /** Absolute where the context is one. */
  readonly dockerfile: string;
  /** Sources of the service's volumes, as Compose lists them: folders, names, and empty ones. */
  readonly mounts: readonly string[];
}

/** A command line of Compose. */
export interface ComposeCall {
  readonly argv: readonly string[];
  /** For its standard input; empty when there is nothing to read. */
  readonly stdin: string;
}

/** The call of Compose for a project with a subcommand: `docker compose --project-name shop … up -d web`. */
export function composeCall(project: ComposeProject, subcommand: readonly string[]): ComposeCall {
  const { command, name, folder, envFile, files, profiles } = project;
  const paths: string[] = [];
  const texts: string[] = [];
  for (const file of files) {
    if (file.kind === 'path') paths.push('-f', file.path);
    else if (texts.push(file.text) === 1) paths.push('-f', '-');
  }
  return {
    argv: [
      ...command,
      ...(name === '' ? [] : ['--project-name', name]),
      ...(folder === '' ? [] : ['--project-directory', folder]),
      ...(envFile === '' ? [] : ['--env-file', envFile]),
      ...paths,
      ...profiles.flatMap((profile) => ['--profile', profile]),
      ...subcommand,
    ],
    stdin: texts.length > 1 ? texts.map(bareDocument).join('\n---\n') : (texts[0] ?? ''),
  };
}

/** A document without the marks around it, two of which would stand for an empty one, which Compose refuses. */
function bareDocument(text: string): string {
  return text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)*---[ \t]*\r?\n/, '').replace(/\n(?:---|\.\.\.)\s*$/, '\n');
}

/**
 * Variables for every call of Compose: the profiles are those of the project, whatever the environment and `.env` say.
 * `BUILDKIT_PROGRESS`, `NO_COLOR` and the like stay the user's.
 */
export const COMPOSE_VARIABLES: Readonly<Record<string, string>> = { COMPOSE_PROFILES: '' };

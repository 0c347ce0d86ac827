import type { Call } from '../../interpreter/builtin.ts';
import type { PlainData } from '../encoding/plain-data.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';
import type { ComposeProject } from '../model/compose.ts';
import { joinPaths } from '../schema/go-path.ts';
import { listOf, member, textOf } from './compose-services.ts';
import { composeOutput } from './run-compose.ts';

/**
 * Absolute paths of the env files of the given services. `docker compose config` replaces them by the variables in them, so
 * they are looked up in the project as it is written, which takes a second call where there may be any.
 */
export function serviceEnvFiles(
  project: ComposeProject,
  services: readonly string[],
  call: Call,
  folder: string,
): readonly string[] {
  if (!mayHaveEnvFiles(project, call)) return [];
  const written = composeOutput(project, ['config', '--no-interpolate'], call, folder);
  const declared = documentOf(written);
  const paths = services.flatMap((service) => {
    const files = member(member(member(declared, 'services'), service), 'env_file');
    return typeof files === 'string'
      ? [files]
      : listOf(files).map((file) => textOf(file) || textOf(member(file, 'path')));
  });
  const found = interpolated([...new Set(paths.filter((path) => path !== ''))], project, call, folder);
  return found.map((path) => (path.startsWith('/') ? path : joinPaths([project.folder, path])));
}

/** Files may take services from others, which are not looked into. */
function mayHaveEnvFiles({ files }: ComposeProject, call: Call): boolean {
  return files.some((file) => {
    if (file.kind === 'text') return MENTIONS.test(file.text);
    const read = call.broker.readFile(file.path);
    return read.ok && MENTIONS.test(new TextDecoder().decode(read.value));
  });
}

const MENTIONS = /env_file|extends|include/;

/** Lets Compose itself put in the variables, for a service that is nothing but these paths. */
function interpolated(
  paths: readonly string[],
  project: ComposeProject,
  call: Call,
  folder: string,
): readonly string[] {
  if (!paths.some((path) => path.includes('$'))) return paths;
  const text = JSON.stringify({ services: { paths: { image: 'paths', command: paths } } });
  const asked: ComposeProject = { ...project, files: [{ kind: 'text', text }] };
  const answer = documentOf(composeOutput(asked, ['config'], call, folder)?.replaceAll('$$', '$'));
  return listOf(member(member(member(answer, 'services'), 'paths'), 'command')).map(textOf);
}

function documentOf(text: string | undefined): PlainData {
  const parsed = text === undefined ? undefined : parseYamlStream(text, '');
  return (parsed?.ok ? parsed.documents[0] : undefined) ?? null;
}

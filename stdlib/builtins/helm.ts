import path from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { isPlainObjectData, type PlainData } from '../encoding/plain-data.ts';
import { parseYamlStream } from '../encoding/yaml-stream.ts';
import { typeProblem } from '../kubernetes/canonical-object.ts';
import { type HelmVersion, helmVersion, withoutTests } from '../kubernetes/helm-output.ts';
import { withNamespace, writeObjects } from '../kubernetes/object-text.ts';
import { parseObjects } from '../kubernetes/object-yaml.ts';
import { builtin } from '../schema/builtin.ts';
import { stringOrList } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { absolutePath, localPath } from '../schema/path-types.ts';
import { bool, string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';
import { makeBlob } from './blob.ts';
import { systemReason } from './effect-errors.ts';
import { runCommand } from './local.ts';
import { isOnPath, kindOf } from './program-path.ts';

const decoder = new TextDecoder();

export const helm = builtin({
  name: 'helm',
  doc: 'Runs `helm template` on a chart in a folder and answers its YAML, without what `helm test` would run. The Tiltfile is loaded again when the chart or a values file changes.',
  parameters: {
    paths: required(localPath, 'The folder of the chart.'),
    name: withDefault(string, '', 'The name of the release; `chart` when not given.'),
    namespace: withDefault(string, '', 'The namespace of all objects that name none.'),
    values: withDefault(stringOrList, [], 'Values files. Of several the last wins.'),
    set: withDefault(stringOrList, [], "Values, as in helm's `--set`: `image.tag=dev`."),
    kube_version: withDefault(string, '', 'The version of Kubernetes that the chart is told.'),
    skip_crds: withDefault(bool, false, "Leave out the chart's CRDs."),
  },
  returns: 'Blob',
  example: "k8s_yaml(helm('./chart', { name: 'web', values: 'dev.yaml', set: ['replicas=1'] }));",
  run(args, call, session) {
    const { paths: chart, namespace } = args;
    checkFolder(chart, call);
    call.broker.watch(chart);
    for (const folder of localSubcharts(chart, call)) call.broker.watch(folder);
    const version = installedVersion(call, session);
    const argv = ['helm', 'template', args.name || 'chart', chart];
    if (namespace !== '') argv.push('--namespace', namespace);
    if (args.kube_version !== '') argv.push('--kube-version', args.kube_version);
    if (!args.skip_crds && version === '3.1 or later') argv.push('--include-crds');
    for (const file of args.values) {
      argv.push('--values', file);
      watchFile(absolutePath(call, file), call);
    }
    for (const assignment of args.set) argv.push('--set', assignment);
    let yaml = withoutTests(run(argv, true, call, session));
    // That version's --include-crds does not exist.
    if (version === '3.0') yaml = [yaml, ...crdFiles(path.join(chart, 'crds'), call)].join('\n---\n');
    return makeBlob(namespace === '' ? yaml : inNamespace(yaml, namespace), `helm: ${chart}`);
  },
});

function run(argv: readonly string[], isAnnounced: boolean, call: Call, session: Session): string {
  return runCommand({ argv, dir: executingFolder(call), env: [] }, call, session, {
    quiet: true,
    echoOff: !isAnnounced,
    stdin: undefined,
    announcedAs: 'Running',
  });
}

function checkFolder(chart: string, call: Call): void {
  const found = kindOf(chart, call);
  if (found.ok) {
    if (found.kind === 'folder') return;
    throw new Refusal(`helm() may only be called on directories with Chart.yaml: ${quote(chart)}`);
  }
  if (found.code === 'refused') throw new Refusal(found.message);
  const reason =
    found.code === 'ENOENT' ? 'does not exist' : `stat ${chart}: ${systemReason(found.code) ?? found.message}`;
  throw new Refusal(`Could not read Helm chart directory ${quote(chart)}: ${reason}`);
}

/** Helm writes no namespace into objects whose templates do not, and declares none. */
function inNamespace(yaml: string, namespace: string): string {
  const found = parseObjects(yaml);
  if (!found.ok) throw new Refusal(found.message);
  for (const body of found.bodies) {
    const problem = typeProblem(body);
    if (problem !== undefined) throw new Refusal(problem);
  }
  return writeObjects(found.bodies.map((body) => withNamespace(body, namespace)));
}

/** Asking takes as long as rendering a small chart. By the PATH that helm was found with. */
const knownVersions = new WeakMap<Session, Map<string, HelmVersion>>();

function installedVersion(call: Call, session: Session): HelmVersion {
  const place = call.broker.environment.setting('PATH') ?? '';
  const versions = knownVersions.get(session) ?? new Map<string, HelmVersion>();
  knownVersions.set(session, versions);
  const version = versions.get(place) ?? askVersion(call, session);
  versions.set(place, version);
  return version;
}

function askVersion(call: Call, session: Session): HelmVersion {
  if (!isOnPath('helm', call)) {
    const program = process.platform === 'win32' ? 'helm.exe' : 'helm';
    throw new Refusal(`Unable to find Helm installation. Make sure \`${program}\` is on your $PATH.`);
  }
  const output = run(['helm', 'version', '--short'], false, call, session);
  const version = helmVersion(output);
  if (version === undefined) throw new Refusal(`could not parse Helm version from string: ${quote(output)}`);
  return version;
}

/** The subcharts that requirements.yaml names by their folder. */
function localSubcharts(chart: string, call: Call): readonly string[] {
  const file = path.join(chart, 'requirements.yaml');
  const read = call.broker.peekFile(file);
  if (!read.ok) {
    if (read.error.code === 'ENOENT') return [];
    const reason = systemReason(read.error.code);
    throw new Refusal(
      `reading subchart deps: ${reason === undefined ? read.error.message : `open ${file}: ${reason}`}`,
    );
  }
  const parsed = parseYamlStream(decoder.decode(read.value), '');
  if (!parsed.ok) throw new Refusal(`reading subchart deps: ${parsed.message.replace('error parsing YAML: ', '')}`);
  return repositories(parsed.documents[0])
    .filter((repository) => repository.startsWith('file://'))
    .map((repository) => absolutePath(call, repository.slice('file://'.length)));
}

function repositories(requirements: PlainData | undefined): readonly string[] {
  const isObject = requirements !== undefined && isPlainObjectData(requirements);
  const dependencies = isObject && Array.isArray(requirements.dependencies) ? requirements.dependencies : [];
  return dependencies.flatMap((one) =>
    isPlainObjectData(one) && typeof one.repository === 'string' ? [one.repository] : [],
  );
}

/** A folder among the values files is not watched, because that would mean everything in it. */
function watchFile(file: string, call: Call): void {
  const found = call.broker.stat(file);
  if (!found.ok || found.value !== 'folder') call.broker.watch(file);
}

/** The texts of all YAML files in a folder and below it, by name. */
function crdFiles(folder: string, call: Call): readonly string[] {
  const listed = call.broker.listFolder(folder);
  if (!listed.ok) {
    if (listed.error.code === 'refused') throw new Refusal(listed.error.message);
    return [];
  }
  const entries = [...listed.value].sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(({ name, kind }) => {
    const file = path.join(folder, name);
    if (kind === 'folder') return crdFiles(file, call);
    if (kind !== 'file' || !/\.ya?ml$/i.test(name)) return [];
    const read = call.broker.peekFile(file);
    return read.ok ? [decoder.decode(read.value)] : [];
  });
}

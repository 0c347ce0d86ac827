import { clusters } from './objects/cluster.ts';
import { cmds } from './objects/cmd.ts';
import { dockerComposeLogStreams, dockerComposeServices } from './objects/compose.ts';
import { configMaps } from './objects/configmap.ts';
import { resourceToggles } from './objects/disable.ts';
import { fileWatches } from './objects/filewatch.ts';
import { cmdImages, dockerImages, imageMaps, liveUpdates } from './objects/images.ts';
import { kubernetesApplys, kubernetesDiscoveries, podLogStreams, portForwards } from './objects/kubernetes.ts';
import { both } from './objects/own.ts';
import type { Projector } from './objects/projected.ts';
import { sessions, uiSessions } from './objects/session.ts';
import { extensionRepos, extensions, tiltfiles } from './objects/tiltfile.ts';
import { ownToggleButtons } from './objects/toggle-buttons.ts';
import { uiButtons } from './objects/uibutton.ts';
import { uiResources } from './objects/uiresource.ts';

export const GROUP = 'tilt.dev';
export const VERSION = 'v1alpha1';
export const GROUP_VERSION = `${GROUP}/${VERSION}` as const;

export interface ApiKind {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  /** For `explain` and discovery. */
  readonly doc: string;
  /**
   * What writing does. `none`: refused. `metadata`: labels and annotations are kept, the rest is what it is. `own`: clients make, change and
   * delete objects. `args`: of the Tiltfile, only its arguments.
   */
  readonly writes: 'none' | 'metadata' | 'own' | 'args';
  readonly project: Projector;
}

function kind(
  kindName: string,
  plural: string,
  shortNames: readonly string[],
  writes: ApiKind['writes'],
  project: Projector,
  doc: string,
): ApiKind {
  return { plural, singular: kindName.toLowerCase(), kind: kindName, shortNames, doc, writes, project };
}

/** All kinds of objects, by their plural names. */
export const KINDS: ReadonlyMap<string, ApiKind> = new Map(
  [
    kind('Cluster', 'clusters', [], 'none', clusters, 'The cluster that the session works with.'),
    kind('CmdImage', 'cmdimages', [], 'none', cmdImages, 'An image that a command builds.'),
    kind('Cmd', 'cmds', [], 'own', cmds, 'A command of this machine that runs, waits to be started, or has ended.'),
    kind('ConfigMap', 'configmaps', ['cm'], 'own', configMaps, 'Values by name, which other objects look at.'),
    kind(
      'DockerComposeLogStream',
      'dockercomposelogstreams',
      ['dclog', 'dcls'],
      'none',
      dockerComposeLogStreams,
      'The log of a Compose service.',
    ),
    kind(
      'DockerComposeService',
      'dockercomposeservices',
      ['dc'],
      'none',
      dockerComposeServices,
      'A service of a Compose project.',
    ),
    kind('DockerImage', 'dockerimages', [], 'none', dockerImages, 'An image that the Docker engine builds.'),
    kind(
      'ExtensionRepo',
      'extensionrepos',
      ['repo', 'extrepo'],
      'own',
      extensionRepos,
      'A repository that extensions are taken from.',
    ),
    kind('Extension', 'extensions', ['ext'], 'own', extensions, 'An extension that the Tiltfile names.'),
    kind('FileWatch', 'filewatches', ['fw'], 'own', fileWatches, 'Files and folders that are watched.'),
    kind('ImageMap', 'imagemaps', ['im'], 'none', imageMaps, 'What stands for an image in what is deployed.'),
    kind(
      'KubernetesApply',
      'kubernetesapplys',
      ['ka', 'kapp'],
      'own',
      kubernetesApplys,
      'Objects that are applied to the cluster.',
    ),
    kind(
      'KubernetesDiscovery',
      'kubernetesdiscoveries',
      ['kd', 'kdisco'],
      'own',
      kubernetesDiscoveries,
      'Where the pods of a resource are looked for, and those that were found.',
    ),
    kind('LiveUpdate', 'liveupdates', [], 'none', liveUpdates, 'How changed files come into running containers.'),
    kind('PodLogStream', 'podlogstreams', ['pls'], 'none', podLogStreams, 'The log of a pod.'),
    kind('PortForward', 'portforwards', ['pf'], 'own', portForwards, 'Ports of this machine that lead to a pod.'),
    kind('Session', 'sessions', [], 'none', sessions, 'The session, and all that it waits for.'),
    kind('Tiltfile', 'tiltfiles', [], 'args', tiltfiles, 'The Tiltfile, its arguments and how its last load ended.'),
    kind(
      'ToggleButton',
      'togglebuttons',
      [],
      'own',
      both(resourceToggles, ownToggleButtons),
      'What switches a value between two, such as a resource on and off.',
    ),
    kind('UIButton', 'uibuttons', [], 'own', uiButtons, 'A button of the page; commands can start with it.'),
    kind('UIResource', 'uiresources', [], 'metadata', uiResources, 'A resource as the page shows it.'),
    kind('UISession', 'uisessions', [], 'none', uiSessions, 'The session as the page shows it.'),
  ].map((one) => [one.plural, one]),
);

/** What a kind of objects with such a name in the API is, also by its short names. */
export function findKind(plural: string): ApiKind | undefined {
  return KINDS.get(plural);
}

import { type ApiKind, GROUP, GROUP_VERSION, KINDS, VERSION } from './kinds.ts';

// What clients ask before anything else: which kinds there are, and what can be done with them.

const VERSION_ENTRY = { groupVersion: GROUP_VERSION, version: VERSION };
const GROUP_ENTRY = { name: GROUP, versions: [VERSION_ENTRY], preferredVersion: VERSION_ENTRY };

export const CORE_VERSIONS = {
  kind: 'APIVersions',
  versions: [],
  serverAddressByClientCIDRs: [],
};

export const GROUPS = { kind: 'APIGroupList', apiVersion: 'v1', groups: [GROUP_ENTRY] };
export const OWN_GROUP = { kind: 'APIGroup', apiVersion: 'v1', ...GROUP_ENTRY };

export function resourceList(): object {
  const resources = [...KINDS.values()].flatMap((kind) => [
    {
      name: kind.plural,
      singularName: kind.singular,
      namespaced: false,
      kind: kind.kind,
      verbs: verbsOf(kind),
      ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
    },
    ...(hasStatus(kind)
      ? [
          {
            name: `${kind.plural}/status`,
            singularName: '',
            namespaced: false,
            kind: kind.kind,
            verbs: kind.writes === 'own' ? ['get', 'patch', 'update'] : ['get'],
          },
        ]
      : []),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: GROUP_VERSION, resources };
}

export function hasStatus({ plural }: ApiKind): boolean {
  return plural !== 'configmaps';
}

export function verbsOf({ writes }: ApiKind): readonly string[] {
  const reading = ['get', 'list', 'watch'];
  switch (writes) {
    case 'none':
      return reading;
    case 'metadata':
    case 'args':
      return [...reading, 'patch', 'update'];
    case 'own':
      return ['create', 'delete', 'deletecollection', ...reading, 'patch', 'update'];
  }
}

/** As Kubernetes writes it: clients read the numbers to know what a server can. */
export function serverVersion(version: string): object {
  return {
    major: '1',
    minor: '30',
    gitVersion: 'v1.30.0',
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'tilt-ts',
    platform: `tilt-ts/${version}`,
  };
}

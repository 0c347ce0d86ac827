import type { HostValue, TagManner } from '../../interpreter/starlark/runtime/host-value.ts';
import { quote } from '../../interpreter/starlark/runtime/text.ts';
import { tagNames } from '../schema/tag.ts';

const text = (value: HostValue, field: string) => String(value.fields.get(field) ?? '');
const described: TagManner = { attributes: [], show: (value) => text(value, 'description') };

/** How the library's values look to Starlark, where they do not look like structs. */
const manners: Readonly<Record<string, TagManner>> = {
  Blob: {
    attributes: [],
    show: (value) => text(value, 'text'),
    truth: (value) => text(value, 'text') !== '',
    unhashable: 'unhashable type: blob',
  },
  TriggerMode: { attributes: [], show: (value) => text(value, 'name') },
  PortForward: {
    attributes: [],
    show(value) {
      const [local, container] = [text(value, 'local_port'), text(value, 'container_port')];
      return `port_forward(local_port=${local}, container_port=${container}, name=${quote(text(value, 'name'))})`;
    },
    unhashable: 'unhashable type: port_forward',
  },
  LiveUpdateInitialSync: described,
  LiveUpdateFallBackOn: described,
  LiveUpdateSync: described,
  LiveUpdateRun: described,
  LiveUpdateRestartContainer: described,
  CustomBuild: { ...described, unhashable: 'unhashable type: custom_build' },
  K8sObjectID: {
    attributes: ['name', 'kind', 'namespace', 'group'],
    show: (value) => ['name', 'kind', 'namespace', 'group'].map((field) => text(value, field).toLowerCase()).join(':'),
    missing: (name) => `tiltfile.k8sObjectID has no attribute '${name}'`,
  },
  'git.Repo': {
    attributes: ['paths'],
    show: (value) => `[git.Repo] '${text(value, 'folder')}'`,
    unhashable: 'unhashable type: git.Repo',
  },
};

/** Tags whose values are structs with a name of their own. */
const structTags = ['Link', 'Probe', 'ExecAction', 'HTTPGetAction', 'TCPSocketAction'];

/** How the values with a tag look to Starlark. */
export function mannerOf(tag: string): TagManner | undefined {
  if (tag.startsWith('v1alpha1.')) return { dict: true };
  const type = tagNames(tag).script;
  if (structTags.includes(tag)) return { type, brand: tag === 'Link' ? 'link' : tag };
  const manner = manners[tag];
  return manner && { ...manner, type };
}

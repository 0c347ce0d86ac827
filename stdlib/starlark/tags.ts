import type { HostValue, TagManner } from '../../interpreter/starlark/runtime/host-value.ts';
import { quote } from '../../interpreter/starlark/runtime/text.ts';
import { tagNames } from '../schema/tag.ts';

const text = (value: HostValue, field: string) => String(value.fields.get(field) ?? '');

/** How the library's values look to Starlark, where they do not look like structs. */
const manners: Readonly<Record<string, Omit<TagManner, 'type'>>> = {
  Blob: {
    attributes: false,
    show: (value) => text(value, 'text'),
    truth: (value) => text(value, 'text') !== '',
    unhashable: 'unhashable type: blob',
  },
  TriggerMode: { attributes: false, show: (value) => text(value, 'name') },
  PortForward: {
    attributes: false,
    show(value) {
      const [local, container] = [text(value, 'local_port'), text(value, 'container_port')];
      return `port_forward(local_port=${local}, container_port=${container}, name=${quote(text(value, 'name'))})`;
    },
    unhashable: 'unhashable type: port_forward',
  },
};

/** Tags whose values are structs with a name of their own. */
const structTags = ['Link', 'Probe', 'ExecAction', 'HTTPGetAction', 'TCPSocketAction'];

export function mannersOfTags(): ReadonlyMap<string, TagManner> {
  const result = new Map<string, TagManner>();
  for (const [tag, manner] of Object.entries(manners)) result.set(tag, { ...manner, type: tagNames(tag).script });
  for (const tag of structTags) {
    result.set(tag, { type: tagNames(tag).script, attributes: true, brand: tag === 'Link' ? 'link' : tag });
  }
  return result;
}

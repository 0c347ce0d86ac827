import { Refusal } from '../../interpreter/builtin.ts';
import { parseImageReference } from '../model/image-reference.ts';
import { builtin } from '../schema/builtin.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { string } from '../schema/scalar-types.ts';
import { quote } from '../schema/show.ts';

export const defaultRegistry = builtin({
  name: 'default_registry',
  doc: 'Names the registry to which all images are pushed, whatever registry their own names say. A registry that the cluster itself announces wins.',
  parameters: {
    host: required(string, 'The registry, with a path if it needs one: `registry.example.com/dev`.'),
    host_from_cluster: withDefault(
      string,
      '',
      'The same registry as the cluster calls it, where that is another name.',
    ),
    single_name: withDefault(
      string,
      '',
      'One repository for all images, which are then told apart by their tags, as ECR wants it.',
    ),
  },
  returns: 'void',
  example: "default_registry('registry.example.com/dev');",
  run({ host, host_from_cluster: hostFromCluster, single_name: singleName }, _call, { declarations }) {
    if (declarations.defaultRegistry) throw new Refusal('default registry already defined');
    if (host === '') throw new Refusal('validating defaultRegistry: host: Required value');
    checkHost('host', host);
    if (hostFromCluster !== '') checkHost('hostFromContainerRuntime', hostFromCluster);
    declarations.defaultRegistry = { host, hostFromCluster, singleName };
    return undefined;
  },
});

/** A host is good when an image can be named in it. */
function checkHost(field: string, host: string): void {
  const parsed = parseImageReference(`${host}/example`);
  if (parsed.ok) return;
  throw new Refusal(`validating defaultRegistry: ${field}: Invalid value: ${quote(host)}: ${parsed.message}`);
}

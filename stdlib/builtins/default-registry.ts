import { Refusal } from '../../interpreter/builtin.ts';
import { fullReference, parseImageReference } from '../model/image-reference.ts';
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
    const problems = [
      host === '' ? 'host: Required value' : hostProblem('host', host),
      hostFromCluster === '' ? undefined : hostProblem('hostFromContainerRuntime', hostFromCluster),
    ].filter((problem) => problem !== undefined);
    if (problems.length > 0) {
      const all = problems.join(', ');
      throw new Refusal(`validating defaultRegistry: ${problems.length === 1 ? all : `[${all}]`}`);
    }
    declarations.defaultRegistry = { host, hostFromCluster, singleName };
    return undefined;
  },
});

/** A host is good when the full name of an image in it begins with it: `registry`, without a dot or a port, is a user of Docker Hub. */
function hostProblem(field: string, host: string): string | undefined {
  const name = `${host}/example`;
  const parsed = parseImageReference(name);
  if (parsed.ok && fullReference(parsed.value) === name) return undefined;
  const reason = parsed.ok ? 'repository name must be canonical' : parsed.message;
  return `${field}: Invalid value: ${quote(host)}: ${reason}`;
}

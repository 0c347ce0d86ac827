import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { parseUrl } from '../schema/go-url.ts';
import { required, withDefault } from '../schema/parameter.ts';
import { int, string } from '../schema/scalar-types.ts';

export const portForward = builtin({
  name: 'port_forward',
  doc: "Leads a port of this machine to a port of a resource's pod, for `port_forwards` of `k8s_resource`.",
  parameters: {
    local_port: required(int, 'The port on this machine.'),
    container_port: withDefault(int, 0, "The port of the container; 0 for the container's first port."),
    name: withDefault(string, '', 'What to show instead of the address.'),
    link_path: withDefault(string, '', 'Appended to the address that is shown.'),
    host: withDefault(string, '', 'The address to listen on; localhost when not given.'),
  },
  returns: 'PortForward',
  example:
    "k8s_yaml('k8s/web.yaml');\nk8s_resource('web', { port_forwards: port_forward(8080, 80, { link_path: '/admin' }) });",
  run(args) {
    const parsed = parseUrl(args.link_path);
    if (!parsed.ok) throw new Refusal(`parsing \`path\` param: ${parsed.message}`);
    return new Tagged('PortForward', { ...args });
  },
});

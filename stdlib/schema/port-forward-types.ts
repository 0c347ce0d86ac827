import { Refusal } from '../../interpreter/builtin.ts';
import { type ScriptValue, Tagged } from '../../interpreter/value.ts';
import type { PortForward } from '../model/port-forward.ts';
import { asSequence } from './collection-types.ts';
import { parseUrl, urlText } from './go-url.ts';
import { internalTypeName, typeName } from './kind.ts';
import { quote, show } from './show.ts';

const OCTET = '(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])';
const HOST_PART = '(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])';
const HOST = new RegExp(`^(?:(?:${OCTET}\\.){3}${OCTET}|(?:${HOST_PART}\\.)*${HOST_PART})$`);

/** A port, `local:container`, `host:local:container`, a value of `port_forward()`, or a list of these; `null` is none. */
export function portForwardsOf(value: ScriptValue): readonly PortForward[] {
  if (value === undefined || value === null) return [];
  const single = portForwardOf(value);
  if (single) return [single];
  const members = asSequence(value);
  if (members === undefined) {
    const given = internalTypeName(value);
    throw new Refusal(`port_forwards must be an int, a port_forward, or a sequence of those; is a ${given}`);
  }
  return members.map((member) => {
    const found = portForwardOf(member);
    if (found) return found;
    const what = `port_forwards arg ${show(value)} includes element ${show(member)}`;
    throw new Refusal(`${what} which must be an int or a port_forward; is a ${internalTypeName(member)}`);
  });
}

function portForwardOf(value: ScriptValue): PortForward | undefined {
  if (typeof value === 'string') return fromText(value);
  if (value instanceof Tagged && value.tag === 'PortForward') return fromTagged(value);
  if (typeName(value) !== 'int') return undefined;
  const localPort = Number(value);
  if (!isPort(localPort)) throw outOfRange(String(value));
  return { localPort, containerPort: 0, host: '', name: '', linkPath: '' };
}

function fromText(text: string): PortForward {
  const [first = '', second, third] = splitInThree(text);
  const host = third === undefined ? '' : first;
  if (third !== undefined && !HOST.test(host)) {
    throw new Refusal(`portForward host value ${quote(host)} is not a valid hostname or IP address`);
  }
  const container = third ?? second;
  return {
    localPort: portOf(third === undefined ? first : (second ?? '')),
    containerPort: container === undefined ? 0 : portOf(container),
    host,
    name: '',
    linkPath: '',
  };
}

/** The third part takes all that is left. */
function splitInThree(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length <= 3 ? parts : [...parts.slice(0, 2), parts.slice(2).join(':')];
}

function portOf(text: string): number {
  const port = /^[+-]?\d+$/.test(text) ? Number(text) : -1;
  if (!isPort(port)) throw outOfRange(quote(text));
  return port;
}

function isPort(port: number): boolean {
  return port >= 0 && port <= 65535;
}

function outOfRange(shown: string): Refusal {
  return new Refusal(`portForward port value ${shown} is not in the valid range [0-65535]`);
}

function fromTagged({ fields }: Tagged): PortForward {
  const path = parseUrl(String(fields.link_path ?? ''));
  return {
    localPort: Number(fields.local_port),
    containerPort: Number(fields.container_port),
    host: String(fields.host),
    name: String(fields.name),
    // Whoever shows the link puts the slash in front.
    linkPath: path.ok ? urlText(path.url).replace(/^\//, '') : '',
  };
}

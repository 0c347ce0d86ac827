import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { MixedDict, type ScriptValue } from '../../interpreter/value.ts';
import type { LabelSelector } from '../model/kubernetes.ts';
import type { PortForward } from '../model/port-forward.ts';
import { type Arguments, builtin } from '../schema/builtin.ts';
import { sequence, stringsOf } from '../schema/collection-types.ts';
import { internalTypeName, isList, isPlainObject, typeName } from '../schema/kind.ts';
import { limitsOf, retryCount, timeLimit } from '../schema/limit-types.ts';
import { links } from '../schema/link-types.ts';
import { optional, type ParameterType, withDefault } from '../schema/parameter.ts';
import { podReadiness } from '../schema/pod-readiness-type.ts';
import { portForwardsOf } from '../schema/port-forward-types.ts';
import { labels, resourceName, triggerMode } from '../schema/resource-types.ts';
import { anyValue, asText, checkedByBuiltin, optionalBool } from '../schema/scalar-types.ts';
import { quote, show } from '../schema/show.ts';
import type { Session } from '../session.ts';

const discoveryStrategy: ParameterType<string> = {
  typescript: "'default' | 'selectors-only' | ''",
  takesObject: false,
  read(value) {
    const strategy = asText(value);
    if (strategy === undefined) throw new Refusal(`Must be a string. Got: ${typeName(value)}`);
    if (['', 'default', 'selectors-only'].includes(strategy)) return strategy;
    throw new Refusal('Invalid. Must be one of: "default", "selectors-only"');
  },
};

const parameters = {
  workload: withDefault(resourceName, '', 'The resource to configure: the name of its workload.'),
  new_name: withDefault(
    resourceName,
    '',
    'Renames the resource; without `workload`, names a new one made of `objects`.',
  ),
  port_forwards: optional(
    checkedByBuiltin('number | string | PortForward | readonly (number | string | PortForward)[] | null'),
    'Ports of this machine that lead to its pods: `8080`, `"8080:80"`, `"127.0.0.2:8080:80"`, `port_forward(…)`.',
  ),
  extra_pod_selectors: optional(
    anyValue('Readonly<Record<string, string>> | readonly Readonly<Record<string, string>>[]'),
    'Labels of pods that belong to it beside those that its workload owns.',
  ),
  trigger_mode: optional(triggerMode, 'Whether changes update it by themselves or only when someone asks for it.'),
  resource_deps: withDefault(
    sequence,
    [],
    'Names of resources that must have been ready once before this one is deployed.',
  ),
  objects: withDefault(
    sequence,
    [],
    'Further objects that belong to it: `name`, `name:kind` or `name:kind:namespace`.',
  ),
  auto_init: optional(optionalBool, 'Whether it is deployed at the start.'),
  pod_readiness: optional(
    podReadiness,
    'When it counts as running: when its pods are ready (`wait`), at once (`ignore`), or when they have ended well (`succeeded`).',
  ),
  links: withDefault(links, [], 'Addresses to show with it.'),
  labels: withDefault(labels, [], 'Groups in which it is shown.'),
  discovery_strategy: withDefault(
    discoveryStrategy,
    '',
    'How its pods are found: by owner (`default`) or by labels alone (`selectors-only`).',
  ),
  timeout: optional(timeLimit, 'How long one apply of it may take; by default as update_settings says.'),
  readiness_timeout: optional(
    timeLimit,
    'How long it may take in `tilt-ts ci` from its deployment to its readiness, a Job to its end.',
  ),
  retries: optional(retryCount, 'How many more times a Job is deleted and made anew when it has failed.'),
};

export const k8sResource = builtin({
  name: 'k8s_resource',
  doc: 'Configures a resource that was made of the objects of `k8s_yaml`, or makes one of objects that are no workloads. Several calls for one resource add up.',
  parameters,
  returns: 'void',
  example:
    "k8s_yaml(['k8s/web.yaml', 'k8s/db.yaml']);\nk8s_resource('web', { port_forwards: '8080:80', resource_deps: ['db'] });",
  run: declare,
});

function declare(args: Arguments<typeof parameters>, call: Call, { declarations }: Session): undefined {
  const isManual = args.workload === '';
  const name = args.workload || args.new_name;
  if (name === '') {
    throw new Refusal(
      'Resource name missing. Must give a name for an existing resource or a new_name to create a new resource.',
    );
  }
  const portForwards = portForwardsFor(name, args.port_forwards, call);
  const extraPodSelectors = selectorsOf(args.extra_pod_selectors);
  const resourceDeps = strings(args.resource_deps, 'resource_deps', call);
  const objects = strings(args.objects, 'objects', call);
  if (isManual && objects.length === 0) {
    throw new Refusal(
      "k8s_resource doesn't specify a workload or any objects. All non-workload resources must specify 1 or more objects",
    );
  }
  declarations.kubernetesResources.push({
    workload: args.workload,
    newName: args.new_name,
    portForwards,
    resourceDeps,
    labels: args.labels,
    links: args.links,
    objects,
    autoInit: args.auto_init,
    triggerMode: args.trigger_mode,
    podReadiness: args.pod_readiness,
    extraPodSelectors,
    discoveryStrategy: args.discovery_strategy,
    limits: limitsOf(args),
    position: call.position,
  });
  return undefined;
}

function portForwardsFor(name: string, value: ScriptValue, call: Call): readonly PortForward[] {
  try {
    return portForwardsOf(value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${call.name} ${quote(name)}: ${error.message}`);
  }
}

function strings(members: readonly ScriptValue[], parameter: string, call: Call): readonly string[] {
  try {
    return stringsOf(members);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${call.name}: ${parameter}: ${error.message}`);
  }
}

/** One set of labels or a list of them; empty sets select nothing and go. */
function selectorsOf(value: ScriptValue): readonly LabelSelector[] {
  if (value === undefined || value === null) return [];
  if (isDict(value)) return nonEmpty(selectorOf(value));
  if (!isList(value)) {
    throw new Refusal(`pod labels must be a dict or a list; got ${internalTypeName(value)}`);
  }
  return value.flatMap((member) => {
    if (!isDict(member)) {
      throw new Refusal(`pod labels elements must be dicts; got ${internalTypeName(member)}`);
    }
    return nonEmpty(selectorOf(member));
  });
}

function nonEmpty(selector: LabelSelector): readonly LabelSelector[] {
  return Object.keys(selector).length === 0 ? [] : [selector];
}

type Dict = { readonly [key: string]: ScriptValue } | MixedDict;

function isDict(value: ScriptValue): value is Dict {
  return isPlainObject(value) || value instanceof MixedDict;
}

function selectorOf(labels: Dict): LabelSelector {
  const selector: Record<string, string> = {};
  for (const [key, value] of labels instanceof MixedDict ? labels.entries : Object.entries(labels)) {
    if (typeof key !== 'string') {
      throw new Refusal(`pod label keys must be strings; got '${show(key)}' of type ${internalTypeName(key)}`);
    }
    if (typeof value !== 'string') {
      throw new Refusal(`pod label values must be strings; got '${show(value)}' of type ${internalTypeName(value)}`);
    }
    selector[key] = value;
  }
  return selector;
}

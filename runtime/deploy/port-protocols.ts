import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { podTemplate } from '../../stdlib/model/pod-spec.ts';
import { mapTemplate } from './pod-template.ts';

type Body = KubernetesObject['body'];

/**
 * Writes out the protocol of ports that name none. It is a part of a port's key, and older clusters refuse a
 * server-side apply without it.
 */
export function withProtocols(object: KubernetesObject): KubernetesObject {
  const spec = fields(object.body.spec);
  if (object.apiVersion === 'v1' && object.kind === 'Service') {
    return { ...object, body: { ...object.body, spec: { ...spec, ...listOf(spec, 'ports', withProtocol) } } };
  }
  if (object.apiVersion === 'v1' && object.kind === 'Pod') {
    return { ...object, body: { ...object.body, spec: inPodSpec(spec) } };
  }
  if (!podTemplate(object)) return object;
  return mapTemplate(object, (template) => ({ ...template, spec: inPodSpec(fields(template.spec)) }));
}

function inPodSpec(spec: Body): Body {
  const inContainer = (container: Body) => ({ ...container, ...listOf(container, 'ports', withProtocol) });
  return { ...spec, ...listOf(spec, 'initContainers', inContainer), ...listOf(spec, 'containers', inContainer) };
}

function withProtocol(port: Body): Body {
  return port.protocol ? port : { ...port, protocol: 'TCP' };
}

function listOf(body: Body, key: string, change: (item: Body) => Body): Body {
  const list = body[key];
  if (!Array.isArray(list)) return {};
  return { [key]: list.map((item: Json) => (isFields(item) ? change(item) : item)) };
}

function isFields(value: Json | undefined): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: Json | undefined): Body {
  return isFields(value) ? value : {};
}

import type { Json, KubernetesObject } from '../../stdlib/model/kubernetes.ts';
import { podTemplate } from '../../stdlib/model/pod-spec.ts';

type Body = KubernetesObject['body'];

/** The same object with another pod template; objects without one stay as they are. */
export function mapTemplate(object: KubernetesObject, change: (template: Body) => Body): KubernetesObject {
  const template = podTemplate(object);
  if (!template) return object;
  const changed = change(template);
  const body = object.body;
  const spec = fields(body.spec);
  if (object.kind === 'PodTemplate') return { ...object, body: { ...body, template: changed } };
  if (object.kind !== 'CronJob') return { ...object, body: { ...body, spec: { ...spec, template: changed } } };
  const job = fields(spec.jobTemplate);
  const jobTemplate = { ...job, spec: { ...fields(job.spec), template: changed } };
  return { ...object, body: { ...body, spec: { ...spec, jobTemplate } } };
}

function fields(value: Json | undefined): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

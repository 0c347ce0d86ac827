import type { Json, KubernetesObject } from '../model/kubernetes.ts';
import { namespaceOf } from './object-name.ts';

type Labels = Readonly<Record<string, Json>>;

interface IndexedService {
  readonly object: KubernetesObject;
  readonly selector: Labels;
  readonly place: number;
}

/** Services that no workload has claimed yet, by a label that their pods must have: thousands of both meet quickly. */
export class ServiceIndex {
  readonly #byLabel = new Map<string, IndexedService[]>();
  #count = 0;

  /** Takes note of a Service with a selector; anything else is passed over. */
  add(object: KubernetesObject): void {
    const selector = serviceSelector(object);
    const [first] = selector ? Object.entries(selector) : [];
    if (!selector || !first) return;
    const label = labelKey(...first);
    const service: IndexedService = { object, selector, place: this.#count++ };
    const known = this.#byLabel.get(label);
    if (known) known.push(service);
    else this.#byLabel.set(label, [service]);
  }

  /** Removes and answers the Services that select the pods of a workload, in the order in which they were added. */
  takeFor(workload: KubernetesObject, labels: Labels): readonly KubernetesObject[] {
    const taken: IndexedService[] = [];
    for (const [key, value] of Object.entries(labels)) {
      const label = labelKey(key, value);
      const candidates = this.#byLabel.get(label);
      if (!candidates) continue;
      const fitting = candidates.filter((service) => selects(service, workload, labels));
      if (fitting.length === 0) continue;
      taken.push(...fitting);
      this.#byLabel.set(
        label,
        candidates.filter((service) => !fitting.includes(service)),
      );
    }
    return taken.sort((a, b) => a.place - b.place).map(({ object }) => object);
  }
}

function labelKey(key: string, value: Json): string {
  return `${key}=${JSON.stringify(value)}`;
}

/** A Service without namespace may serve any workload, one with a namespace those of its own. */
function selects({ object, selector }: IndexedService, workload: KubernetesObject, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  const namespace = namespaceOf(object);
  return namespace === 'default' || namespace === namespaceOf(workload);
}

function serviceSelector(object: KubernetesObject): Labels | undefined {
  if (object.apiVersion !== 'v1' || object.kind !== 'Service') return undefined;
  const spec = object.body.spec as { readonly selector?: Json } | null | undefined;
  const selector = spec?.selector;
  const isMap = typeof selector === 'object' && selector !== null && !Array.isArray(selector);
  return isMap ? (selector as Labels) : undefined;
}

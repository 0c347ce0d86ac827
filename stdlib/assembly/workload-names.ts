import { Refusal } from '../../interpreter/builtin.ts';
import type { Declarations } from '../declarations.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { workloadId } from './object-name.ts';

/** Names workloads as the script's own function says. Throws `Refusal` when it fails, or gives two of them one name. */
export function workloadNamer({
  workloadNamer: namer,
}: Declarations): ((workloads: readonly KubernetesObject[]) => readonly string[]) | undefined {
  if (!namer) return undefined;
  const { nameOf, position } = namer;
  const refuse = (message: string) =>
    new Refusal(`error applying workload_to_resource_function: ${message}`, { position });
  return (workloads) => {
    const taken = new Map<string, KubernetesObject>();
    return workloads.map((workload) => {
      const name = nameFor(workload);
      const other = taken.get(name);
      if (other) {
        throw refuse(`both '${workloadId(workload)}' and '${workloadId(other)}' mapped to resource name '${name}'`);
      }
      taken.set(name, workload);
      return name;
    });
  };

  function nameFor(workload: KubernetesObject): string {
    try {
      return nameOf(workload);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw refuse(`error determining resource name for '${workloadId(workload)}': ${error.message}`);
    }
  }
}

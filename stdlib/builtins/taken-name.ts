import { quote } from '../schema/show.ts';
import type { Session } from '../session.ts';

/** Says who has a resource's name already; `undefined` when it is free. */
export function takenBy(name: string, { declarations, resourceNames }: Session): string | undefined {
  if (resourceNames.has(name)) {
    const isDeployed = declarations.customDeploys.some((one) => one.name === name);
    return `${isDeployed ? 'k8s_resource' : 'local_resource'} named ${quote(name)} already exists`;
  }
  const isService = [...declarations.composeProjects.values()].some(({ services }) =>
    services.some((service) => service.name === name),
  );
  return isService ? `dc_resource named ${quote(name)} already exists` : undefined;
}

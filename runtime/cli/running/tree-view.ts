import type { ApiObject } from '../../report/objects/api-object.ts';
import { type TreeResource, treeText } from '../../report/resource-tree.ts';
import { ExitCode } from '../exit-code.ts';
import { findKind } from '../objects/asked-objects.ts';
import { withObjects } from '../objects/object-api.ts';
import type { ServerFlags } from './session-address.ts';

export interface TreeFlags extends ServerFlags {
  readonly blockers?: boolean | undefined;
  readonly dedupe?: boolean | undefined;
}

interface Status {
  readonly updateStatus?: string;
  readonly runtimeStatus?: string;
  readonly dependencies?: readonly string[];
  readonly waiting?: { readonly reason?: string; readonly message?: string };
}

/** Prints the resources of the running program below those that they need. Answers the exit code. */
export function treeView(flags: TreeFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const kinds = await api.kinds();
    const [{ items }, sessions] = await Promise.all([
      api.list(findKind(kinds, 'uiresources')),
      api.list(findKind(kinds, 'sessions')),
    ]);
    const resources = items.filter(({ metadata }) => metadata.name !== '(Tiltfile)').map(treeResource);
    const options = { onlyBlocked: flags.blockers === true, once: flags.dedupe === true };
    if (resources.length === 0) process.stdout.write('No resources found.\n');
    else if (options.onlyBlocked && resources.every(({ isBlocked }) => !isBlocked)) {
      process.stdout.write('No resource is blocked.\n');
    } else process.stdout.write(treeText(titleOf(sessions.items), resources, options));
    return ExitCode.ok;
  });
}

function titleOf([session]: readonly ApiObject[]): string {
  const spec = session?.spec as { readonly tiltfilePath?: string } | undefined;
  return spec?.tiltfilePath ?? '(Tiltfile)';
}

function treeResource({ metadata, status }: ApiObject): TreeResource {
  const { updateStatus = 'none', runtimeStatus = 'none', dependencies = [], waiting } = (status ?? {}) as Status;
  const hold = waiting?.message ?? waiting?.reason;
  const isDown = (state: string) => state === 'pending' || state === 'error' || state === 'in_progress';
  return {
    name: metadata.name,
    needs: dependencies,
    state: `(update: ${updateStatus}, runtime: ${runtimeStatus}${hold === undefined ? '' : `, ${hold}`})`,
    isBlocked: isDown(updateStatus) || isDown(runtimeStatus),
  };
}

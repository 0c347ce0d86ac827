import type { CustomDeployDeclaration } from '../declarations.ts';
import { familiarReference, parseImageReference } from '../model/image-reference.ts';
import type { AssemblyFailure } from './failure.ts';
import type { ImageIndex } from './image-index.ts';
import { addImages, type GroupSet, newGroup } from './object-group.ts';

/** Makes a group of each deploy by commands. Images that it asks for must be built here. */
export function groupCustomDeploys(
  deploys: readonly CustomDeployDeclaration[],
  index: ImageIndex,
  groups: GroupSet,
  failures: AssemblyFailure[],
): void {
  for (const customDeploy of deploys) {
    const { name, imageDeps, liveUpdateRef, position } = customDeploy;
    const group = newGroup(name, position, { customDeploy });
    groups.add(group);
    for (const dep of liveUpdateRef === '' ? imageDeps : [...imageDeps, liveUpdateRef]) {
      const parsed = parseImageReference(dep);
      if (!parsed.ok) continue;
      addImages(group, [parsed.value]);
      if (index.find(parsed.value)) continue;
      const message = `resource "${name}": image build "${familiarReference(parsed.value)}" not found`;
      failures.push({ message, position });
    }
  }
}

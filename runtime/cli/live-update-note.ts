import type { Graph } from '../../stdlib/model/graph.ts';

/** Says of each image with a live update once that its changes come with a whole build. Answers `undefined` when there is nothing new to say. */
export function liveUpdateNotes(): (graph: Graph) => string | undefined {
  const told = new Set<string>();
  return ({ resources }) => {
    const images = resources.flatMap((resource) => (resource.kind === 'local' ? [] : resource.images));
    const news = images.filter(({ ref, liveUpdate }) => liveUpdate && !told.has(ref));
    const named = (some: typeof news) => [...new Set(some.map(({ ref }) => `"${ref}"`))].join(', ');
    const built = news.filter(({ onlyLiveUpdate }) => !onlyLiveUpdate);
    const onlyUpdated = news.filter(({ onlyLiveUpdate }) => onlyLiveUpdate);
    for (const { ref } of news) told.add(ref);
    const lines: string[] = [];
    if (built.length > 0) {
      lines.push(
        `live_update does not update running containers yet: a change builds the whole image. (${named(built)})`,
      );
    }
    if (onlyUpdated.length > 0) {
      lines.push(
        `live_update does not update running containers yet: a change only deploys again. (${named(onlyUpdated)})`,
      );
    }
    return lines.length === 0 ? undefined : lines.join('\n');
  };
}

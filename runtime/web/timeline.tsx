import { Link } from './link.tsx';
import { useNow } from './now.tsx';
import { type PageStore, useStore } from './page-store.ts';
import { clockWords, durationWords, parseTime } from './time-words.ts';
import type { Build, UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly state: 'ok' | 'error' | 'building';
  readonly title: string;
}

/** When each resource was updated, below each other. */
export function Timeline({ store }: { store: PageStore }) {
  const view = useStore(store, viewOf);
  const now = useNow();
  const rows = [...view.resources.values()].map((resource) => ({ resource, bars: barsOf(resource, now) }));
  const bars = rows.flatMap((row) => row.bars);
  const begin = Math.min(view.startedAt ?? now, ...bars.map(({ from }) => from));
  const isSaved = store.connection.kind === 'snapshot';
  const end = isSaved ? Math.max(begin + 1, ...bars.map(({ to }) => to)) : now;
  const span = Math.max(1000, end - begin);
  const percent = (at: number) => ((at - begin) / span) * 100;
  return (
    <main class="timeline" id="main">
      <h1 class="hidden">Timeline</h1>
      <p class="legend">Each bar is an update. ✕: it failed. Up to the right edge: it goes on.</p>
      <table>
        <thead>
          <tr>
            <th>Resource</th>
            <th class="scale">
              {ticks(begin, span).map((at) => (
                <span key={at} style={{ left: `${percent(at)}%` }}>
                  {clockWords(at)}
                </span>
              ))}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ resource, bars: own }) => (
            <tr key={resource.metadata.name}>
              <th scope="row">
                <Link route={{ view: 'resource', name: resource.metadata.name }} title={resource.metadata.name}>
                  <bdi>{resource.metadata.name}</bdi>
                </Link>
              </th>
              <td class="track">
                {own.map((bar) => (
                  <span
                    key={bar.from}
                    class={`bar-mark ${bar.state}`}
                    role="img"
                    aria-label={bar.title}
                    title={bar.title}
                    style={{
                      left: `${percent(bar.from)}%`,
                      width: `max(3px, ${percent(bar.to) - percent(bar.from)}%)`,
                    }}
                  />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

function barsOf({ status, metadata }: UiResource, now: number): readonly Bar[] {
  const builds: readonly Build[] = [
    ...(status?.currentBuild?.startTime ? [status.currentBuild] : []),
    ...(status?.buildHistory ?? []),
  ];
  return builds.flatMap((build) => {
    const from = parseTime(build.startTime);
    if (from === undefined) return [];
    const finished = parseTime(build.finishTime);
    const to = finished ?? now;
    return [{ from, to, state: stateOf(build, finished), title: titleOf(metadata.name, build, from, to) }];
  });
}

function stateOf(build: Build, finished: number | undefined): Bar['state'] {
  if (finished === undefined) return 'building';
  return build.error ? 'error' : 'ok';
}

function titleOf(name: string, build: Build, from: number, to: number): string {
  const causes = (build.causes ?? []).join(', ');
  return [`${name}: ${clockWords(from)}, ${durationWords(to - from)}`, causes, build.error?.split('\n', 1)[0]]
    .filter(Boolean)
    .join(' · ');
}

/** At most six times that are easy to read, none so far right that it would be cut off. */
function ticks(begin: number, span: number): readonly number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  const wanted = span / 1000 / 6;
  const step = (steps.find((seconds) => seconds >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400) * 1000;
  const first = Math.ceil(begin / step) * step;
  return Array.from(
    { length: Math.max(0, Math.floor((begin + span * 0.95 - first) / step) + 1) },
    (_, at) => first + at * step,
  );
}

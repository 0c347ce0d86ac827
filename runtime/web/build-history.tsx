import { useNow } from './page-store.ts';
import { agoWords, clockWords, durationWords, parseTime } from './time-words.ts';
import type { Build, UiResource } from './wire.ts';

/** The updates of a resource with their causes and times, newest first. */
export function BuildHistory({ resource }: { resource: UiResource }) {
  const now = useNow();
  const { currentBuild, buildHistory = [] } = resource.status ?? {};
  const running = parseTime(currentBuild?.startTime);
  if (running === undefined && buildHistory.length === 0) return null;
  return (
    <details class="history">
      <summary>
        {running === undefined ? lastWords(buildHistory[0], now) : `Updating for ${durationWords(now - running)}`}
      </summary>
      <table>
        <thead>
          <tr>
            <th>Began</th>
            <th>Took</th>
            <th>Why</th>
            <th>How it ended</th>
          </tr>
        </thead>
        <tbody>
          {running !== undefined && currentBuild !== undefined && <HistoryRow build={currentBuild} now={now} />}
          {buildHistory.map((build) => (
            <HistoryRow key={`${build.spanID}${build.startTime}`} build={build} now={now} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function lastWords(build: Build | undefined, now: number): string {
  const [from, to] = [parseTime(build?.startTime), parseTime(build?.finishTime)];
  if (from === undefined || to === undefined) return 'Updates';
  return `Updated ${agoWords(now - to)}${now - to < 2000 ? '' : ' ago'}, in ${durationWords(to - from)}`;
}

function HistoryRow({ build, now }: { build: Build; now: number }) {
  const [from, to] = [parseTime(build.startTime), parseTime(build.finishTime)];
  return (
    <tr>
      <td class="number">{from === undefined ? '' : clockWords(from)}</td>
      <td class="number">{from === undefined ? '' : durationWords((to ?? now) - from)}</td>
      <td>{(build.causes ?? []).join(' · ')}</td>
      <td class={build.error ? 'error' : ''}>{to === undefined ? 'runs' : (build.error?.split('\n', 1)[0] ?? 'ok')}</td>
    </tr>
  );
}

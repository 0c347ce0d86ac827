import { Link } from './link.tsx';
import { Ago, Since } from './now.tsx';
import { causeWords, firstLine } from './status.ts';
import { clockWords, durationWords, parseTime } from './time-words.ts';
import type { Build, UiResource } from './wire.ts';

/** The updates of a resource with their causes and times, newest first; each leads to its lines in the log. */
export function BuildHistory({ resource }: { resource: UiResource }) {
  const { currentBuild, buildHistory = [] } = resource.status ?? {};
  const running = parseTime(currentBuild?.startTime);
  const [last] = buildHistory;
  if (running === undefined && last === undefined) return null;
  return (
    <details class="history">
      <summary>
        {running === undefined ? (
          <>
            Updated <Ago at={parseTime(last?.finishTime)} isSentence />
            {tookWords(last)}
          </>
        ) : (
          <>
            Updating for <Since at={running} />
          </>
        )}
        {buildHistory.length > 1 && `, ${buildHistory.length} updates`}
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
          {running !== undefined && currentBuild !== undefined && (
            <HistoryRow resource={resource} build={currentBuild} />
          )}
          {buildHistory.map((build) => (
            <HistoryRow key={`${build.spanID}${build.startTime}`} resource={resource} build={build} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function tookWords(build: Build | undefined): string {
  const [from, to] = [parseTime(build?.startTime), parseTime(build?.finishTime)];
  return from === undefined || to === undefined ? '' : `, in ${durationWords(to - from)}`;
}

function HistoryRow({ resource, build }: { resource: UiResource; build: Build }) {
  const [from, to] = [parseTime(build.startTime), parseTime(build.finishTime)];
  const { warnings = [] } = build;
  return (
    <tr>
      <td class="number">
        {from !== undefined && (
          <Link
            route={{ view: 'resource', name: resource.metadata.name }}
            inLog={{ span: build.spanID }}
            title="Only its lines of the log"
          >
            {clockWords(from)}
          </Link>
        )}
      </td>
      <td class="number">
        {from !== undefined && (to === undefined ? <Since at={from} /> : durationWords(to - from))}
      </td>
      <td>{causeWords(build)}</td>
      <td class={build.error ? 'error' : ''}>
        {to === undefined ? 'runs' : build.error ? firstLine(build.error) : 'ok'}
        {warnings.length > 0 && ` (${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`})`}
      </td>
    </tr>
  );
}

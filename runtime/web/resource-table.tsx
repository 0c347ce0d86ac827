import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { buttonsOf } from './buttons.ts';
import type { Group, Sort, SortKey } from './grouping.ts';
import { ResourceRow } from './resource-row.tsx';
import { useSaved } from './saved.ts';
import type { UiButton, UiResource } from './wire.ts';

/** As high as the style makes rows, in pixels. */
const ROW = 32;
/** Rows above and below those that are seen. */
const SPARE = 10;
const COLUMNS = 11;
/** Without those that a narrow window has no place for. */
const FEW_COLUMNS = 7;
/** Pixels. */
const NARROW = 760;

type Entry =
  | { readonly kind: 'group'; readonly label: string; readonly count: number; readonly isClosed: boolean }
  | { readonly kind: 'row'; readonly label: string; readonly resource: UiResource };

export interface ResourceTableProps {
  readonly groups: readonly Group[];
  readonly buttons: ReadonlyMap<string, UiButton>;
  /** `undefined` for the order of the Tiltfile. */
  readonly sort: Sort | undefined;
  readonly stars: readonly string[];
  readonly selected: ReadonlySet<string>;
  onSort(sort: Sort | undefined): void;
  onStar(name: string): void;
  onSelect(name: string): void;
}

/** The table of resources: of a thousand only the rows that are seen are in the page. */
export function ResourceTable(props: ResourceTableProps) {
  const { groups, buttons, sort, stars, selected, onSort, onStar, onSelect } = props;
  const [closed, setClosed] = useSaved<readonly string[]>('closed-groups', []);
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800, isNarrow: innerWidth <= NARROW });
  const entries = useMemo(() => entriesOf(groups, closed), [groups, closed]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () =>
      setSeen({ top: element.scrollTop, height: element.clientHeight, isNarrow: element.clientWidth <= NARROW });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const first = Math.max(0, Math.min(Math.floor(seen.top / ROW), entries.length - 1) - SPARE);
  const last = Math.min(entries.length, Math.ceil((seen.top + seen.height) / ROW) + SPARE);
  const columns = seen.isNarrow ? FEW_COLUMNS : COLUMNS;
  const toggle = (label: string) =>
    setClosed(closed.includes(label) ? closed.filter((one) => one !== label) : [...closed, label]);
  return (
    <section
      ref={box}
      class="table-box"
      aria-label="Resources"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reached by keyboard.
      tabIndex={0}
    >
      <table aria-rowcount={entries.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th class="c-tick">
              <span class="hidden">Tick</span>
            </th>
            <th class="c-star">
              <span class="hidden">Star</span>
            </th>
            <Head name="state" text="State" sort={sort} onSort={onSort} />
            <Head name="name" text="Name" sort={sort} onSort={onSort} />
            <th class="c-detail">What it does</th>
            <Head name="updated" text="Updated" sort={sort} onSort={onSort} />
            {!seen.isNarrow && (
              <>
                <Head name="duration" text="Took" sort={sort} onSort={onSort} />
                <th class="c-links">Links</th>
                <th class="c-pod">Pod</th>
                <th class="c-mode">Mode</th>
              </>
            )}
            <th class="c-trigger">
              <span class="hidden">Update</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer rows={first} columns={columns} />
          {entries.slice(first, last).map((entry, at) =>
            entry.kind === 'group' ? (
              <tr key={`group ${entry.label}`} class="group" aria-rowindex={first + at + 2}>
                <td colSpan={columns}>
                  <button type="button" aria-expanded={!entry.isClosed} onClick={() => toggle(entry.label)}>
                    {entry.isClosed ? '▸' : '▾'} <bdi>{entry.label}</bdi> <span class="count">{entry.count}</span>
                  </button>
                </td>
              </tr>
            ) : (
              <ResourceRow
                key={`${entry.label} ${entry.resource.metadata.name}`}
                index={first + at + 2}
                isNarrow={seen.isNarrow}
                resource={entry.resource}
                buttons={buttonsOf(buttons, entry.resource.metadata.name)}
                isStarred={stars.includes(entry.resource.metadata.name)}
                isSelected={selected.has(entry.resource.metadata.name)}
                onStar={onStar}
                onSelect={onSelect}
              />
            ),
          )}
          <Spacer rows={entries.length - last} columns={columns} />
        </tbody>
      </table>
    </section>
  );
}

/** Sorts up, then down, then not at all. */
function Head(props: { name: SortKey; text: string; sort: Sort | undefined; onSort(sort: Sort | undefined): void }) {
  const { name, text, sort, onSort } = props;
  const isMine = sort?.key === name;
  const next = !isMine ? { key: name, isDown: false } : sort.isDown ? undefined : { key: name, isDown: true };
  return (
    <th class={`c-${name}`} aria-sort={isMine ? (sort.isDown ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => onSort(next)}>
        {text}
        {isMine && <span aria-hidden="true">{sort.isDown ? ' ▾' : ' ▴'}</span>}
      </button>
    </th>
  );
}

/** Stands for rows that are not in the page. */
function Spacer({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="spacer" style={{ height: `${rows * ROW}px` }}>
      <td colSpan={columns} />
    </tr>
  );
}

function entriesOf(groups: readonly Group[], closed: readonly string[]): readonly Entry[] {
  return groups.flatMap<Entry>(({ label, resources }) => {
    if (resources.length === 0) return [];
    const isClosed = label !== '' && closed.includes(label);
    const head: readonly Entry[] = label === '' ? [] : [{ kind: 'group', label, count: resources.length, isClosed }];
    return isClosed ? head : [...head, ...resources.map((resource) => ({ kind: 'row', label, resource }) as const)];
  });
}

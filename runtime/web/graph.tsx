import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import { layOut, type Node } from './graph-layout.ts';
import { Link } from './link.tsx';
import { TILTFILE } from './log-book.ts';
import { type PageStore, useStore } from './page-store.ts';
import { detailOf, healthOf } from './status.ts';
import { StatusMark } from './status-mark.tsx';
import type { UiResource } from './wire.ts';

const viewOf = (store: PageStore) => store.view;
const WIDTH = 220;
const HEIGHT = 56;
const GAP_X = 80;
const GAP_Y = 20;

/** What needs what, as a picture; what waits says for what. */
export function Graph({ store }: { store: PageStore }) {
  const view = useStore(store, viewOf);
  const resources = useMemo(
    () => [...view.resources.values()].filter(({ metadata }) => metadata.name !== TILTFILE),
    [view.resources],
  );
  const layout = useMemo(() => layOut(resources), [resources]);
  const places = new Map(layout.nodes.map((node) => [node.name, node]));
  return (
    <main class="graph" id="main">
      <h1 class="hidden">Dependencies</h1>
      <p class="legend">
        {layout.edges.length === 0
          ? 'No resource names another one in resource_deps.'
          : 'To the right of each stands what needs it. A dashed line: it waits for that one now.'}
      </p>
      <div
        class="graph-sheet"
        style={{ width: `${layout.columns * (WIDTH + GAP_X)}px`, height: `${layout.rows * (HEIGHT + GAP_Y)}px` }}
      >
        <svg aria-hidden="true" width="100%" height="100%">
          {layout.edges.map(({ from, to }) => {
            const [one, other] = [places.get(from), places.get(to)];
            if (one === undefined || other === undefined) return null;
            const target = view.resources.get(to);
            const holds = target !== undefined && waitsFor(target, from);
            return <path key={`${from} ${to}`} class={holds ? 'holds' : ''} d={curve(one, other)} />;
          })}
        </svg>
        <ul>
          {resources.map((resource) => {
            const node = places.get(resource.metadata.name);
            return node && <Box key={resource.metadata.name} resource={resource} node={node} />;
          })}
        </ul>
      </div>
      {layout.edges.length > 0 && layout.alone.length > 0 && <h2>On their own</h2>}
      <ul class="alone">
        {layout.alone.map((name) => {
          const resource = view.resources.get(name);
          return resource && <Box key={name} resource={resource} />;
        })}
      </ul>
    </main>
  );
}

function waitsFor({ status }: UiResource, name: string): boolean {
  return status?.waiting?.on?.some((one) => one.name === name) ?? false;
}

// There may be a thousand.
const Box = memo(function Box({ resource, node }: { resource: UiResource; node?: Node }) {
  const { name } = resource.metadata;
  const needs = resource.status?.dependencies ?? [];
  return (
    <li class={`node ${healthOf(resource)}`} style={node && { left: `${left(node)}px`, top: `${top(node)}px` }}>
      <Link route={{ view: 'resource', name }} title={`${name}: ${detailOf(resource)}`}>
        <StatusMark health={healthOf(resource)} />{' '}
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <small>{detailOf(resource)}</small>
      </Link>
      {needs.length > 0 && <span class="hidden">needs {needs.join(', ')}</span>}
    </li>
  );
});

function left({ column }: Node): number {
  return column * (WIDTH + GAP_X);
}

function top({ row }: Node): number {
  return row * (HEIGHT + GAP_Y);
}

/** From the right side of one to the left side of the other. */
function curve(from: Node, to: Node): string {
  const [x1, y1] = [left(from) + WIDTH, top(from) + HEIGHT / 2];
  const [x2, y2] = [left(to), top(to) + HEIGHT / 2];
  const bend = Math.max(30, (x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

import { useEffect, useState } from 'preact/hooks';

/** What the address asks for. The paths are Tilt's, as far as it has them. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'logs' }
  | { readonly view: 'graph' }
  | { readonly view: 'timeline' }
  | { readonly view: 'resource'; readonly name: string };

export interface Place {
  readonly route: Route;
  /** The line of the log to which the address leads, counted from 0. */
  readonly line: number | undefined;
}

export function placeOf(pathname: string, hash: string, base: string): Place {
  const words = pathname.slice(base.length).split('/').filter(Boolean).map(decodeURIComponent);
  const line = /^#L(\d+)$/.exec(hash)?.[1];
  return { route: routeOf(words), line: line === undefined ? undefined : Number(line) - 1 };
}

function routeOf([first, second]: readonly string[]): Route {
  if (first === 'r' && second !== undefined)
    return second === '(all)' ? { view: 'logs' } : { view: 'resource', name: second };
  if (first === 'graph' || first === 'timeline') return { view: first };
  return { view: 'overview' };
}

export function pathOf(route: Route, base: string): string {
  switch (route.view) {
    case 'overview':
      return `${base}/overview`;
    case 'logs':
      return `${base}/r/(all)/overview`;
    case 'resource':
      return `${base}/r/${encodeURIComponent(route.name)}/overview`;
    case 'graph':
    case 'timeline':
      return `${base}/${route.view}`;
  }
}

/** Where a snapshot is served, the page's own paths begin behind it. */
export function basePath(pathname: string): string {
  return /^\/snapshot\/[^/]+/.exec(pathname)?.[0] ?? '';
}

const MOVED = 'tilt-moved';

/** Goes to another place of the page, without loading it anew. */
export function go(route: Route, line?: number): void {
  const hash = line === undefined ? '' : `#L${line + 1}`;
  history.pushState(undefined, '', pathOf(route, basePath(location.pathname)) + hash);
  dispatchEvent(new Event(MOVED));
}

/** The place now; a component that uses it is drawn again when it changes. */
export function usePlace(): Place {
  const now = () => placeOf(location.pathname, location.hash, basePath(location.pathname));
  const [place, setPlace] = useState(now);
  useEffect(() => {
    const look = () => setPlace(now());
    const events = ['popstate', 'hashchange', MOVED];
    for (const event of events) addEventListener(event, look);
    return () => {
      for (const event of events) removeEventListener(event, look);
    };
  }, []);
  return place;
}

/** Takes a click on a link into the page; those that open tabs go their own way. */
export function followLink(event: MouseEvent, route: Route): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(route);
}

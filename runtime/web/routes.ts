import { useEffect, useState } from 'preact/hooks';

/** What the address asks for. The paths are Tilt's, as far as it has them. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'logs' }
  | { readonly view: 'alerts' }
  | { readonly view: 'graph' }
  | { readonly view: 'timeline' }
  | { readonly view: 'resource'; readonly name: string };

export interface Place {
  readonly route: Route;
  /** The number of the line of the log to which the address leads. */
  readonly line: number | undefined;
  /** The piece of work whose lines alone are shown: `build:4`. */
  readonly span: string | undefined;
}

/** What an address says of the log. */
export type InLog = Partial<Pick<Place, 'line' | 'span'>>;

export function placeOf(address: Pick<Location, 'pathname' | 'search' | 'hash'>, base: string): Place {
  const words = address.pathname.slice(base.length).split('/').filter(Boolean).map(decoded);
  const line = /^#L(\d+)$/.exec(address.hash)?.[1];
  return {
    route: routeOf(words),
    line: line === undefined ? undefined : Number(line),
    span: new URLSearchParams(address.search).get('span') ?? undefined,
  };
}

/** Addresses are typed by hand, too. */
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function routeOf([first, second]: readonly string[]): Route {
  if (first === 'r' && second !== undefined)
    return second === '(all)' ? { view: 'logs' } : { view: 'resource', name: second };
  if (first === 'graph' || first === 'timeline' || first === 'alerts') return { view: first };
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
    case 'alerts':
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

/** The address of a place. */
export function addressOf(route: Route, base: string, { line, span }: InLog = {}): string {
  const query = span === undefined ? '' : `?span=${encodeURIComponent(span)}`;
  return `${pathOf(route, base)}${query}${line === undefined ? '' : `#L${line}`}`;
}

/** Goes to another place of the page, without loading it anew. */
export function go(route: Route, inLog: InLog = {}): void {
  history.pushState(undefined, '', addressOf(route, basePath(location.pathname), inLog));
  dispatchEvent(new Event(MOVED));
}

/** The place now; a component that uses it is drawn again when it changes. */
export function usePlace(): Place {
  const now = () => placeOf(location, basePath(location.pathname));
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
export function followLink(event: MouseEvent, route: Route, inLog: InLog = {}): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(route, inLog);
}

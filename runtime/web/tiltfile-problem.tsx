import { Link } from './link.tsx';
import { TILTFILE } from './log-book.ts';
import { type PageStore, useStore } from './page-store.ts';
import type { Place } from './routes.ts';
import { errorOf } from './status.ts';

const viewOf = (store: PageStore) => store.view;

/** What is wrong with the Tiltfile stands above everything: until it is mended nothing else changes. */
export function TiltfileProblem({ store, place }: { store: PageStore; place: Place }) {
  const view = useStore(store, viewOf);
  const tiltfile = view.resources.get(TILTFILE);
  const error = tiltfile === undefined ? '' : errorOf(tiltfile);
  const fatal = view.session?.status?.fatalError;
  if (error === '' && !fatal) return null;
  const { route } = place;
  const isThere = route.view === 'alerts' || (route.view === 'resource' && route.name === TILTFILE);
  if (isThere && !fatal) return null;
  return (
    <section class="tiltfile-problem" role="alert" aria-label="The Tiltfile has an error">
      <h2>
        <Link route={{ view: 'resource', name: TILTFILE }}>
          {fatal ? 'The session has failed' : 'The Tiltfile has an error'}
        </Link>
      </h2>
      <pre>{fatal || error}</pre>
    </section>
  );
}

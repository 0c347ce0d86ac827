import { render } from 'preact';
import { App } from './app.tsx';
import { PageStore } from './page-store.ts';
import { basePath } from './routes.ts';
import type { Snapshot } from './wire.ts';

const store = new PageStore();
const snapshot = /^\/snapshot\/([^/]+)/.exec(basePath(location.pathname))?.[1];
if (snapshot === undefined) store.follow();
else void showSnapshot(snapshot);
const root = document.getElementById('root');
if (root !== null) render(<App store={store} />, root);

async function showSnapshot(id: string): Promise<void> {
  try {
    const answer = await fetch(`/api/snapshot/${id}`, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`the program answers HTTP ${answer.status}`);
    store.show((await answer.json()) as Snapshot);
  } catch (error) {
    store.fail(`The snapshot cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

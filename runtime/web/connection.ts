import type { ViewMessage } from './wire.ts';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** `retryAt`: when it is tried again, in milliseconds since the epoch. */
  | { readonly kind: 'lost'; readonly retryAt: number };

/** Where a page was, in the words of the address of the WebSocket. */
export interface Known {
  readonly run: string;
  readonly version: string;
  readonly checkpoint: string;
}

export interface ConnectionListener {
  /** Nothing before the first message. */
  known(): Known | undefined;
  message(message: ViewMessage): void;
  state(state: ConnectionState): void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** Follows the program; a lost connection is made again, sooner when the tab comes to the front, and goes on where it was. Answers how to end it. */
export function connect(listener: ConnectionListener): () => void {
  let ended = false;
  let pause = FIRST_PAUSE_MS;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = async (): Promise<void> => {
    timer = undefined;
    listener.state({ kind: 'connecting' });
    try {
      const answer = await fetch('/api/websocket_token', { credentials: 'same-origin' });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const token = (await answer.text()).trim();
      if (ended) return;
      const address = new URL('/ws/view', location.href);
      address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
      address.searchParams.set('csrf', token);
      for (const [name, value] of Object.entries(listener.known() ?? {})) address.searchParams.set(name, value);
      socket = new WebSocket(address);
      socket.onopen = () => {
        pause = FIRST_PAUSE_MS;
        listener.state({ kind: 'open' });
      };
      socket.onmessage = (event) => listener.message(JSON.parse(String(event.data)) as ViewMessage);
      socket.onclose = lost;
    } catch {
      lost();
    }
  };
  const lost = (): void => {
    if (ended || timer !== undefined) return;
    socket = undefined;
    listener.state({ kind: 'lost', retryAt: Date.now() + pause });
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
  const hurry = (): void => {
    if (document.visibilityState !== 'visible' || timer === undefined) return;
    clearTimeout(timer);
    void open();
  };
  document.addEventListener('visibilitychange', hurry);
  addEventListener('online', hurry);
  void open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
    document.removeEventListener('visibilitychange', hurry);
    removeEventListener('online', hurry);
  };
}

import { useEffect, useState } from 'preact/hooks';
import { agoWords, durationWords } from './time-words.ts';

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in milliseconds since the epoch, kept up to date to about a second: one clock for the whole page. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    listeners.add(setNow);
    timer ??= setInterval(() => {
      // Nobody looks at a hidden tab.
      if (document.visibilityState === 'hidden') return;
      const time = Date.now();
      for (const listener of listeners) listener(time);
    }, 1000);
    return () => {
      listeners.delete(setNow);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now;
}

/** How long ago something was: `5s`; within a sentence `5s ago`. */
export function Ago({ at, isSentence = false }: { at: number | undefined; isSentence?: boolean }) {
  const now = useNow();
  if (at === undefined) return null;
  const words = agoWords(now - at);
  const phrase = words === 'now' ? 'just now' : `${words} ago`;
  return <time dateTime={new Date(at).toISOString()}>{isSentence ? phrase : words}</time>;
}

/** For how long something goes on already. */
export function Since({ at }: { at: number }) {
  return <>{durationWords(useNow() - at)}</>;
}

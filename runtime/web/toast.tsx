import { useEffect, useState } from 'preact/hooks';
import type { Answer } from './actions.ts';

const SHOWN_MS = 8_000;
let listener: ((message: string) => void) | undefined;

/** Tells for a moment why the program refused. */
export async function tellProblem(answer: Promise<Answer>): Promise<void> {
  const result = await answer;
  if (!result.ok) listener?.(result.message);
}

/** Tells something for a moment. */
export function tell(message: string): void {
  listener?.(message);
}

/** Where such words are shown. */
export function Toasts() {
  const [message, setMessage] = useState('');
  useEffect(() => {
    listener = setMessage;
    return () => {
      listener = undefined;
    };
  }, []);
  useEffect(() => {
    if (message === '') return;
    const timer = setTimeout(() => setMessage(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {message !== '' && (
        <p class="toast">
          {message}
          <button type="button" aria-label="Dismiss" onClick={() => setMessage('')}>
            ✕
          </button>
        </p>
      )}
    </div>
  );
}

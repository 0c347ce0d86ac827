/** Milliseconds of work between two looks of the browser at what a person does. */
const STEP_MS = 8;
/** What came so far is shown as often as this while the work goes on, in milliseconds. */
const SHOW_MS = 60;

/**
 * Does long work in steps, between which the page answers and draws. `step` works until its time is over and answers whether all is done;
 * `show` is called after the first step, now and then, and at the end. Answers how to give up.
 */
export function inSteps(step: (budgetMs: number) => boolean, show: (isDone: boolean) => void): () => void {
  let ended = false;
  let shownAt = Number.NEGATIVE_INFINITY;
  // Messages come back sooner than timers and frames.
  const channel = new MessageChannel();
  const work = (): void => {
    if (ended) return;
    const isDone = step(STEP_MS);
    const now = performance.now();
    if (isDone || now - shownAt >= SHOW_MS) {
      shownAt = now;
      show(isDone);
    }
    if (isDone) channel.port1.close();
    else channel.port2.postMessage(undefined);
  };
  channel.port1.onmessage = work;
  work();
  return () => {
    ended = true;
    channel.port1.close();
  };
}

/** Asks again and again until the answer is true; fails after the deadline. */
export async function pollUntil(
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 10_000,
  what = 'the condition',
): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what} did not hold within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

import { HEALTH_WORDS, type Health } from './status.ts';

const SIGNS: Readonly<Record<Health, string>> = {
  error: '✕',
  building: '◐',
  pending: '…',
  ok: '✓',
  idle: '○',
  disabled: '–',
};

/** The state of a resource as a sign with a colour, and in words for those who see neither, unless they stand beside it. */
export function StatusMark({ health, isNamed = true }: { health: Health; isNamed?: boolean }) {
  const words = HEALTH_WORDS[health];
  if (!isNamed) {
    return (
      <span class={`mark ${health}`} aria-hidden="true">
        {SIGNS[health]}
      </span>
    );
  }
  return (
    <span class={`mark ${health}`} role="img" aria-label={words} title={words}>
      {SIGNS[health]}
    </span>
  );
}

import { HEALTH_WORDS, type Health } from './status.ts';

const SIGNS: Readonly<Record<Health, string>> = {
  error: '✕',
  building: '◐',
  pending: '…',
  ok: '✓',
  idle: '○',
  disabled: '–',
};

/** The state of a resource as a sign with a colour, and in words for those who see neither. */
export function StatusMark({ health }: { health: Health }) {
  return (
    <span class={`mark ${health}`} role="img" aria-label={HEALTH_WORDS[health]} title={HEALTH_WORDS[health]}>
      {SIGNS[health]}
    </span>
  );
}

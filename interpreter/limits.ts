import type { Limits } from './evaluation.ts';

/** What ends a script from outside. */
export type Limit = 'time-limit' | 'memory-limit' | 'stack-limit' | 'stopped';

export function limitMessage(kind: Limit, limits: Limits): string {
  switch (kind) {
    case 'stopped':
      return 'The script was stopped';
    case 'time-limit':
      return `The script computes for longer than the ${limits.computeMs / 1000} s that it may take`;
    case 'memory-limit':
      return `The script needs more memory than the ${Math.round(limits.memoryBytes / 2 ** 20)} MiB that it may use`;
    case 'stack-limit':
      return 'The script goes too deep: its stack is full (a function that calls itself without end?)';
  }
}

/** The limit of which QuickJS itself made an error. */
export function limitOf(name: string, message: string): Limit | undefined {
  const internal = name === 'InternalError';
  if (internal && (message === 'out of memory' || message === 'string too long')) return 'memory-limit';
  if (name === 'RangeError' && message === 'invalid string length') return 'memory-limit';
  if ((internal || name === 'SyntaxError') && message === 'stack overflow') return 'stack-limit';
  return undefined;
}

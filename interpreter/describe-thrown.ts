import type { StackFrame } from './position.ts';

/** What a script threw, as the sandbox describes it. */
export interface Thrown {
  /** False for `throw 'text'` and the like. */
  readonly error: boolean;
  readonly name: string;
  readonly message: string;
  /** QuickJS's text. */
  readonly stack: string;
  /** The number of the refusal of a builtin that it is. */
  readonly refusal: number | undefined;
  /** A frame that the stack lacks: Starlark counts arguments that do not fit as an error inside of the function. */
  readonly innermost: StackFrame | undefined;
  readonly cause: Thrown | undefined;
  /** The errors of an AggregateError. */
  readonly errors: readonly Thrown[];
  /** `null` was thrown: QuickJS does so when memory does not even suffice for an error. */
  readonly nothing: boolean;
  /** Name and message. */
  readonly summary: string;
}

export function describeThrown(text: string): Thrown {
  return fromWire(JSON.parse(text) as WireThrown);
}

interface WireThrown {
  readonly error: boolean;
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly refusal?: number;
  readonly innermost?: StackFrame;
  readonly cause?: WireThrown;
  readonly errors?: readonly WireThrown[];
  readonly text?: string;
  readonly oom?: boolean;
}

function fromWire(wire: WireThrown): Thrown {
  const name = wire.error ? (wire.name ?? 'Error') : '';
  const message = wire.error ? (wire.message ?? '') : `the script threw ${wire.text ?? 'something'}`;
  const plain = name === '' || name === 'Error';
  return {
    error: wire.error,
    name,
    message,
    stack: wire.stack ?? '',
    refusal: wire.refusal,
    innermost: isFrame(wire.innermost) ? wire.innermost : undefined,
    cause: wire.cause && fromWire(wire.cause),
    errors: (wire.errors ?? []).map(fromWire),
    nothing: wire.oom === true,
    summary: plain ? message || 'Error' : message === '' ? name : `${name}: ${message}`,
  };
}

/** A script's own error can have a property of this name, too. */
function isFrame(frame: StackFrame | undefined | null): boolean {
  return typeof frame?.file === 'string' && typeof frame.line === 'number' && typeof frame.column === 'number';
}

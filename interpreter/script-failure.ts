import { codeFrame } from './code-frame.ts';
import type { Thrown } from './describe-thrown.ts';
import type { Limits } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import { improveLinkError } from './link-error.ts';
import type { Modules } from './modules.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import type { Sandbox } from './sandbox.ts';
import { isParseError } from './stack.ts';

interface Fault {
  readonly kind: ScriptFailure['kind'];
  readonly message: string;
  readonly position?: SourcePosition | undefined;
  readonly stack?: readonly StackFrame[];
  readonly builtin?: string | undefined;
}

/** Puts a failure together; without a position of its own it is at the innermost frame. */
export function makeFailure(fault: Fault, textOf: (file: string) => string | undefined): ScriptFailure {
  const stack = fault.stack ?? [];
  const innermost = stack[0];
  const position =
    fault.position ?? (innermost && { file: innermost.file, line: innermost.line, column: innermost.column });
  const text = position && textOf(position.file);
  return {
    kind: fault.kind,
    message: fault.message,
    position,
    stack,
    codeFrame: position && text !== undefined ? codeFrame(text, position) : undefined,
    builtin: fault.builtin,
  };
}

/** What an uncaught error of a script means. */
export function failureOf(thrown: Thrown, sandbox: Sandbox, modules: Modules, limits: Limits): ScriptFailure {
  return makeFailure(faultOf(thrown, sandbox, modules, limits), (file) => modules.textOf(file));
}

function faultOf(thrown: Thrown, sandbox: Sandbox, modules: Modules, limits: Limits): Fault {
  const stack = sandbox.frames(thrown.stack);
  const limit = limitOf(thrown, limits);
  if (limit) return { ...limit, stack };
  if (thrown.refusal !== undefined) {
    const refusal = sandbox.refusal(thrown.refusal);
    return { kind: 'refused', message: thrown.message, stack, builtin: refusal?.builtin, position: refusal?.position };
  }
  const load = thrown.stack === '' || !thrown.error ? modules.failureOf(thrown.message) : undefined;
  if (load) return { kind: load.kind, message: load.message, position: load.position, stack };
  if (thrown.name === 'SyntaxError') {
    const link = improveLinkError(thrown.message, modules);
    if (link) return { kind: 'syntax', message: link.message, position: link.position };
    if (isParseError(thrown.stack)) return { kind: 'syntax', message: `SyntaxError: ${thrown.message}`, stack };
  }
  return { kind: 'thrown', message: withCauses(thrown, sandbox), stack };
}

function limitOf(thrown: Thrown, limits: Limits): Pick<Fault, 'kind' | 'message'> | undefined {
  const internal = thrown.name === 'InternalError';
  const tooLong =
    (internal && thrown.message === 'string too long') ||
    (thrown.name === 'RangeError' && thrown.message === 'invalid string length');
  if (thrown.nothing || tooLong || (internal && thrown.message === 'out of memory')) {
    return {
      kind: 'memory-limit',
      message: `The script needs more memory than the ${bytes(limits.memoryBytes)} that it may use`,
    };
  }
  if (internal && thrown.message === 'stack overflow') {
    return {
      kind: 'stack-limit',
      message: 'The script calls functions too deeply: its stack is full (endless recursion?)',
    };
  }
  return undefined;
}

export function bytes(count: number): string {
  return count >= 2 ** 20 ? `${Math.round(count / 2 ** 20)} MiB` : `${Math.round(count / 2 ** 10)} KiB`;
}

/** The message, and below it those of the errors that caused it. */
function withCauses(thrown: Thrown, sandbox: Sandbox): string {
  const lines = [thrown.summary];
  for (const error of thrown.errors) lines.push(`  - ${error.summary}`);
  for (let cause = thrown.cause; cause; cause = cause.cause) {
    const at = sandbox.frames(cause.stack)[0];
    lines.push(`Caused by: ${cause.summary}${at ? ` (${at.file}:${at.line}:${at.column})` : ''}`);
  }
  return lines.join('\n');
}

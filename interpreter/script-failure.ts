import { codeFrame } from './code-frame.ts';
import type { Thrown } from './describe-thrown.ts';
import type { Limits } from './evaluation.ts';
import type { ScriptFailure } from './failure.ts';
import { type Limit, limitMessage, limitOf } from './limits.ts';
import { improveLinkError } from './link-error.ts';
import type { Modules } from './modules.ts';
import type { SourcePosition, StackFrame } from './position.ts';
import type { Sandbox } from './sandbox.ts';
import { unparsedFile } from './stack.ts';
import { matches } from './text-search.ts';
import { tracebackText } from './traceback.ts';

interface Fault {
  readonly kind: ScriptFailure['kind'];
  readonly message: string;
  readonly position?: SourcePosition | undefined;
  readonly stack?: readonly StackFrame[];
  readonly builtin?: string | undefined;
  readonly traceback?: string | undefined;
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
    traceback: fault.traceback,
  };
}

/** What an uncaught error of a script means. */
export function failureOf(thrown: Thrown, sandbox: Sandbox, modules: Modules, limits: Limits): ScriptFailure {
  return makeFailure(faultOf(thrown, sandbox, modules, limits), (file) => modules.textOf(file));
}

function faultOf(thrown: Thrown, sandbox: Sandbox, modules: Modules, limits: Limits): Fault {
  const fault = faultWithoutTraceback(thrown, sandbox, modules, limits);
  if (fault.kind !== 'thrown' && fault.kind !== 'refused') return fault;
  const [innermost] = fault.stack ?? [];
  if (innermost === undefined || modules.starlarkExports(innermost.file) === undefined) return fault;
  const frames = [...(thrown.innermost ? [thrown.innermost] : []), ...sandbox.traceback(thrown.stack)];
  return { ...fault, traceback: tracebackText(frames, fault.message) };
}

function faultWithoutTraceback(thrown: Thrown, sandbox: Sandbox, modules: Modules, limits: Limits): Fault {
  const stack = [...(thrown.innermost ? [thrown.innermost] : []), ...sandbox.frames(thrown.stack)];
  const limit = limitOf(thrown.name, thrown.message);
  if (limit) return { kind: limit, message: limitMessage(limit, limits), stack };
  if (thrown.refusal !== undefined) {
    const refusal = sandbox.refusal(thrown.refusal);
    return { kind: 'refused', message: thrown.message, stack, builtin: refusal?.builtin, position: refusal?.position };
  }
  const load = thrown.name === 'Error' ? modules.failureOf(thrown.message) : undefined;
  if (load) return { kind: load.kind, message: load.message, position: load.position, stack };
  if (thrown.name === 'SyntaxError') {
    const link = improveLinkError(thrown.message, modules);
    if (link) return { kind: 'syntax', message: link.message, position: link.position };
    const unparsed = unparsedFile(thrown.stack);
    if (unparsed !== undefined && modules.textOf(unparsed) !== undefined)
      return { kind: 'syntax', message: `SyntaxError: ${thrown.message}`, stack };
  }
  const position = thrown.error ? undefined : modules.onlyPlace(/\bthrow\b(?!\s+new\b)/g);
  return { kind: 'thrown', message: withCauses(thrown, sandbox), stack, position };
}

/** The failure of a script that passed a limit, or that was stopped. */
export function limitFailure(
  kind: Limit,
  limits: Limits,
  stack: readonly StackFrame[],
  modules: Modules,
): ScriptFailure {
  const position = stack.length > 0 ? loopOf(stack[0], modules) : lastAwait(modules);
  return makeFailure({ kind, message: limitMessage(kind, limits), stack, position }, (file) => modules.textOf(file));
}

/** QuickJS knows no place in a loop without calls but the beginning of its module: if there is one loop, it is that. */
function loopOf(innermost: StackFrame | undefined, modules: Modules): SourcePosition | undefined {
  if (innermost?.line !== 1 || innermost.column !== 1) return undefined;
  const [place, ...others] = matches(modules.textOf(innermost.file) ?? '', /\b(?:while|for|do)\b/g);
  return place && others.length === 0 ? { file: innermost.file, ...place } : undefined;
}

/** Where a script may be that was interrupted between two of its functions. */
function lastAwait(modules: Modules): SourcePosition | undefined {
  const file = modules.waiting();
  const place = matches((file && modules.textOf(file)) ?? '', /\bawait\b/g).at(-1);
  return file !== undefined && place ? { file, ...place } : undefined;
}

/** A script whose end waits for a promise, and nothing is left that could settle it. */
export function neverSettles(file: string, modules: Modules): ScriptFailure {
  const waiting = modules.waiting() ?? file;
  const text = modules.textOf(waiting) ?? '';
  const [place, ...others] = matches(text, /\bawait\b/g);
  const message = `${waiting} waits (await) for a promise that never settles`;
  return makeFailure(
    { kind: 'rejected', message, position: place && others.length === 0 ? { file: waiting, ...place } : undefined },
    () => text,
  );
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

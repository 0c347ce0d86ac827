import type { EffectError } from '../../interpreter/broker.ts';
import { Refusal } from '../../interpreter/builtin.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
};

/** The system's words for an error code, or nothing for a code without. */
export function systemReason(code: string): string | undefined {
  return reasons[code];
}

/** The refusal for a file that could not be read: `open /p/x.yaml: no such file or directory`. */
export function unreadable(path: string, error: EffectError): Refusal {
  const reason = reasons[error.code];
  if (reason === undefined) return new Refusal(error.message);
  return new Refusal(`${error.code === 'EISDIR' ? 'read' : 'open'} ${path}: ${reason}`);
}

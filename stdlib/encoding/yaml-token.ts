import type { Mark } from './yaml-cursor.ts';

export type TokenKind =
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

/** The smallest part of a YAML text that means something. */
export interface Token {
  readonly kind: TokenKind;
  /** Where it begins. */
  readonly start: Mark;
  /** A scalar's text, an anchor's name, a tag's handle, a directive's version or handle. */
  readonly value: string;
  /** A scalar without quotes and block marks, whose text says what type it has. */
  readonly plain: boolean;
  /** What follows a tag's handle, or the prefix that a directive gives it. */
  readonly suffix: string;
}

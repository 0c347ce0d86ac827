/** One step of a JSON path. */
export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'slice'; readonly from: SliceEnd; readonly to: SliceEnd; readonly step: number | undefined }
  | { readonly kind: 'filter'; readonly left: PathNodes; readonly operator: string; readonly right: PathNodes }
  | { readonly kind: 'literal'; readonly value: number | boolean }
  | { readonly kind: 'every' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'union'; readonly members: readonly PathNodes[] }
  | { readonly kind: 'keyword'; readonly name: string }
  /** What stands in one pair of braces. */
  | { readonly kind: 'list'; readonly nodes: PathNodes };

export type PathNodes = readonly PathNode[];

export interface SliceEnd {
  /** `undefined` when it is left out. */
  readonly at: number | undefined;
  /** It was not written but follows from a single index. */
  readonly isDerived: boolean;
}

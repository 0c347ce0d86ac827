import type { ImageNames } from './image-names.ts';

/** An image that a build left behind. */
export interface MadeImage {
  /** Such as `sha256:…`; empty when no engine has it. */
  readonly id: string;
  readonly names: ImageNames;
  /** Whether it has to be brought to the cluster; whoever built it may have done so. */
  readonly deliver: boolean;
}

import { builtins } from '../builtins/all.ts';
import { constants } from '../constants.ts';
import { typescriptDeclarations } from './declarations.ts';
import { markdownReference } from './markdown.ts';

/** The files that are made from the schemas: their paths in the project, and what belongs into them. */
export const pages: readonly { readonly path: string; readonly text: string }[] = [
  { path: 'stdlib/tilt.d.ts', text: typescriptDeclarations(builtins, constants) },
  { path: 'docs/api.md', text: markdownReference(builtins, constants) },
];

import { builtins } from '../builtins/all.ts';
import { constants } from '../constants.ts';
import { typescriptDeclarations } from './declarations.ts';
import { families } from './families.ts';
import { markdownReference } from './markdown.ts';

/** The folder of the reference, in the project. Nothing else is in it. */
export const REFERENCE_FOLDER = 'docs/api';

/** The files that are made from the schemas: their paths in the project, and what belongs into them. */
export const pages: readonly { readonly path: string; readonly text: string }[] = [
  { path: 'stdlib/tilt.d.ts', text: typescriptDeclarations(builtins, constants) },
  ...markdownReference(families, builtins, constants).map(({ file, text }) => ({
    path: `${REFERENCE_FOLDER}/${file}`,
    text,
  })),
];

import type { KnownNames } from '../../interpreter/starlark/syntax/names.ts';
import { UNIVERSAL_NAMES } from '../../interpreter/starlark/universal-names.ts';
import { builtins } from '../builtins/all.ts';
import { constants } from '../constants.ts';
import { JAVASCRIPT_ONLY_NAMES, STARLARK_ONLY_NAMES } from '../starlark/names.ts';

const javascriptOnly: ReadonlySet<string> = new Set(JAVASCRIPT_ONLY_NAMES);

/** The names that a Starlark Tiltfile finds. */
export const KNOWN_NAMES: KnownNames = {
  universal: UNIVERSAL_NAMES,
  predeclared: new Set([
    ...[...builtins, ...constants]
      .map(({ name }) => name.split('.')[0] as string)
      .filter((name) => !javascriptOnly.has(name)),
    ...STARLARK_ONLY_NAMES,
    '__file__',
    '__name__',
  ]),
};

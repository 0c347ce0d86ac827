import { CONSOLE_METHODS_SOURCE } from '../console-methods-source.ts';
import { BASICS_SOURCE } from './basics-source.ts';
import { CLONE_SOURCE } from './clone-source.ts';
import { ENCODING_SOURCE } from './encoding-source.ts';
import { URL_SOURCE } from './url-source.ts';

/** The parts of the web's globals that a sandbox loads at their first use, by the names that sandbox-source.ts has for them. */
export const WEB_SOURCES: ReadonlyMap<string, string> = new Map([
  ['basics', BASICS_SOURCE],
  ['clone', CLONE_SOURCE],
  ['console', CONSOLE_METHODS_SOURCE],
  ['encoding', ENCODING_SOURCE],
  ['url', URL_SOURCE],
]);

import type { Setting } from './setting.ts';

/** What a Tiltfile says about its own settings and about what runs. */
export interface ConfigDeclarations {
  readonly settings: Map<string, Setting>;
  /** The setting that takes the words of the command line that are no flags. */
  positional: string | undefined;
  /** The folder of the file that called `config.parse()`, once one has. */
  parsedIn: string | undefined;
  /** The resources that run: those named, `none` of them, or what the command line says. */
  enabled: readonly string[] | 'none' | undefined;
}

export function emptyConfig(): ConfigDeclarations {
  return { settings: new Map(), positional: undefined, parsedIn: undefined, enabled: undefined };
}

import { TILTFILE_ID } from '../state/event.ts';
import type { LogLine } from '../state/log-line.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what colours begin with
const COLOURS = /\u001b\[[0-9;:]*m/g;

/** Renders lines as JSON, one object a line, with the fields of Tilt. */
export class LogJson {
  #newestBuild = 0;

  render(line: LogLine): string {
    const fields = {
      time: new Date(line.at).toISOString(),
      resource: line.resource === '' && line.source === 'tiltfile' ? TILTFILE_ID : line.resource,
      level: line.level,
      message: line.text.replace(COLOURS, ''),
      spanID: line.span,
      progressID: '',
      buildEvent: this.#begins(line) ? 'init' : '',
      source: line.source === 'runtime' ? 'runtime' : 'build',
    };
    return `${JSON.stringify(fields)}\n`;
  }

  /** Whether it is the line that says why a build runs. Builds are numbered in the order in which they begin. */
  #begins({ span, text }: LogLine): boolean {
    const build = /^build:(\d+)$/.exec(span)?.[1];
    if (build === undefined || text === '' || Number(build) <= this.#newestBuild) return false;
    this.#newestBuild = Number(build);
    return true;
  }
}

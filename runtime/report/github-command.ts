/** What GitHub's runner shows of a command in a log: where, and under which title. */
export interface CommandProperties {
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/** A line that GitHub's runner obeys: `::error file=a.ts,line=3::message`. The message may have several lines. */
export function githubCommand(name: string, properties: CommandProperties, message: string): string {
  const told = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${told.length === 0 ? '' : ` ${told.join(',')}`}::${escapeData(message)}\n`;
}

/** Text in which the runner finds no commands, whoever wrote it: a space without width stands where one would begin. */
export function withoutCommands(text: string): string {
  if (!text.includes('::') && !text.includes('##[')) return text;
  return text.replace(/^(\s*)::/gm, '$1\u200b::').replaceAll('##[', '#\u200b#[');
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** An instruction of a Dockerfile with everything that belongs to it: continued lines and heredocs. */
export interface DockerfileInstruction {
  /** In capitals: `FROM`. */
  readonly keyword: string;
  /** Offset of the keyword in the Dockerfile. */
  readonly start: number;
  /** Offset behind the last character of the instruction proper, before its heredocs. */
  readonly end: number;
  /** First and last line, from 1; the last one is that of its last heredoc. */
  readonly firstLine: number;
  readonly lastLine: number;
}

interface Line {
  readonly start: number;
  readonly text: string;
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const HEREDOC = /<<-?\s*(?:"([^"]+)"|'([^']+)'|([^\s<>"'|&;]+))/g;
const WITH_HEREDOCS: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** The character that continues a line: a backslash, or what the `escape` directive at the top says. */
export function escapeCharacter(dockerfile: string): string {
  for (const line of dockerfile.split('\n')) {
    const match = DIRECTIVE.exec(line.trimEnd());
    if (!match) return '\\';
    if (match[1]?.toLowerCase() === 'escape') return match[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

/** Splits a Dockerfile into its instructions. Never fails: what is no instruction becomes one with an odd keyword. */
export function dockerfileInstructions(dockerfile: string): readonly DockerfileInstruction[] {
  const continuation = escapeCharacter(dockerfile);
  const lines = linesOf(dockerfile);
  const found: DockerfileInstruction[] = [];
  let at = 0;
  while (at < lines.length) {
    const first = lines[at];
    if (!first || isBlankOrComment(first.text)) {
      at += 1;
      continue;
    }
    let last = at;
    // Blank lines and comments do not end an instruction that goes on.
    for (
      let next = at;
      continues(lines[next]?.text ?? '', continuation) || (next > at && isBlankOrComment(lines[next]?.text));
    ) {
      next += 1;
      if (next >= lines.length) break;
      last = next;
    }
    const start = first.start + first.text.length - first.text.trimStart().length;
    const end = (lines[last]?.start ?? 0) + (lines[last]?.text.trimEnd().length ?? 0);
    const keyword = /^\S+/.exec(dockerfile.slice(start, end))?.[0].toUpperCase() ?? '';
    const lastLine = WITH_HEREDOCS.has(keyword) ? skipHeredocs(lines, last, dockerfile.slice(start, end)) : last;
    found.push({ keyword, start, end, firstLine: at + 1, lastLine: lastLine + 1 });
    at = lastLine + 1;
  }
  return found;
}

function linesOf(dockerfile: string): readonly Line[] {
  let start = 0;
  return dockerfile.split('\n').map((raw) => {
    const line = { start, text: raw.replace(/\r$/, '') };
    start += raw.length + 1;
    return line;
  });
}

function isBlankOrComment(text: string | undefined): boolean {
  const trimmed = text?.trim() ?? '';
  return text !== undefined && (trimmed === '' || trimmed.startsWith('#'));
}

function continues(text: string, continuation: string): boolean {
  return !isBlankOrComment(text) && text.trimEnd().endsWith(continuation);
}

/** The index of the line that ends the last heredoc, or of the file's last line when one does not end. */
function skipHeredocs(lines: readonly Line[], last: number, text: string): number {
  let at = last;
  for (const match of text.matchAll(HEREDOC)) {
    const word = match[1] ?? match[2] ?? match[3] ?? '';
    const stripsTabs = match[0].startsWith('<<-');
    do {
      at += 1;
      if (at >= lines.length) return lines.length - 1;
    } while ((stripsTabs ? lines[at]?.text.replace(/^\t+/, '') : lines[at]?.text) !== word);
  }
  return at;
}

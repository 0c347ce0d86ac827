/** An image that a Dockerfile takes `FROM` or copies `--from`, with its variables filled in. */
export interface DockerfileImage {
  readonly reference: string;
  readonly instruction: 'FROM' | 'COPY';
  /** Where the reference stands in the text, as it is written: from, to (exclusive). */
  readonly start: number;
  readonly end: number;
}

interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** The words after the name, flags too. */
  readonly words: readonly Word[];
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The images that a Dockerfile is built on, in order. What `COPY --from` names may also be a stage of the same file.
 * `buildArgs` win over the defaults of `ARG`.
 */
export function dockerfileImages(
  text: string,
  buildArgs: Readonly<Record<string, string>>,
): readonly DockerfileImage[] {
  const variables = new Map<string, string>();
  const images: DockerfileImage[] = [];
  for (const { name, words } of instructions(text)) {
    if (name === 'ARG') for (const word of words) declareArgument(word.text, variables, buildArgs);
    const image = name === 'FROM' ? fromImage(words) : name === 'COPY' ? copyImage(words) : undefined;
    if (!image) continue;
    // A build argument counts even without its ARG, as it does in a Tiltfile's graph.
    const value = (key: string) => variables.get(key) ?? buildArgs[key];
    const reference = name === 'FROM' ? expand(image.text, value) : image.text;
    if (reference !== '')
      images.push({ reference, instruction: name as 'FROM' | 'COPY', start: image.start, end: image.end });
  }
  return images;
}

/** The same Dockerfile with other base images; `replace` answers `undefined` to leave one as it is. */
export function replaceDockerfileImages(
  text: string,
  buildArgs: Readonly<Record<string, string>>,
  replace: (image: DockerfileImage) => string | undefined,
): string {
  let result = '';
  let done = 0;
  for (const image of dockerfileImages(text, buildArgs)) {
    const other = replace(image);
    if (other === undefined) continue;
    result += text.slice(done, image.start) + other;
    done = image.end;
  }
  return result + text.slice(done);
}

/** Whether there is anything to build in it: a Dockerfile needs at least one instruction. */
export function hasInstructions(text: string): boolean {
  return !instructions(text).next().done;
}

function declareArgument(
  word: string,
  variables: Map<string, string>,
  buildArgs: Readonly<Record<string, string>>,
): void {
  const equals = word.indexOf('=');
  const key = equals < 0 ? word : word.slice(0, equals);
  const given = buildArgs[key];
  if (given !== undefined) variables.set(key, given);
  else if (equals >= 0)
    variables.set(
      key,
      expand(unquote(word.slice(equals + 1)), (name) => variables.get(name)),
    );
}

function fromImage(words: readonly Word[]): Word | undefined {
  return words.find((word) => !word.text.startsWith('--'));
}

function copyImage(words: readonly Word[]): Word | undefined {
  const prefix = '--from=';
  for (const word of words) {
    if (!word.text.startsWith('--')) return undefined;
    if (word.text.startsWith(prefix)) {
      return { text: word.text.slice(prefix.length), start: word.start + prefix.length, end: word.end };
    }
  }
  return undefined;
}

const VARIABLE = /\$(?:\{([A-Za-z_]\w*)(?:(:?[-+])([^}]*))?\}|([A-Za-z_]\w*))/g;

function expand(text: string, value: (name: string) => string | undefined): string {
  return text.replace(VARIABLE, (_all, braced?: string, operator?: string, other?: string, plain?: string) => {
    const found = value(braced ?? plain ?? '');
    const isSet = found !== undefined && !(operator?.startsWith(':') && found === '');
    if (operator?.endsWith('-')) return isSet ? found : (other ?? '');
    if (operator?.endsWith('+')) return isSet ? (other ?? '') : '';
    return found ?? '';
  });
}

function unquote(text: string): string {
  return text.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'/g,
    (_all, double?: string, single?: string) => double ?? single ?? '',
  );
}

/** Reads lines as Docker does: comments, continued lines, here-documents; the escape character may be set at the top. */
function* instructions(text: string): Generator<Instruction> {
  const escapeMark = escapeCharacter(text);
  let hereDocuments: string[] = [];
  let words: Word[] = [];
  let continues = false;
  let position = 0;
  for (const line of text.split('\n')) {
    const start = position;
    position += line.length + 1;
    const bare = line.trim();
    const [end] = hereDocuments;
    if (end !== undefined) {
      if (line.replace(/^\t+/, '').replace(/\r$/, '') === end) hereDocuments = hereDocuments.slice(1);
      continue;
    }
    if (bare.startsWith('#') || (bare === '' && continues)) continue;
    const continued = bare.endsWith(escapeMark);
    const content = continued ? line.slice(0, line.lastIndexOf(escapeMark)) : line;
    for (const match of content.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\S)+/g)) {
      words.push({ text: match[0], start: start + match.index, end: start + match.index + match[0].length });
    }
    continues = continued;
    if (continued) continue;
    hereDocuments = hereDocumentsOf(words);
    const [first, ...rest] = words;
    words = [];
    if (first) yield { name: first.text.toUpperCase(), words: rest };
  }
  const [first, ...rest] = words;
  if (first) yield { name: first.text.toUpperCase(), words: rest };
}

function hereDocumentsOf(words: readonly Word[]): string[] {
  if (!/^(?:run|copy|add)$/i.test(words[0]?.text ?? '')) return [];
  return words.flatMap(({ text }) => {
    const match = /^\d*<<-?(["']?)([A-Za-z_.][\w.]*)\1$/.exec(text);
    return match?.[2] === undefined ? [] : [match[2]];
  });
}

/** Directives (`# escape=`) count only before anything else. */
function escapeCharacter(text: string): string {
  for (const line of text.split('\n')) {
    const directive = /^\s*#\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (!directive) return '\\';
    if (directive[1]?.toLowerCase() === 'escape' && directive[2]) return directive[2];
  }
  return '\\';
}

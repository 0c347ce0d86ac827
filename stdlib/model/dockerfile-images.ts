/** An image that a Dockerfile takes `FROM`, copies `--from` or mounts, with its variables filled in. */
export interface DockerfileImage {
  readonly reference: string;
  readonly instruction: 'FROM' | 'COPY' | 'RUN';
  /** An earlier stage of the same file has that name, so no image is meant. */
  readonly isStage: boolean;
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

/** The images that a Dockerfile is built on, and the stages that it names in their place, in order. `buildArgs` win over the defaults of `ARG`. */
export function dockerfileImages(
  text: string,
  buildArgs: Readonly<Record<string, string>>,
): readonly DockerfileImage[] {
  const variables = new Map<string, string>();
  const stages = new Set<string>();
  const images: DockerfileImage[] = [];
  // A build argument counts even without its ARG, as it does in a Tiltfile's graph.
  const value = (key: string) => variables.get(key) ?? buildArgs[key];
  const add = (instruction: DockerfileImage['instruction'], { text: written, start, end }: Word): void => {
    const reference = instruction === 'FROM' ? expand(written, value) : written;
    if (reference === '') return;
    images.push({ reference, instruction, isStage: stages.has(reference.toLowerCase()), start, end });
  };
  for (const { name, words } of instructions(text)) {
    if (name === 'ARG') for (const word of words) declareArgument(word.text, variables, buildArgs);
    if (name === 'FROM') for (const word of fromImage(words)) add(name, word);
    if (name === 'COPY') for (const word of copyImage(words)) add(name, word);
    if (name === 'RUN') for (const word of mountedImages(words)) add(name, word);
    const stage = name === 'FROM' ? stageName(words) : undefined;
    if (stage !== undefined) stages.add(stage.toLowerCase());
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

function fromImage(words: readonly Word[]): readonly Word[] {
  return words.filter((word) => !word.text.startsWith('--')).slice(0, 1);
}

function stageName(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ text }) => text.toUpperCase() === 'AS');
  return at > 0 ? words[at + 1]?.text : undefined;
}

function copyImage(words: readonly Word[]): readonly Word[] {
  return flags(words).flatMap((word) => partOf(word, /^--from=(.+)$/d));
}

function mountedImages(words: readonly Word[]): readonly Word[] {
  return flags(words).flatMap((word) => partOf(word, /^--mount=(?:.*,)?from=([^,]+)/di));
}

function flags(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(({ text }) => !text.startsWith('--'));
  return end < 0 ? words : words.slice(0, end);
}

/** What the pattern's first group finds in a word. */
function partOf({ text, start }: Word, pattern: RegExp): readonly Word[] {
  const match = pattern.exec(text);
  const [from, to] = match?.indices?.[1] ?? [];
  if (from === undefined || to === undefined) return [];
  return [{ text: text.slice(from, to), start: start + from, end: start + to }];
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

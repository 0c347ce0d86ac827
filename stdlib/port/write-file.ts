import type { Comment, Expression, LoadStatement, Node } from '../../interpreter/starlark/syntax/ast.ts';
import type { Binding } from '../../interpreter/starlark/syntax/binding.ts';
import { commentsOf } from '../../interpreter/starlark/syntax/comments.ts';
import { Places } from '../../interpreter/starlark/syntax/position.ts';
import { commentDocs, inInnermost } from './comment-docs.ts';
import { conditionOf } from './conditions.ts';
import { type Convention, conventionOf } from './convention.ts';
import { declare } from './declare.ts';
import { type Doc, hardline, printDoc } from './doc.ts';
import { expressionOf } from './expressions.ts';
import type { Js } from './js.ts';
import type { FunctionFact, Knowledge } from './knowledge.ts';
import { stringLiteral } from './literals.ts';
import { Names } from './names.ts';
import type { SourceFile } from './project.ts';
import type { StatementContext } from './statement-context.ts';
import { blockDocs } from './statements.ts';

const WIDTH = 100;

export interface WrittenFile {
  readonly text: string;
  readonly notes: readonly FileNote[];
}

export interface FileNote {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface FileOptions {
  readonly isTypescript: boolean;
  /** Whether other files import it. */
  readonly isImported: boolean;
  /** By what JavaScript imports what this file loads as `path`. */
  specifier(path: string): string;
  readonly conventions: Map<FunctionFact, Convention>;
}

/** One file as JavaScript. */
export function writeFile(known: Knowledge, source: SourceFile, options: FileOptions): WrittenFile {
  const { file } = source;
  const names = new Names(file);
  const notes = new Map<Node, string[]>();
  const all: FileNote[] = [];
  const places = new Places(file.text);
  const written = new Set<Comment>();
  const texts = new Map<Expression, Js>();
  const exported = exportedBindings(source, options.isImported);
  let hasBegun = false;
  const context: StatementContext = {
    known,
    source,
    names,
    comments: inInnermost(file, commentsOf(file)),
    written,
    isTypescript: options.isTypescript,
    discarded: new Set(),
    declarations: declare(file, exported),
    notes,
    renamed: names.firstRenamed(file),
    exported,
    expression(node) {
      // Several readings of a node need its text; its comments are written once.
      const known_ = texts.get(node);
      if (known_) return known_;
      const js = expressionOf(context, node);
      texts.set(node, js);
      return js;
    },
    condition: (node: Expression) => conditionOf(context, node),
    conventionOf(fact) {
      const made = options.conventions.get(fact) ?? conventionOf(fact);
      options.conventions.set(fact, made);
      return made;
    },
    note(node, message) {
      notes.set(node, [...(notes.get(node) ?? []), message]);
      const { line, column } = places.of(node.start);
      if (!all.some((known_) => known_.line === line && known_.message === message))
        all.push({ line, column, message });
    },
    specifier: options.specifier,
    block: (statements) => blockDocs(context, statements),
    load: (statement) => loadDoc(context, statement, hasBegun),
  };
  const head = commentDocs(context, file, 'before');
  const body: Doc[] = [];
  // Loads in front of everything else stay where they are; from the first call on, a file is loaded when its turn comes.
  hasBegun = false;
  const statements = file.statements;
  const firstEffect = statements.findIndex((statement) => hasEffect(statement));
  const front = firstEffect < 0 ? statements : statements.slice(0, firstEffect);
  const back = firstEffect < 0 ? [] : statements.slice(firstEffect);
  const frontDocs = blockDocs(context, front);
  hasBegun = true;
  const backDocs = blockDocs(context, back);
  body.push(...frontDocs);
  if (frontDocs.length > 0 && backDocs.length > 0) {
    const from = front.at(-1)?.end ?? 0;
    const to = context.comments.get(back[0] as Node)?.before[0]?.start ?? back[0]?.start ?? 0;
    const lines = file.text.slice(from, to).match(/\n/g)?.length ?? 1;
    body.push(hardline, ...Array.from({ length: Math.max(0, Math.min(lines - 1, 2)) }, () => hardline));
  }
  body.push(...backDocs);
  const inside = commentDocs(context, file, 'inside');
  const after = commentDocs(context, file, 'after');
  const helpers = names.importLine();
  const parts: Doc[] = [];
  for (const text of [...head, ...inside]) parts.push(text, hardline);
  const code = printDoc([...parts, ...body, ...after.flatMap((text): Doc[] => [hardline, text])], WIDTH);
  return { text: withImport(code, helpers), notes: all };
}

/** The helpers' import stands in front of the first code. */
function withImport(code: string, helpers: string | undefined): string {
  const clean = `${code.replace(/^\n+/, '').trimEnd()}\n`;
  if (helpers === undefined) return clean === '\n' ? '' : clean;
  const lines = clean.split('\n');
  let at = 0;
  // Behind the comments at the top of the file that belong to no code.
  const blank = lines.findIndex((text) => text.trim() === '');
  if (blank > 0 && lines.slice(0, blank).every((text) => text.startsWith('//'))) at = blank + 1;
  const rest = lines.slice(at);
  const isImport = rest[0]?.startsWith('import ') ?? false;
  return [...lines.slice(0, at), helpers, ...(isImport ? [] : ['']), ...rest].join('\n');
}

function exportedBindings(source: SourceFile, isImported: boolean): ReadonlySet<Binding> {
  if (!isImported) return new Set();
  return new Set(source.scope.globals.filter(({ name }) => !name.startsWith('_')));
}

/** Whether a statement does something to the world, so that what is loaded after it must be loaded after it. */
function hasEffect(statement: { readonly kind: string }): boolean {
  return (
    statement.kind !== 'load' &&
    statement.kind !== 'def' &&
    !(statement.kind === 'assignment' && isPure((statement as { value?: Expression }).value))
  );
}

function isPure(node: Expression | undefined): boolean {
  if (!node) return true;
  switch (node.kind) {
    case 'call':
    case 'index':
    case 'comprehension':
      return false;
    case 'list':
    case 'tuple':
      return node.items.every(isPure);
    case 'dict':
      return node.entries.every(({ key, value }) => isPure(key) && isPure(value));
    case 'binary':
      return isPure(node.left) && isPure(node.right);
    case 'paren':
      return isPure(node.inner);
    case 'unary':
      return isPure(node.operand);
    case 'conditional':
      return isPure(node.condition) && isPure(node.whenTrue) && isPure(node.whenFalse);
    default:
      return true;
  }
}

function loadDoc(context: StatementContext, statement: LoadStatement, hasBegun: boolean): Doc | undefined {
  const specifier = stringLiteral(context.specifier(statement.path.value));
  const outline = context.known.outlines.get(context.source);
  const words: string[] = [];
  const pairs: string[] = [];
  const again: Doc[] = [];
  for (const symbol of statement.symbols) {
    const { binding } = symbol.local;
    if (!binding) continue;
    const own = context.names.of(binding);
    const isChanged = (outline?.assignments.get(binding)?.length ?? 0) > 1;
    const local = isChanged && !hasBegun ? context.names.free(`${own}_`) : own;
    if (isChanged && !hasBegun) again.push(hardline, `let ${own} = ${local};`);
    words.push(symbol.name === local ? local : `${symbol.name} as ${local}`);
    pairs.push(symbol.name === local ? local : `${symbol.name}: ${local}`);
  }
  if (!hasBegun)
    return [
      statement.symbols.length === 0 ? `import ${specifier};` : `import { ${words.join(', ')} } from ${specifier};`,
      again,
    ];
  const isChanged = statement.symbols.some(
    ({ local }) => local.binding && (outline?.assignments.get(local.binding)?.length ?? 0) > 1,
  );
  return laterLoad(context, statement, specifier, isChanged ? 'let' : 'const', pairs);
}

/** A file that is loaded after something was done. What is not in it is an error. */
function laterLoad(
  context: StatementContext,
  statement: LoadStatement,
  specifier: string,
  word: string,
  pairs: readonly string[],
): Doc {
  const path = context.source.loads.get(statement);
  const other = context.known.files.find((file) => file.path === path);
  const isCertain = statement.symbols.every((symbol) => other?.scope.globals.some(({ name }) => name === symbol.name));
  if (isCertain || statement.symbols.length === 0) {
    return pairs.length === 0
      ? `load_dynamic(${specifier});`
      : `${word} { ${pairs.join(', ')} } = load_dynamic(${specifier});`;
  }
  const item = context.names.helper('item');
  const nameOf = (symbol: LoadStatement['symbols'][number]) =>
    symbol.local.binding ? context.names.of(symbol.local.binding) : symbol.name;
  const [only] = statement.symbols;
  if (only && statement.symbols.length === 1) {
    return `${word} ${nameOf(only)} = ${item}(load_dynamic(${specifier}), ${stringLiteral(only.name)});`;
  }
  const module = context.names.free(moduleName(statement.path.value));
  const lines = statement.symbols.map(
    (symbol): Doc => [hardline, `${word} ${nameOf(symbol)} = ${item}(${module}, ${stringLiteral(symbol.name)});`],
  );
  return [`const ${module} = load_dynamic(${specifier});`, lines];
}

/** A name for what `ext://git_resource` or `./lib/Tiltfile` loads. */
function moduleName(path: string): string {
  const words = path
    .replace(/^\w+:\/\//, '')
    .replace(/\/?(Tiltfile|\.\w+)$/, '')
    .split('/');
  const word = (words.at(-1) ?? '').replace(/\W+/g, '_').replace(/^(\d)/, '_$1');
  return word === '' || word === '_' ? 'loaded' : word;
}

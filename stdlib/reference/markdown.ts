import type { Constant } from '../constants.ts';
import type { Builtin } from '../schema/builtin.ts';
import type { AnyParameter } from '../schema/parameter.ts';
import { type Family, familyOf, placeIn } from './families.ts';
import { helpers } from './helpers.ts';
import { valueTypes } from './value-types.ts';

const generated = "<!-- Made from the builtins' schemas by stdlib/reference/write.ts: change those. -->";

/** One page. */
export interface Page {
  /** Of the file in the folder of the reference. */
  readonly file: string;
  readonly text: string;
}

/** The pages of the reference: the index, one for each family that has members, and one for the types of values. */
export function markdownReference(
  families: readonly Family[],
  builtins: readonly Builtin[],
  constants: readonly Constant[],
): readonly Page[] {
  const shown = families
    .map((family) => ({
      family,
      builtins: membersOf(family, builtins),
      constants: membersOf(family, constants),
    }))
    .filter((members) => members.builtins.length + members.constants.length > 0);
  return [
    { file: 'README.md', text: index(shown) },
    ...shown.map((members) => ({ file: `${members.family.id}.md`, text: familyPage(members) })),
    { file: 'values.md', text: valuesPage },
    { file: 'starlark.md', text: helpersPage() },
  ];
}

/** In the order in which the family names them. */
function membersOf<T extends { readonly name: string }>(family: Family, all: readonly T[]): readonly T[] {
  return all
    .filter(({ name }) => familyOf(name) === family)
    .sort((a, b) => placeIn(family, a.name) - placeIn(family, b.name));
}

interface Members {
  readonly family: Family;
  readonly builtins: readonly Builtin[];
  readonly constants: readonly Constant[];
}

const introduction = `All names are globals, and can be imported from \`"tilt"\` too. Required parameters are positional, in the order in which they stand
here. Optional ones go into one plain object at the end (\`{ deps: ['src'] }\`); those that are no objects themselves may also be
given by position. Any parameter may be given by its name: \`local_resource({ name: 'web', cmd: 'make' })\`. What is left out, or
\`undefined\`, has its default.

Where a text is asked for, a \`Blob\` will mostly do: what \`local\`, \`read_file\` and \`encode_yaml\` answer. Paths are relative to the
folder of the Tiltfile that is running. [What builtins answer](values.md) is described as TypeScript sees it.
[What Starlark does](starlark.md), in functions for scripts that once were Starlark, has a page too.`;

function index(all: readonly Members[]): string {
  const rows = all.map(({ family, builtins, constants }) => {
    const names = [...builtins, ...constants].map(({ name }) => `[\`${name}\`](${linkOf(family, name, builtins)})`);
    return [`[${family.title}](${family.id}.md)`, names.join(' ')];
  });
  return page('# What a Tiltfile can call', introduction, table(['', ''], rows));
}

/** Constants have no heading of their own. */
function linkOf({ id }: Family, name: string, builtins: readonly Builtin[]): string {
  return `${id}.md#${builtins.some((one) => one.name === name) ? anchor(name) : 'constants'}`;
}

/** The page's anchor for a heading, as GitHub makes it. */
function anchor(heading: string): string {
  return heading.replace(/[^\w]/g, '').toLowerCase();
}

function familyPage({ family, builtins, constants }: Members): string {
  const list = builtins.map(({ name }) => `[\`${name}\`](#${anchor(name)})`).join(' · ');
  const rows = constants.map(({ name, typescript, doc }) => [`\`${name}\``, code(typescript), doc]);
  return page(
    `# ${family.title}`,
    `[All builtins](README.md)${list && ` · ${list}`}`,
    family.introduction,
    ...builtins.map(section),
    ...(rows.length === 0 ? [] : ['## Constants', table(['name', 'type', ''], rows)]),
  );
}

const valuesPage = page(
  '# What builtins answer',
  '[All builtins](README.md)',
  'The types can be imported for annotations: `import type { Blob } from "tilt"`. Values that carry `made` can only be made by the builtins that are named.',
  `\`\`\`ts\n${valueTypes}\n\`\`\``,
);

/** What the module "tilt" has beside the globals. */
function helpersPage(): string {
  const rows = Object.entries(helpers).map(([name, { signature, doc }]) => [
    code(name + signature.replaceAll(/: any(\[\])?/g, '')),
    doc,
  ]);
  return page(
    'What Starlark does',
    'These functions are no globals: a script imports them from `"tilt"`. They do for values of any type what Starlark does, and fail with its ' +
      'words. `tilt-ts port` writes them where JavaScript has nothing shorter, or where nothing is known of a value. Lists and tuples are arrays; ' +
      'dicts are plain objects, or Maps where not all keys are strings.',
    table(['function', ''], rows),
  );
}

function page(title: string, ...parts: readonly string[]): string {
  return `${[title, generated, ...parts].join('\n\n')}\n`;
}

function section(builtin: Builtin): string {
  const parts = [`## ${builtin.name}`, `\`${heading(builtin)}\``, builtin.doc];
  const rows = [
    ...(builtin.rest
      ? [[`\`...${builtin.rest.name}\``, code(builtin.rest.type.typescript), '', builtin.rest.doc]]
      : []),
    ...Object.entries(builtin.parameters).map(([name, parameter]) => row(name, parameter)),
  ];
  if (rows.length > 0) parts.push(table(['parameter', 'type', 'default', ''], rows));
  if (builtin.example !== undefined) parts.push(`\`\`\`js\n${builtin.example}\n\`\`\``);
  return parts.join('\n\n');
}

function heading(builtin: Builtin): string {
  const entries = Object.entries(builtin.parameters);
  const needed = entries.filter(([, parameter]) => parameter.required).map(([name]) => name);
  const rest = builtin.rest ? [`...${builtin.rest.name}`] : [];
  const options = entries.length > needed.length ? ['{ … }'] : [];
  const answer = builtin.returns === 'void' ? '' : ` → ${builtin.returns}`;
  return `${builtin.name}${builtin.typeParameters ?? ''}(${[...rest, ...needed, ...options].join(', ')})${answer}`;
}

function row(name: string, { type, required, defaultText, doc }: AnyParameter): readonly string[] {
  return [`\`${name}\``, code(type.typescript), required ? 'required' : code(defaultText), doc];
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

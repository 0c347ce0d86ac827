import type { Constant } from '../constants.ts';
import type { Builtin } from '../schema/builtin.ts';
import { helpers } from './helpers.ts';
import type { AnyParameter } from '../schema/parameter.ts';

const introduction = `# What a Tiltfile can call

<!-- Made from the builtins' schemas by stdlib/reference/write.ts: change those. -->

All names are globals, and can be imported from \`"tilt"\` too. Required parameters are positional, in the order in which they stand
here. Optional ones go into one plain object at the end (\`{ deps: ['src'] }\`); those that are no objects themselves may also be
given by position. Any parameter may be given by its name: \`local_resource({ name: 'web', cmd: 'make' })\`. What is left out, or
\`undefined\`, has its default.

Where a text is asked for, a \`Blob\` will mostly do: what \`local\`, \`read_file\` and \`encode_yaml\` answer. Paths are relative to the
folder of the Tiltfile that is running.`;

/** The text of the reference page. */
export function markdownReference(builtins: readonly Builtin[], constants: readonly Constant[]): string {
  const names = builtins.map(({ name }) => `[\`${name}\`](#${anchor(name)})`).join(' · ');
  return [
    introduction,
    `Functions: ${names}`,
    ...builtins.map(section),
    '## Constants',
    table(
      ['name', 'type', ''],
      constants.map(({ name, typescript, doc }) => [`\`${name}\``, code(typescript), doc]),
    ),
    '`os.environ` is the environment as a live mapping: `os.environ.HOME`, `"CI" in os.environ`, `os.environ.STAGE = "dev"`.',
    helperSection(),
    '',
  ].join('\n\n');
}

function helperSection(): string {
  const rows = Object.entries(helpers).map(([name, { signature, doc }]) => [`\`${name}${signature.replaceAll(/: any(\[\])?/g, '')}\``, doc]);
  return [
    '## What Starlark does',
    'These are no globals, and come from `"tilt"` alone. They do for values of any type what Starlark does: `tilt-ts port` writes them where ' +
      'JavaScript has nothing shorter, or where nothing is known of a value. Lists and tuples are arrays, dicts are plain objects.',
    table(['function', ''], rows),
  ].join('\n\n');
}

function anchor(name: string): string {
  return name.replace(/[^\w]/g, '').toLowerCase();
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
  return `${builtin.name}(${[...rest, ...needed, ...options].join(', ')})${answer}`;
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

import type { Constant } from '../constants.ts';
import type { Builtin } from '../schema/builtin.ts';
import { type NameTree, nameTree } from './name-tree.ts';
import { optionalParameters, optionsName, signatures } from './signature.ts';
import { environDeclaration, valueTypes } from './value-types.ts';

type Item =
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  | { readonly kind: 'constant'; readonly constant: Constant };

/** The text of `tilt.d.ts`: what a Tiltfile finds as globals and in the module "tilt", for editors. */
export function typescriptDeclarations(builtins: readonly Builtin[], constants: readonly Constant[]): string {
  const tree = nameTree<Item>([
    ...builtins.map((builtin) => [builtin.name, { kind: 'builtin', builtin }] as const),
    ...constants.map((constant) => [constant.name, { kind: 'constant', constant }] as const),
  ]);
  const globals = [...tree.members.map(([name]) => name), ...tree.modules.keys()];
  return `// Made from the builtins' schemas by stdlib/reference/write.ts: change those.

declare module 'tilt' {
${indent([valueTypes, ...builtins.flatMap(optionsInterface), ...declarationsOf(tree, 'export ', [])].join('\n'))}
}

/** Extensions: what they export is known when they are there. */
declare module 'ext://*';

${globals.map((name) => `declare const ${name}: typeof import('tilt').${name};`).join('\n')}
`;
}

function declarationsOf(tree: NameTree<Item>, mark: string, path: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [name, item] of tree.members) {
    if (item.kind === 'constant') {
      lines.push(comment(item.constant.doc), `${mark}const ${name}: ${item.constant.typescript};`);
      continue;
    }
    for (const signature of signatures(item.builtin)) lines.push(comment(docOf(item.builtin)), `${mark}${signature}`);
  }
  if (path.join('.') === 'os') lines.push(environDeclaration);
  for (const [name, inner] of tree.modules) {
    lines.push(`${mark}namespace ${name} {`, indent(declarationsOf(inner, '', [...path, name]).join('\n')), '}');
  }
  return lines;
}

function docOf({ doc, example }: Builtin): string {
  return example === undefined ? doc : `${doc}\n\n@example\n${example}`;
}

function optionsInterface(builtin: Builtin): readonly string[] {
  const optional = optionalParameters(builtin);
  if (optional.length === 0) return [];
  const members = optional.flatMap(([name, { doc, type }]) => [comment(doc), `${name}?: ${type.typescript};`]);
  return [`export interface ${optionsName(builtin)} {`, indent(members.join('\n')), '}'];
}

function comment(text: string): string {
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  if (lines.length === 1) return `/** ${text} */`;
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

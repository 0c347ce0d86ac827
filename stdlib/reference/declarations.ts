import type { Constant } from '../constants.ts';
import type { Builtin } from '../schema/builtin.ts';
import type { AnyParameter } from '../schema/parameter.ts';
import { helpers } from './helpers.ts';
import { type NameTree, nameTree } from './name-tree.ts';
import { optionalParameters, optionsName, type Signature, signatures } from './signature.ts';
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
  const globals = [
    // Editors show what stands at the name itself while it is being written, and the rest with the call.
    ...tree.members.flatMap(([name, item]) => [comment(docOfItem(item)), globalDeclaration(name)]),
    ...[...tree.modules.keys()].map(globalDeclaration),
  ];
  return `// Made from the builtins' schemas by stdlib/reference/write.ts: change those.

declare module 'tilt' {
${indent([valueTypes, ...builtins.flatMap(optionsInterface), ...declarationsOf(tree, 'export ', []), ...helperDeclarations()].join('\n'))}
  export {};
}

/** Extensions: what they export is known when they are there. */
declare module 'ext://*';

// What Starlark files export is known when they run.
declare module '*/Tiltfile';
declare module '*.star';
declare module '*.bzl';
declare module '*.tiltfile';

${globals.join('\n')}
`;
}

function helperDeclarations(): readonly string[] {
  return Object.entries(helpers).flatMap(([name, { signature, doc }]) => [
    comment(doc),
    `export function ${name}${signature};`,
  ]);
}

function declarationsOf(tree: NameTree<Item>, mark: string, path: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [name, item] of tree.members) {
    if (item.kind === 'constant') {
      lines.push(comment(item.constant.doc), `${mark}const ${name}: ${item.constant.typescript};`);
      continue;
    }
    for (const { text, parameters } of signatures(item.builtin)) {
      lines.push(comment(docOf(item.builtin, parameters)), `${mark}${text}`);
    }
  }
  if (path.join('.') === 'os') lines.push(environDeclaration);
  for (const [name, inner] of tree.modules) {
    lines.push(`${mark}namespace ${name} {`, indent(declarationsOf(inner, '', [...path, name]).join('\n')), '}');
  }
  return lines;
}

function docOfItem(item: Item): string {
  return item.kind === 'builtin' ? item.builtin.doc : item.constant.doc;
}

function docOf({ doc, example }: Builtin, parameters: Signature['parameters']): string {
  const parts = [
    doc,
    ...(parameters.length > 0 ? [parameters.map(([name, words]) => `@param ${name} ${words}`).join('\n')] : []),
    ...(example === undefined ? [] : [`@example\n${example}`]),
  ];
  return parts.join('\n\n');
}

/**
 * What libraries for browsers declare too, as a function: only functions of one name add up. `print` is the only such name of Tilt's;
 * it must not be taken for the one that prints a page.
 */
const namesOfBrowsers = new Set(['print']);

function globalDeclaration(name: string): string {
  const member = `typeof import('tilt').${name}`;
  return namesOfBrowsers.has(name)
    ? `declare function ${name}(...values: Parameters<${member}>): ReturnType<${member}>;`
    : `declare const ${name}: ${member};`;
}

function optionsInterface(builtin: Builtin): readonly string[] {
  const optional = optionalParameters(builtin);
  if (optional.length === 0) return [];
  const members = optional.flatMap(([name, parameter]) => [
    comment(`${parameter.doc}${defaultSentence(parameter)}`),
    `${name}?: ${parameter.type.typescript};`,
  ]);
  return [`export interface ${optionsName(builtin)} {`, indent(members.join('\n')), '}'];
}

/** A default that says more than "nothing". */
function defaultSentence({ defaultText }: AnyParameter): string {
  return ['', '""', '[]', '{}', 'null', 'false', '0'].includes(defaultText) ? '' : ` Default: \`${defaultText}\`.`;
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

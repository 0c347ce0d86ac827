import { bold, gray, green, red, yellow } from 'kleur/colors';
import { commandText } from '../../../stdlib/model/command-text.ts';
import type { FieldChange } from './field-changes.ts';
import type { PlannedPortForward } from './plan.ts';
import type { Changed, ListDifference, PlanDiff } from './plan-diff.ts';
import { block, counted } from './plan-text.ts';
import { imageLines, type Lines, portText, resourceLines } from './resource-lines.ts';

/** Longer values are cut: whoever wants all of them reads the JSON. */
const WIDEST_VALUE = 160;

/** A difference for people, as it may stand in a pull request: lines begin with `+`, `-` or `~`. */
export function planDiffText(diff: PlanDiff): string {
  if (!diff.differs) return 'No difference: the Tiltfile comes to the same.';
  const { resources, images, apiObjects, settings, cluster, globalIgnores, evaluation } = diff;
  const blocks = [
    ...resources.added.map((item) => whole('+', item.name, item.kind, resourceLines(item))),
    ...resources.removed.map((item) => whole('-', item.name, item.kind, [])),
    ...resources.changed.map((item) => changed(item, item.kind ?? '')),
    ...images.added.map((item) => whole('+', item.ref, 'image', imageLines(item))),
    ...images.removed.map((item) => whole('-', item.ref, 'image', [])),
    ...images.changed.map((item) => changed(item, 'image')),
    ...apiObjects.added.map(({ kind, name, declaredAt }) => whole('+', name, kind, [['declared at', declaredAt]])),
    ...apiObjects.removed.map(({ kind, name }) => whole('-', name, kind, [])),
    ...apiObjects.changed.map((item) => changed(item, 'object of the API')),
    ...(settings.length === 0 ? [] : [changed({ name: 'settings', fields: settings }, '')]),
    ...(cluster.length === 0 ? [] : [changed({ name: 'cluster', fields: cluster }, '')]),
    ...(globalIgnores.length === 0 ? [] : [changed({ name: 'ignored files', fields: globalIgnores }, '')]),
    evaluationText(evaluation),
    summary(diff),
  ];
  return blocks.filter((text) => text !== '').join('\n\n');
}

function whole(mark: '+' | '-', name: string, kind: string, lines: Lines): string {
  const paint = mark === '+' ? green : red;
  const head = `${paint(`${mark} ${bold(name)}`)}  ${gray(kind)}`;
  return lines.length === 0 ? head : `${head}\n${block(lines, 4)}`;
}

function changed({ name, fields }: Changed, kind: string): string {
  const head = `${yellow(`~ ${bold(name)}`)}${kind && `  ${gray(kind)}`}`;
  return [head, ...fields.map((field) => `    ${fieldText(field)}`)].join('\n');
}

function fieldText({ path, before: old, after: now }: FieldChange): string {
  const before = path === 'portForwards' ? portTexts(old) : old;
  const after = path === 'portForwards' ? portTexts(now) : now;
  const name = path.replace('].body.', '].');
  if (before === undefined) return `${name}: ${green(`+ ${valueText(path, after)}`)}`;
  if (after === undefined) return `${name}: ${red(`- ${valueText(path, before)}`)}`;
  if (isWordList(before) && isWordList(after) && !isCommand(path) && !sameMembers(before, after)) {
    const removed = before.filter((word) => !after.includes(word)).map((word) => red(`- ${word}`));
    const added = after.filter((word) => !before.includes(word)).map((word) => green(`+ ${word}`));
    return `${name}: ${[...removed, ...added].join(', ')}`;
  }
  return `${name}: ${valueText(path, before)} → ${valueText(path, after)}`;
}

function portTexts(value: unknown): unknown {
  return Array.isArray(value) ? value.map((forward: PlannedPortForward) => portText(forward)) : value;
}

function isWordList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}

/** Where only the order, or how often something is there, differs. */
function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.every((word) => other.includes(word)) && other.every((word) => one.includes(word));
}

function isCommand(path: string): boolean {
  return /(^|\.)(argv|entrypoint|containerArgs|command|args)$/.test(path);
}

function valueText(path: string, value: unknown): string {
  if (value === null || value === '') return 'none';
  const command = commandOf(path, value);
  const text = command === undefined ? JSON.stringify(value) : commandText({ argv: command }).replaceAll('\n', '⏎');
  return text.length > WIDEST_VALUE ? `${text.slice(0, WIDEST_VALUE - 1)}…` : text;
}

/** The words of a command, for the field that holds them and for the whole command. */
function commandOf(path: string, value: unknown): readonly string[] | undefined {
  if (isCommand(path)) return isWordList(value) ? value : undefined;
  const hasWords = typeof value === 'object' && value !== null && 'argv' in value;
  return hasWords && isWordList(value.argv) ? value.argv : undefined;
}

function evaluationText({ filesRead, commandsRun, variablesRead }: PlanDiff['evaluation']): string {
  const lines = [
    ...listLines('read', filesRead, (file) => file),
    ...listLines('runs', commandsRun, (argv) => commandText({ argv })),
    ...listLines('asks for', variablesRead, (name) => `$${name}`),
  ];
  return lines.length === 0 ? '' : [`${yellow(`~ ${bold('while it is evaluated')}`)}`, ...lines].join('\n');
}

function listLines<T>(
  verb: string,
  { added, removed }: ListDifference<T>,
  textOf: (item: T) => string,
): readonly string[] {
  return [
    ...removed.map((item) => `    ${red(`- ${verb} ${textOf(item)}`)}`),
    ...added.map((item) => `    ${green(`+ ${verb} ${textOf(item)}`)}`),
  ];
}

function summary({ resources, images }: PlanDiff): string {
  const parts = (
    [
      ['resource', resources],
      ['image', images],
    ] as const
  ).flatMap(([what, { added, removed, changed: other }]) => {
    const counts = (
      [
        ['added', added],
        ['removed', removed],
        ['changed', other],
      ] as const
    ).filter(([, items]) => items.length > 0);
    return counts.map(([verb, items]) => `${counted(items.length, what)} ${verb}`);
  });
  return parts.length === 0 ? 'No resource or image changes.' : `${parts.join(', ')}.`;
}

import { bold, gray, yellow } from 'kleur/colors';
import { commandText } from '../../../stdlib/model/command-text.ts';
import type { Plan, PlannedResource } from './plan.ts';
import { imageLines, type Lines, resourceLines } from './resource-lines.ts';

/** A plan for people: what starts in which order, what does not start by itself, the images, and what the script did. */
export function planText(plan: Plan): string {
  const { resources, images } = plan;
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const width = String(plan.startOrder.length).length;
  const started = plan.startOrder.flatMap((names, index) =>
    names.flatMap((name) => {
      const resource = byName.get(name);
      return resource === undefined ? [] : [resourceBlock(resource, `${index + 1}`.padStart(width))];
    }),
  );
  const rest = resources.filter(({ start }) => start === null);
  const waiting = rest.filter(({ enabled }) => enabled);
  const left = rest.filter(({ enabled }) => !enabled);
  const blocks = [
    `${bold(plan.tiltfile)}: ${counted(resources.length, 'resource')}, ${counted(images.length, 'image')}`,
    ...section('Starts, in this order (the same number: at the same time)', started),
    ...section(
      'Waits until somebody asks for it',
      waiting.map((resource) => resourceBlock(resource, ' '.repeat(width))),
    ),
    ...section(
      'Not asked for on the command line',
      left.map(({ name, kind }) => `  ${bold(name)}  ${gray(kind)}`),
    ),
    ...section(
      'Images',
      images.map((image) => `  ${bold(image.ref)}\n${block(imageLines(image), 4)}`),
    ),
    ...section(
      "Objects of Tilt's API",
      plan.apiObjects.map(({ kind, name }) => `  ${bold(name)}  ${gray(kind)}`),
    ),
    ...section('While it was evaluated, the Tiltfile', evaluationLines(plan)),
    ...section(
      'Notes',
      notes(plan).map((note) => note.replace(/^/gm, '  ')),
    ),
  ];
  return blocks.join('\n\n');
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function section(title: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`${gray(title)}\n${parts.join('\n')}`];
}

function resourceBlock(resource: PlannedResource, number: string): string {
  return `  ${number}  ${bold(resource.name)}  ${gray(resource.kind)}\n${block(resourceLines(resource), number.length + 6)}`;
}

/** Names and texts below each other, the texts in one column. */
export function block(lines: Lines, indent: number): string {
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${' '.repeat(indent)}${gray(name.padEnd(width))}  ${text}`).join('\n');
}

function evaluationLines({ evaluation }: Plan): readonly string[] {
  const { filesRead, commandsRun, variablesRead } = evaluation;
  const lines: Lines = [
    ...filesRead.map((file) => ['read', file] as const),
    ...commandsRun.map((argv) => ['ran', commandText({ argv }).replaceAll('\n', '\n            ')] as const),
    ...variablesRead.map((name) => ['asked for', `$${name}`] as const),
  ];
  return lines.length === 0 ? [] : [block(lines, 2)];
}

function notes({ warnings, cluster }: Plan): readonly string[] {
  const refusal = cluster.refusal === null ? [] : [`up and ci would refuse to deploy: ${cluster.refusal}`];
  return [...refusal, ...warnings].map((note) => yellow(note));
}

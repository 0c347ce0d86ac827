import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

// Who may import whom (types count too). A rule names a folder or a file; the most specific one that fits a file speaks for it.
// Files of the same rule may always import each other. Effects and clients speak in the words of the ports and of what events carry. ARCHITECTURE.md draws the same picture.
const VOCABULARY = [
  'engine/ports.ts',
  ...[
    'built-image',
    'cluster-info',
    'deployed',
    'failure',
    'live',
    'log-archive',
    'log-line',
    'pod-report',
    'step',
    'workload',
  ].map((word) => `state/${word}.ts`),
].map((file) => `runtime/${file}`);
const RULES: readonly (readonly [scope: string, mayImport: readonly string[]])[] = [
  ['interpreter', []],
  ['stdlib/model', []],
  ['stdlib', ['stdlib/model', 'interpreter']],
  ['runtime/state', ['stdlib/model']],
  ['runtime/engine', ['runtime/state', 'stdlib/model']],
  ['runtime/clients', [...VOCABULARY, 'stdlib/model']],
  ...['images', 'deploy', 'compose', 'local', 'sync', 'network', 'live-update', 'clusters', 'disk'].map(
    (effect) => [`runtime/${effect}`, [...VOCABULARY, 'runtime/clients', 'stdlib/model']] as const,
  ),
  ['runtime/load', ['interpreter', 'stdlib', 'runtime/clients/process']],
  [
    'runtime/report',
    ['runtime/state', 'runtime/engine', 'stdlib/model', 'interpreter/failure.ts', 'interpreter/position.ts'],
  ],
  // What runs in the page of a report is bundled with what the page in the browser makes of a line: a log reads the same in both.
  ['runtime/report/html/page.js', ['ansi', 'line-filter'].map((file) => `runtime/web/${file}.ts`)],
  ['runtime/web', ['runtime/server/wire.ts']],
  [
    'runtime/server',
    [
      'runtime/state',
      ...['session', 'schedule', 'hold', 'hold-text', 'cause-text', 'duration'].map(
        (file) => `runtime/engine/${file}.ts`,
      ),
      'stdlib/model',
    ],
  ],
  ['runtime/scaffold', []],
  ['runtime/cli', ['runtime', 'stdlib', 'interpreter']],
];

const ROOMS = ['interpreter', 'stdlib', 'runtime'];
const root = path.resolve(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|js)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

/** The project's own files that a file imports, statically or dynamically. */
function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const specifiers = text.matchAll(
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
  );
  return [...specifiers]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.posix.join(path.posix.dirname(file), specifier));
}

const isIn = (scope: string, file: string): boolean => file === scope || file.startsWith(`${scope}/`);
const ruleOf = (file: string) =>
  RULES.filter(([scope]) => isIn(scope, file)).sort((a, b) => b[0].length - a[0].length)[0];

const files = ROOMS.flatMap(sources);
const graph = new Map(files.map((file) => [file, imports(file)]));

test('every source file belongs to a room of the architecture', () => {
  assert.ok(files.length > 0);
  assert.deepEqual(
    files.filter((file) => ruleOf(file) === undefined),
    [],
  );
});

test('files import only what their room may import', () => {
  const broken = files.flatMap((file) => {
    const rule = ruleOf(file);
    if (rule === undefined) return [];
    const [own, allowed] = rule;
    return (graph.get(file) ?? [])
      .filter((target) => ruleOf(target)?.[0] !== own && !allowed.some((scope) => isIn(scope, target)))
      .map((target) => `${file} imports ${target}`);
  });
  assert.deepEqual(broken, []);
});

test('nobody imports the command line', () => {
  const broken = files.filter(
    (file) => !isIn('runtime/cli', file) && graph.get(file)?.some((target) => isIn('runtime/cli', target)),
  );
  assert.deepEqual(broken, []);
});

test('files do not import each other in a loop', () => {
  const done = new Set<string>();
  const loops: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      loops.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  assert.deepEqual(loops, []);
});

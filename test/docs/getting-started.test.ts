import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { pipelineMachine } from '../support/pipeline-machine.ts';
import { makeProject, ownPlaces } from '../support/program.ts';
import { skipWithout } from '../support/testbed.ts';

const PAGE = path.resolve(import.meta.dirname, '../../docs/getting-started.md');

interface Block {
  readonly language: string;
  /** The file that it is, if it is one. */
  readonly file: string;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language = '', file = '', text = '']) => ({
    language,
    file,
    text,
  }));
}

/** What a person does who follows the page, as a script. */
function scriptOf(blocks: readonly Block[]): string {
  return blocks
    .map(({ language, file, text }) => {
      if (file !== '') return `cat > ${file} <<'END_OF_FILE'\n${text}END_OF_FILE\n`;
      const lines = text.trimEnd().split('\n');
      switch (language) {
        case 'log':
          return lines.map((line) => `wait_for '${line}'\n`).join('');
        case 'output':
          return lines.map((line) => `printed '${line}'\n`).join('');
        default:
          return text === 'tilt-ts up\n' ? START : `${stops(text) ? STOP : ''}{\n${text}} > "$OUT"\ncat "$OUT"\n`;
      }
    })
    .join('');
}

const START = 'tilt-ts up > "$LOG" 2>&1 &\nUP=$!\n';
/** Ctrl-C, as the page says before it goes on. */
const STOP = 'kill -INT $UP\nwait $UP || test $? = 130\nUP=\n';
const stops = (text: string): boolean => text === 'tilt-ts ci\n';

const HEAD = `set -euo pipefail
OUT=$PWD/out LOG=$PWD/log UP=
trap 'test -z "$UP" || kill $UP' EXIT
wait_for() {
  for _ in $(seq 600); do if grep -qF -- "$1" "$LOG"; then return; fi; sleep 0.1; done
  echo "not in the log: $1" >&2; cat "$LOG" >&2; exit 1
}
printed() { grep -qF -- "$1" "$OUT" || { echo "not printed: $1" >&2; cat "$OUT" "$LOG" >&2; exit 1; }; }
`;

test('the page names each of its files, and shows what it says', () => {
  const blocks = blocksOf(readFileSync(PAGE, 'utf8'));
  assert.deepEqual(
    blocks.flatMap(({ file }) => (file === '' ? [] : [file])),
    ['www/index.html', 'Dockerfile', 'kubernetes.yaml', 'Tiltfile.ts'],
  );
  const known = new Set(['sh', 'log', 'output']);
  assert.deepEqual(
    blocks.filter(({ language, file }) => file === '' && !known.has(language)),
    [],
  );
  assert.equal(blocks.filter(({ text }) => text === 'tilt-ts up\n').length, 1);
});

test('whoever follows the page has a service that is updated live, and leaves nothing behind', {
  skip: skipWithout('docker', 'busybox', 'cluster', 'kubectl'),
}, async (t) => {
  const machine = pipelineMachine(t, {
    hasKind: true,
    env: { ...ownPlaces(), TILT_PORT: String(await freePort()) },
  });
  t.after(() => {
    const images = execFileSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' });
    const built = images.split('\n').filter((name) => /getting-started[/_]hello/.test(name));
    if (built.length > 0) execFileSync('docker', ['rmi', ...built], { stdio: 'ignore' });
  });
  const cwd = makeProject(t, {});
  // The stand-in for kind makes namespaces of clusters, and others may follow the page at the same time.
  const cluster = `getting-started-${process.pid}`;
  const page = readFileSync(PAGE, 'utf8').replaceAll('kind:getting-started', `kind:${cluster}`);
  t.after(() => execFileSync('kubectl', ['delete', 'namespace', cluster, '--ignore-not-found', '--wait=false']));
  const script = HEAD + scriptOf(blocksOf(page));
  const { code, output } = await machine.run({ shell: ['bash', '-c'], script }, cwd);
  assert.equal(code, 0, output);
  assert.deepEqual(machine.clusters(), []);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

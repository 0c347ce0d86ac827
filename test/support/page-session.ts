import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { makeProject, type RunningProgram, startProgram } from './program.ts';

/** A small session with a resource of each kind that a page has to show. `ready` lets the database become ready, `go` ends what is slow. */
export const TILTFILE = `
const until = (file: string) => \`until test -e \${file}; do sleep 0.1; done\`;
local_resource('db', {
  serve_cmd: 'echo listening; sleep 1000',
  readiness_probe: probe({ exec: exec_action(['sh', '-c', 'test -e ready || { echo connection refused; exit 1; }']), period_secs: 1 }),
  labels: ['data'],
});
local_resource('api', 'echo built', { resource_deps: ['db'], labels: ['backend'], allow_parallel: true });
local_resource('web', 'printf "compiling\\\\n\\\\033[31mred\\\\033[0m \\\\033[38;5;208morange\\\\033[0m <b>not bold</b>\\\\n"; cat words.txt', {
  serve_cmd: 'echo serving; sleep 1000',
  links: ['http://localhost:8080/', link('http://localhost:8080/admin', 'admin')],
  labels: ['frontend'],
  deps: ['words.txt'],
  allow_parallel: true,
});
local_resource('broken', 'echo compiling main.c; echo "main.c:3: error: expected ;" >&2; exit 2', { labels: ['backend'], allow_parallel: true });
local_resource('slow', 'echo working; ' + until('go'), { labels: ['data'], allow_parallel: true });
local_resource('lint', 'echo lint is fine', { auto_init: false, trigger_mode: TRIGGER_MODE_MANUAL, allow_parallel: true });
local_resource('many', 'seq -f "line %.0f" 1 3000', { allow_parallel: true });
v1alpha1.ui_button('seed', {
  text: 'Seed',
  location: { component_type: 'Resource', component_id: 'db' },
  inputs: [
    { name: 'TABLE', label: 'Table', text: { default_value: 'users' } },
    { name: 'FAST', label: 'Fast', bool: { true_string: 'yes', false_string: 'no', default_value: false } },
    { name: 'SIZE', label: 'Size', choice: { choices: ['small', 'large'] } },
  ],
});
v1alpha1.cmd('seed', { annotations: { 'tilt.dev/resource': 'db' }, args: ['sh', '-c', 'echo "seeds $TABLE fast=$FAST $SIZE"'], start_on: { ui_buttons: ['seed'] } });
v1alpha1.ui_button('wipe', { text: 'Wipe', requires_confirmation: true, location: { component_type: 'Global', component_id: 'nav' } });
v1alpha1.cmd('wipe', { args: ['sh', '-c', 'echo "all is wiped"'], start_on: { ui_buttons: ['wipe'] } });
config.define_string_list('words', { args: true });
print('arguments: ' + JSON.stringify(config.parse()));
`;

export interface PageSession {
  readonly program: RunningProgram;
  readonly folder: string;
  /** `http://localhost:12345`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  write(file: string, text: string): void;
}

/** A running session; ended with the test. */
export async function startSession(
  test: TestContext,
  options: { readonly tiltfile?: string; readonly folder?: string; readonly args?: readonly string[] } = {},
): Promise<PageSession> {
  const { tiltfile = TILTFILE, args = [] } = options;
  const folder = options.folder ?? makeProject(test, { 'Tiltfile.ts': tiltfile, 'words.txt': 'some words\n' });
  const program = startProgram(test, ['up', ...args], { cwd: folder });
  const [, url = '', port = ''] = await program.waitFor(/Listens on (http:\/\/localhost:(\d+))\//);
  return {
    program,
    folder,
    url,
    port: Number(port),
    write: (file, text) => writeFileSync(path.join(folder, file), text),
  };
}

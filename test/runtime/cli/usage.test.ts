import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

const CASES: readonly (readonly [string, number, RegExp])[] = [
  ['help', 0, /^Usage: tilt-ts \[options\] \[command\]/],
  ['help ci', 0, /^Usage: tilt-ts ci .*--timeout/s],
  ['ci --help', 0, /^Usage: tilt-ts ci .*--timeout/s],
  ['version', 0, /^tilt-ts \d+\.\d+\.\d+/],
  ['', 2, /Commands:/],
  ['upp', 2, /unknown command 'upp'\n\(Did you mean up\?\)\n.*--help/],
  ['ci --timeuot 3s', 2, /unknown option '--timeuot'\n\(Did you mean --timeout\?\)\n.*--help/],
  ['ci --timeout soon', 2, /'soon' is invalid.*90s/],
  ['verify-install', 0, /^$/],
  ['lsp', 2, /^Error: "tilt lsp" is a command of Tilt that tilt-ts does not have\. .*init --types/],
  ['analytics opt out', 0, /^tilt-ts counts nothing and sends nothing/],
  ['get uiresource --port 1', 4, /^Error: No tilt-ts found that listens on localhost:1 .*\n.*tilt-ts up/],
  ['trigger web --port 1', 4, /^Error: No tilt-ts found that listens on localhost:1 .*\n.*tilt-ts up/],
  ['get web -o xml', 2, /^Error: Cannot print objects as "xml"/],
  ['alpha updog', 2, /required option '-f, --filename <file\.\.\.>' not specified/],
  ['alpha shell', 2, /^Error: "tilt alpha shell" is a command of Tilt that tilt-ts does not have\./],
  ['create cmd', 2, /missing required argument 'name'/],
  ['--as-tilt version', 0, /^v\d+\.\d+\.\d+, built \d{4}-\d\d-\d\d, as tilt-ts \d+\.\d+\.\d+\n$/],
  ['version extra', 2, /too many arguments/],
];
for (const [line, code, says] of CASES) {
  test(`tilt-ts ${line}`, async (t) => {
    const args = line === '' ? [] : line.split(' ');
    const run = await runProgram(t, args, { cwd: makeProject(t, {}) });
    assert.match(run.stdout + run.stderr, says);
    assert.equal(run.code, code);
    assert.equal(code === 0 ? run.stderr : run.stdout, '');
  });
}

test('down of what deploys nothing says so', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'true');" });
  const run = await runProgram(t, ['down'], { cwd });
  assert.match(run.stdout, /Nothing to delete: the Tiltfile describes no Kubernetes objects and no Compose services\./);
  assert.equal(run.code, 0, run.stderr);
});

import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';

// `tilt` as Tiltfiles, resources and controllers of extensions call it, each in a few lines of its own.

function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const cwd = makeProject(t, files);
  for (const name of Object.keys(files)) if (name.endsWith('.sh')) chmodSync(path.join(cwd, name), 0o755);
  return cwd;
}

const OBJECTS = `#!/bin/sh
cat <<EOF | tilt apply -f -
apiVersion: tilt.dev/v1alpha1
kind: ConfigMap
metadata:
  name: $1
data:
  word: "hello"
---
apiVersion: tilt.dev/v1alpha1
kind: UIButton
metadata:
  name: $1:button
spec:
  text: Press
  location: {componentType: resource, componentID: web}
EOF
`;

/** While it is evaluated a Tiltfile makes objects, and reads what there is of the session. */
const TILTFILE = `
local('./objects.sh early')
word = str(local("tilt get configmap -o jsonpath='{.data.word}' -- early", quiet=True))
known = decode_json(local('tilt get uiresources -o json', quiet=True))
print('word %s, %s' % (word, [item['metadata']['name'] for item in known['items']]))
print(local('tilt get configmap --ignore-not-found -o name -- nowhere; echo "code $?"', quiet=True))
local_resource('web', serve_cmd='echo serves; sleep 1000')
local_resource('by-hand', 'echo triggered by hand', auto_init=False, allow_parallel=True)
local_resource('script', './script.sh', resource_deps=['web'], allow_parallel=True)
`;

const SCRIPT = `#!/bin/sh
set -eu
tilt wait --for=condition=Ready uiresource/web --timeout 20s
tilt describe uiresource web | grep Name:
tilt trigger by-hand
tilt wait --for=jsonpath='{.status.updateStatus}'=ok uiresource/by-hand
tilt logs by-hand --tail 1
./objects.sh late
tilt patch configmap -p '{"data":{"word":"patched"}}' -- late
tilt get cm late -o=jsonpath='{.data.word}{"\\n"}'
tilt delete uibutton --ignore-not-found -- late:button nowhere
tilt create cmd run-it echo created by a script
tilt wait --for=jsonpath='{.status.terminated.exitCode}'=0 cmd/run-it
tilt get uiresource -l nothing=here
tilt disable by-hand && tilt enable by-hand
tilt get uiresource by-hand -o jsonpath='{.status.disableStatus.state}{"\\n"}'
echo all done
`;

const FILES = { Tiltfile: TILTFILE, 'script.sh': SCRIPT, 'objects.sh': OBJECTS };
const SAYS = [
  /configmap\.tilt\.dev\/early created\nuibutton\.tilt\.dev\/early:button created\n/,
  /word hello, \["\(Tiltfile\)"\]\n.*\ncode 0\n/,
  /script │ uiresource\.tilt\.dev\/web condition met\n/,
  /script │ Name: +web\n/,
  /script │ Successfully triggered update for resource: "by-hand"\n/,
  /script │ triggered by hand\n/,
  /script │ configmap\.tilt\.dev\/late patched\n {7}script │ patched\n/,
  /script │ uibutton\.tilt\.dev "late:button" deleted\n/,
  /script │ cmd\.tilt\.dev\/run-it created\n/,
  /script │ Enabled\n/,
  /script │ all done\n/,
];

test('scripts of a Tiltfile and of its resources speak to their session: ci', async (t) => {
  const run = await runProgram(t, ['ci'], { cwd: project(t, FILES) });
  assert.equal(run.code, 0, run.stdout + run.stderr);
  for (const pattern of SAYS) assert.match(run.stdout, pattern);
});

test('scripts of a Tiltfile and of its resources speak to their session: up, with other arguments too', async (t) => {
  const cwd = project(t, {
    ...FILES,
    Tiltfile: `config.define_bool('again')\nprint('again: %s' % config.parse().get('again'))\n${TILTFILE}
local_resource('args', 'tilt args -- --again', resource_deps=['script'])`,
  });
  const program = startProgram(t, ['up', '--stream'], { cwd });
  await program.waitFor(/again: True/);
  for (const pattern of SAYS) assert.match(program.output(), pattern);
});

/** It follows commands, and gives each of a resource a button that ends it. */
const CONTROLLER = `#!/bin/bash
set -euo pipefail
tilt get cmd --watch -o name | while read -r full; do ./reconcile.sh "\${full#cmd.tilt.dev/}"; done
`;
const RECONCILE = `#!/bin/bash
set -euo pipefail
cmd=$(tilt get cmd -o jsonpath='{.metadata.annotations.tilt\\.dev/resource} {.metadata.ownerReferences[0].kind}' --ignore-not-found -- "$1")
[[ "$cmd" == "long Tiltfile" ]] || { echo "passes over $1"; exit 0; }
cat <<EOF | tilt apply -f -
apiVersion: tilt.dev/v1alpha1
kind: UIButton
metadata: {name: "$1:end"}
spec:
  text: End
  location: {componentType: resource, componentID: long}
---
apiVersion: tilt.dev/v1alpha1
kind: Cmd
metadata:
  name: "$1:end"
  annotations: {"tilt.dev/resource": long, "tilt.dev/log-span-id": "$1:end"}
spec:
  args: ["./end.sh", "$1"]
  dir: "$PWD"
  startOn: {uiButtons: ["$1:end"]}
EOF
`;
const END = `#!/bin/bash
set -euo pipefail
PID=$(tilt get cmd -o "jsonpath={.status.running.pid}" -- "$1")
kill "$PID"
echo "ended $1"
`;

test('a controller in a script makes buttons for commands, which end them', async (t) => {
  const cwd = project(t, {
    Tiltfile: `local_resource('controller', serve_cmd='./controller.sh')
local_resource('long', 'echo begins; sleep 1000', allow_parallel=True)`,
    'controller.sh': CONTROLLER,
    'reconcile.sh': RECONCILE,
    'end.sh': END,
  });
  const program = startProgram(t, ['up', '--port', '0', '--stream'], { cwd });
  const [, port = ''] = await program.waitFor(/Listens on http:\/\/localhost:(\d+)\//);
  await program.waitFor(/uibutton\.tilt\.dev\/long:update:end created\n.*cmd\.tilt\.dev\/long:update:end created\n/);
  await program.waitFor(/passes over controller-serve-1\n/);
  await program.waitFor(/long │ begins/);
  const status = JSON.stringify({ status: { lastClickedAt: new Date().toISOString() } });
  const click = `curl -fsS -X PATCH -H 'Content-Type: application/merge-patch+json' -H "X-Tilt-Token: $(cat "$TILT_DEV_DIR/token")" -d '${status}' http://localhost:${port}/proxy/apis/tilt.dev/v1alpha1/uibuttons/long:update:end/status`;
  const pressed = await runProgram(t, ['-c', click], { cwd, command: ['/bin/sh'] });
  assert.equal(pressed.code, 0, pressed.stderr);
  await program.waitFor(/long │ ended long:update\n/);
  await program.waitFor(/long │ ERROR: Build Failed: .*ended by signal SIGTERM/);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { lookAround } from '../../../runtime/scaffold/look-around.ts';
import { tiltfileText } from '../../../runtime/scaffold/tiltfile-text.ts';
import { makeProject } from '../../support/program.ts';

const HEAD = `/// the types

// What this project runs. Try it: "tilt-ts plan" shows what it comes to, "tilt-ts ci" brings it up once and checks that it
// works, "tilt-ts up" keeps it up to date while you edit.
`;

/** What follows the head of the Tiltfile for a folder with these files. */
function proposed(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  has: (name: string) => boolean = () => true,
) {
  const findings = lookAround(makeProject(t, files));
  const text = tiltfileText({ ...findings, name: 'shop' }, { language: 'ts', reference: '/// the types', has });
  assert.ok(text.startsWith(HEAD), text);
  return text.slice(HEAD.length);
}

function deployment(name: string, image: string, ports: readonly number[] = [], kind = 'Deployment'): string {
  const given = ports.map((port) => `{ containerPort: ${port} }`).join(', ');
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  template:
    spec:
      containers:
        - { name: main, image: "${image}", ports: [${given}] }
`;
}

const COMMANDS = `
// Commands and servers on this machine:
//   local_resource('api', 'npm run build', { serve_cmd: 'npm start', deps: ['src'] });
`;
const OBJECTS = `
// Kubernetes objects. Local clusters (kind, minikube, k3d, Docker Desktop, …) are used without further words; others have to be
// allowed: allow_k8s_contexts('staging');
`;

test('images, the objects that run them, and ports that do not get into each other\u2019s way', (t) => {
  const text = proposed(t, {
    'web/Dockerfile': '',
    'services/api/Dockerfile': '',
    'worker.Dockerfile': '',
    'tools/Dockerfile': '',
    'k8s/web.yaml': `${deployment('web', 'registry.example.com:5000/shop/web:1.2', [80, 443])}---\n${deployment('api', 'shop/api@sha256:12', [8080])}`,
    'k8s/worker.yaml': deployment('nightly', 'shop/worker').replace('Deployment', 'CronJob'),
    'k8s/db.yml': deployment('db', 'postgres:17', [5432], 'StatefulSet'),
    'k8s/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: {}\n',
    'k8s/values.yaml': 'replicas: 1\n',
    'k8s/template.yaml': 'apiVersion: v1\nkind: {{ .Kind }}\n',
    'k8s/broken.yaml': 'apiVersion: v1\nkind: [\n',
    'node_modules/x/Dockerfile': '',
    '.hidden/Dockerfile': '',
  });
  assert.equal(
    text,
    `
// Images. They are built when an object below runs them, and again when their files change.
docker_build('shop/worker', '.', { dockerfile: 'worker.Dockerfile' });
docker_build('registry.example.com:5000/shop/web', './web');
docker_build('shop/api', './services/api');

// No Kubernetes object that was found runs what these build: name the image as your objects do.
//   docker_build('tools', './tools');
${OBJECTS}k8s_yaml([
  'k8s/config.yaml',
  'k8s/db.yml',
  'k8s/web.yaml',
  'k8s/worker.yaml',
]);

// Ports of this machine that lead to their pods.
k8s_resource('db', { port_forwards: 5432 });
k8s_resource('web', { port_forwards: ['8080:80', '8443:443'] });
k8s_resource('api', { port_forwards: '8081:8080' });
${COMMANDS}`,
  );
});

test('the only Dockerfile builds the only image that may be the project\u2019s own', (t) => {
  const text = proposed(t, {
    Dockerfile: '',
    'app.yaml': `${deployment('app', 'example/other')}---\n${deployment('db', 'postgres')}`,
  });
  assert.match(text, /^docker_build\('example\/other', '\.'\);\n/m);
  assert.match(text, /^k8s_yaml\('app\.yaml'\);\n/m);
});

test('a Dockerfile that nothing runs is named after the project, in comments', (t) => {
  const text = proposed(t, { Dockerfile: '' });
  assert.equal(
    text,
    `
// Images. No Kubernetes object that was found runs what these build: name the image as your objects do.
//   docker_build('shop', '.');

// Nothing here starts by itself yet, so this is a command that greets.
local_resource('hello', 'echo Hello from tilt-ts');
${COMMANDS}`,
  );
});

test('objects that two files declare are taken once', (t) => {
  const text = proposed(t, {
    'dev/web.yaml': deployment('web', 'nginx', [80]),
    'prod/web.yaml': deployment('web', 'nginx', [80]),
  });
  assert.equal(
    text,
    `${OBJECTS}k8s_yaml('dev/web.yaml');
// These declare objects that one of the files above declares:
//   k8s_yaml('prod/web.yaml');

// Ports of this machine that lead to their pods.
k8s_resource('web', { port_forwards: '8080:80' });
${COMMANDS}`,
  );
});

test('kustomizations and charts hold their own files', (t) => {
  const text = proposed(t, {
    'deploy/base/kustomization.yaml': 'resources: [web.yaml]',
    'deploy/base/web.yaml': deployment('web', 'nginx'),
    'deploy/dev/kustomization.yaml': 'resources: [../base]',
    'chart/Chart.yaml': 'apiVersion: v2\nname: x',
    'chart/templates/web.yaml': deployment('web', 'nginx'),
  });
  assert.equal(text, `${OBJECTS}k8s_yaml(kustomize('deploy/dev'));\nk8s_yaml(helm('chart'));\n${COMMANDS}`);
});

test('Compose runs what it builds; beside Kubernetes objects it is a choice', (t) => {
  const compose = { 'compose.yaml': 'services: {}', Dockerfile: '' };
  assert.equal(proposed(t, compose), `\n// Services of Docker Compose.\ndocker_compose('compose.yaml');\n${COMMANDS}`);
  const both = proposed(t, { ...compose, 'web.yaml': deployment('web', 'a/b') });
  assert.match(both, /this is your choice:\n\/\/ {3}docker_compose\('compose\.yaml'\);\n/);
});

test('what a version has not is proposed in comments', (t) => {
  const files = { 'compose.yaml': '', 'x/kustomization.yaml': '', 'y/Chart.yaml': '' };
  const text = proposed(t, files, () => false);
  for (const name of ['docker_compose', 'kustomize', 'helm']) assert.match(text, new RegExp(`^// .*${name}\\(`, 'm'));
  assert.match(text, /^local_resource\('hello'/m);
});

test('scripts of package.json run by the package manager of the project', (t) => {
  const scripts = JSON.stringify({
    scripts: { build: 'tsc', dev: 'vite', start: 'node .', test: 'node --test', x: 1 },
  });
  const text = proposed(t, { 'package.json': scripts, 'pnpm-lock.yaml': '', 'src/index.ts': '' });
  assert.equal(
    text,
    `
// Scripts of package.json.
// The server counts as ready when it has run for a moment. Better is to ask it:
//   readiness_probe: probe({ http_get: http_get_action(3000, { path: '/' }) })
local_resource('build', 'pnpm run build', { deps: ['src', 'package.json'] });
local_resource('server', { serve_cmd: 'pnpm run dev', resource_deps: ['build'] });
local_resource('test', 'pnpm run test', { deps: ['src', 'package.json'] });
`,
  );
  const inContainers = proposed(t, { 'package.json': scripts, 'web.yaml': deployment('web', 'a/b') });
  assert.match(inContainers, /\/\/ Scripts of package\.json\.\n\/\/ {3}local_resource\('build', 'npm run build'/);
});

test('a folder without anything, and a package.json that is none, get a command that greets', (t) => {
  for (const files of [
    {},
    { 'package.json': '{' },
    { 'package.json': 'null' },
    { 'package.json': '{"scripts":["x"]}' },
  ]) {
    assert.match(proposed(t, files), /^local_resource\('hello', 'echo Hello from tilt-ts'\);$/m);
  }
});

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from './program.ts';

/** One project, in both languages. */
export interface Project {
  /** The JavaScript Tiltfile's name: TypeScript has to be stripped, JavaScript has not. */
  readonly javascriptFile: 'Tiltfile.js' | 'Tiltfile.ts';
  readonly javascript: string;
  readonly starlark: string;
  /** A folder whose files, but not its folders, belong to the project too. */
  readonly files?: string;
  /** Further files by their paths in the project. */
  readonly texts?: ReadonlyMap<string, string>;
  /** What to replace in those files and in the Tiltfiles, such as ports that may be taken. */
  readonly replace?: ReadonlyMap<string, string>;
}

/** Writes the project into `folder`, anew, and answers the Tiltfile's path. */
export function writeProject(project: Project, language: Language, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const replaced = (text: string): string =>
    [...(project.replace ?? [])].reduce((before, [from, to]) => before.replaceAll(from, to), text);
  if (project.files !== undefined) {
    for (const entry of readdirSync(project.files, { withFileTypes: true })) {
      if (!entry.isFile() || /^(Tiltfile|\.)/.test(entry.name)) continue;
      const source = path.join(project.files, entry.name);
      writeFileSync(path.join(folder, entry.name), replaced(readFileSync(source, 'utf8')));
    }
  }
  for (const [name, text] of project.texts ?? []) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const { name, text } = tiltfileText(project, language);
  const tiltfile = path.join(folder, name);
  writeFileSync(tiltfile, replaced(text));
  return tiltfile;
}

/** The project's Tiltfile in a language, and the name that it has then. */
export function tiltfileText(project: Project, language: Language): { readonly name: string; readonly text: string } {
  return language === 'starlark'
    ? { name: 'Tiltfile', text: project.starlark }
    : { name: project.javascriptFile, text: project.javascript };
}

/** samples/hello, on two free ports. */
export function hello(sample: string, ports: readonly [number, number]): Project {
  return {
    javascriptFile: 'Tiltfile.ts',
    javascript: readFileSync(path.join(sample, 'Tiltfile.ts'), 'utf8'),
    starlark: `node = 'node'

local_resource('build', [node, 'build.mjs'],
  deps=['build.mjs', 'greeting.txt'],
  labels=['build'],
)

for name, port in [('english', 18471), ('french', 18472)]:
  local_resource(name,
    serve_cmd=[node, 'server.mjs', name, str(port)],
    deps=['server.mjs'],
    resource_deps=['build'],
    readiness_probe=probe(period_secs=1, http_get=http_get_action(port, path='/ready')),
    links=[link('http://localhost:%d/' % port, 'greeting')],
    labels=['servers'],
  )

local_resource('check', [node, 'check.mjs', '18471', '18472'],
  resource_deps=['english', 'french'],
  labels=['tests'],
)
`,
    files: sample,
    replace: new Map([
      ['18471', String(ports[0])],
      ['18472', String(ports[1])],
    ]),
  };
}

/** `count` local resources, each an echo. */
export function echoes(count: number): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `for (let n = 0; n < ${count}; n += 1) local_resource(\`r\${n}\`, \`echo \${n}\`);\n`,
    starlark: `for n in range(${count}):\n  local_resource('r%d' % n, 'echo %d' % n)\n`,
  };
}

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  labels:
    app: NAME
spec:
  replicas: 1
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
        - name: web
          image: example/web:1
          args: [serve, --port=8000]
          env:
            - name: WHO
              value: NAME
          ports:
            - containerPort: 8000
          readinessProbe:
            httpGet:
              path: /ready
              port: 8000
`;

/** `count` Kubernetes Deployments in one blob of YAML. */
export function deployments(count: number): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `const one = \`${MANIFEST}\`;
const all = Array.from({ length: ${count} }, (_, n) => one.replaceAll('NAME', \`d\${n}\`));
k8s_yaml(blob(all.join('---\\n')));
`,
    starlark: `one = '''${MANIFEST}'''
all = [one.replace('NAME', 'd%d' % n) for n in range(${count})]
k8s_yaml(blob('---\\n'.join(all)))
`,
  };
}

/** `count` Kubernetes Deployments, each given by a call of its own. */
export function deploymentCalls(count: number): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `const one = \`${MANIFEST}\`;
for (let n = 0; n < ${count}; n += 1) k8s_yaml(blob(one.replaceAll('NAME', \`d\${n}\`)));
`,
    starlark: `one = '''${MANIFEST}'''
for n in range(${count}):
  k8s_yaml(blob(one.replace('NAME', 'd%d' % n)))
`,
  };
}

/** `count` images with a Dockerfile each, and a Deployment that runs each of them. */
export function dockerBuilds(count: number): Project {
  const manifest = MANIFEST.replace('example/web:1', 'example/NAME');
  const dockerfile = 'FROM busybox AS build\nRUN mkdir /out && echo hello > /out/index.html\n';
  const folders = Array.from({ length: count }, (_, n) => `services/d${n}`);
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `const one = \`${manifest}\`;
for (let n = 0; n < ${count}; n += 1) {
  docker_build(\`example/d\${n}\`, \`services/d\${n}\`);
  k8s_yaml(blob(one.replaceAll('NAME', \`d\${n}\`)));
}
`,
    starlark: `one = '''${manifest}'''
for n in range(${count}):
  docker_build('example/d%d' % n, 'services/d%d' % n)
  k8s_yaml(blob(one.replace('NAME', 'd%d' % n)))
`,
    texts: new Map(
      folders.map((folder) => [
        `${folder}/Dockerfile`,
        `${dockerfile}FROM busybox\nCOPY --from=build /out /www\nCMD ["httpd", "-f", "-h", "/www"]\n`,
      ]),
    ),
  };
}

/** A thousand resources that do not start by themselves, and one more that appends the time to `stamps`; `round` stands in its line. */
export function manyAndStamped(count: number, round: number): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `for (let n = 0; n < ${count}; n += 1) local_resource(\`r\${n}\`, \`echo \${n}\`, { auto_init: false });
local_resource('stamp', 'date +%s%N >> stamps # ${round}');
`,
    starlark: `for n in range(${count}):
  local_resource('r%d' % n, 'echo %d' % n, auto_init=False)
local_resource('stamp', 'date +%s%N >> stamps # ${round}')
`,
  };
}

/** One resource that appends the time at which its command starts to `stamps`, whenever `watched.txt` changes. */
export function stamped(): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `local_resource('stamp', 'date +%s%N >> stamps', { deps: ['watched.txt'] });\n`,
    starlark: `local_resource('stamp', 'date +%s%N >> stamps', deps=['watched.txt'])\n`,
  };
}

/** As many resources that append the time at which their commands start to `stamps`; each has a file to watch, which is not there. */
export function manyStamped(count: number): Project {
  return {
    javascriptFile: 'Tiltfile.js',
    javascript: `for (let n = 0; n < ${count}; n += 1) local_resource(\`r\${n}\`, 'date +%s%N >> stamps', { deps: [\`watched-\${n}.txt\`] });\n`,
    starlark: `for n in range(${count}):\n  local_resource('r%d' % n, 'date +%s%N >> stamps', deps=['watched-%d.txt' % n])\n`,
  };
}

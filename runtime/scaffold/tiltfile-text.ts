import path from 'node:path';
import type { Findings, Manifest, Workload } from './findings.ts';
import { matchImages, type ProposedImage } from './match-images.ts';

export interface TiltfileStyle {
  readonly language: 'ts' | 'js';
  /** What leads editors to the types, such as `/// <reference types="tilt-ts" />`. */
  readonly reference: string;
  /** Whether this version has a builtin; what it has not is proposed in comments. */
  readonly has: (builtin: string) => boolean;
}

/** A Tiltfile for what was found: it works as it stands, and says in comments what else could be said. */
export function tiltfileText(findings: Findings, style: TiltfileStyle): string {
  const containers = [
    ...imageLines(findings, style),
    ...kubernetesLines(findings, style),
    ...composeLines(findings, style),
  ];
  const commands = scriptLines(findings, containers.some(isCode));
  const body = [...containers, ...commands];
  const parts = [
    ...(style.language === 'js' ? ['// @ts-check'] : []),
    style.reference,
    '',
    '// What this project runs. Try it: "tilt-ts plan" shows what it comes to, "tilt-ts ci" brings it up once and checks that it',
    '// works, "tilt-ts up" keeps it up to date while you edit.',
    ...body,
    ...(body.some(isCode) ? [] : HELLO),
    ...(containers.length > 0 || commands.length > 0 ? [] : CONTAINERS),
    ...(commands.length > 0
      ? []
      : [
          '',
          '// Commands and servers on this machine:',
          "//   local_resource('api', 'npm run build', { serve_cmd: 'npm start', deps: ['src'] });",
        ]),
  ];
  return `${parts.join('\n')}\n`;
}

const HELLO = [
  '',
  '// Nothing here starts by itself yet, so this is a command that greets.',
  "local_resource('hello', 'echo Hello from tilt-ts');",
];
const CONTAINERS = [
  '',
  '// Images, and the Kubernetes objects that run them:',
  "//   docker_build('example/web', './web');",
  "//   k8s_yaml('k8s/web.yaml');",
  "//   k8s_resource('web', { port_forwards: '8080:80' });",
];

function isCode(line: string): boolean {
  return line !== '' && !line.startsWith('//');
}

function imageLines(findings: Findings, { has }: TiltfileStyle): readonly string[] {
  // What Compose runs it also builds.
  if (!hasKubernetes(findings) && findings.composeFiles.length > 0 && has('docker_compose')) return [];
  const images = matchImages(findings);
  const used = images.filter(({ isUsed }) => isUsed);
  const unused = images.filter(({ isUsed }) => !isUsed);
  return [
    ...(used.length === 0
      ? []
      : [
          '',
          '// Images. They are built when an object below runs them, and again when their files change.',
          ...used.map(build),
        ]),
    ...(unused.length === 0
      ? []
      : [
          '',
          `// ${used.length === 0 ? 'Images. No' : 'No'} Kubernetes object that was found runs what these build: name the image as your objects do.`,
          ...unused.map((image) => `//   ${build(image)}`),
        ]),
  ];
}

function build({ ref, dockerfile }: ProposedImage): string {
  const folder = path.posix.dirname(dockerfile);
  const options = path.posix.basename(dockerfile) === 'Dockerfile' ? '' : `, { dockerfile: ${quoted(dockerfile)} }`;
  return `docker_build(${quoted(ref)}, ${quoted(folder === '.' ? '.' : `./${folder}`)}${options});`;
}

function kubernetesLines({ manifests, kustomizations, charts }: Findings, { has }: TiltfileStyle): readonly string[] {
  const { taken, left } = withoutDuplicates(manifests);
  const files = taken.map(({ file }) => quoted(file));
  const [first] = files;
  const lines: string[] = [];
  if (first !== undefined && files.length === 1) lines.push(`k8s_yaml(${first});`);
  if (files.length > 1) lines.push('k8s_yaml([', ...files.map((file) => `  ${file},`), ']);');
  const kustomization = preferred(kustomizations);
  if (kustomization !== undefined) {
    lines.push(proposed(`k8s_yaml(kustomize(${quoted(kustomization)}));`, has('kustomize')));
  }
  const chart = charts[0];
  if (chart !== undefined) lines.push(proposed(`k8s_yaml(helm(${quoted(chart)}));`, has('helm')));
  if (lines.length === 0) return [];
  return [
    '',
    '// Kubernetes objects. Local clusters (kind, minikube, k3d, Docker Desktop, …) are used without further words; others have to be',
    "// allowed: allow_k8s_contexts('staging');",
    ...lines,
    ...(left.length === 0 ? [] : ['// These declare objects that one of the files above declares:']),
    ...left.map(({ file }) => proposed(`k8s_yaml(${quoted(file)});`, false)),
    ...portLines(taken.flatMap(({ workloads }) => workloads)),
  ];
}

/** Of two files that declare the same object, such as for two stages, only the first can be taken. */
function withoutDuplicates(manifests: readonly Manifest[]) {
  const known = new Set<string>();
  const taken: Manifest[] = [];
  const left: Manifest[] = [];
  for (const manifest of manifests) {
    const isNew = manifest.objects.every((object, index, all) => !known.has(object) && all.indexOf(object) === index);
    (isNew ? taken : left).push(manifest);
    if (isNew) for (const object of manifest.objects) known.add(object);
  }
  return { taken, left };
}

/** Of a base and its overlays, what developers use. */
function preferred(folders: readonly string[]): string | undefined {
  return folders.find((folder) => /(^|\/)(dev|development|local)(\/|$)/.test(folder)) ?? folders[0];
}

/** Ports of this machine are those of the containers; those that need rights are moved up, and none is given twice. */
function portLines(workloads: readonly Workload[]): readonly string[] {
  const taken = new Set<number>();
  // Two workloads of one name have longer names as resources.
  const named = workloads.filter(({ name }) => workloads.filter((other) => other.name === name).length === 1);
  const lines = named.flatMap(({ name, ports }) => {
    const forwards = [...new Set(ports)].map((port) => {
      let local = port < 1024 ? port + 8000 : port;
      while (taken.has(local)) local++;
      taken.add(local);
      return local === port ? `${port}` : quoted(`${local}:${port}`);
    });
    if (forwards.length === 0) return [];
    const given = forwards.length === 1 ? forwards[0] : `[${forwards.join(', ')}]`;
    return [`k8s_resource(${quoted(name)}, { port_forwards: ${given} });`];
  });
  return lines.length === 0 ? [] : ['', '// Ports of this machine that lead to their pods.', ...lines];
}

function hasKubernetes({ manifests, kustomizations, charts }: Findings): boolean {
  return manifests.length + kustomizations.length + charts.length > 0;
}

function composeLines(findings: Findings, { has }: TiltfileStyle): readonly string[] {
  const [file] = findings.composeFiles;
  if (file === undefined) return [];
  const isNeeded = !hasKubernetes(findings);
  return [
    '',
    `// Services of Docker Compose.${isNeeded ? '' : ' The objects above may run the same, so this is your choice:'}`,
    proposed(`docker_compose(${quoted(file)});`, isNeeded && has('docker_compose')),
  ];
}

function proposed(line: string, isLive: boolean): string {
  return isLive ? line : `//   ${line}`;
}

/** Scripts of package.json; where containers run the project, they are left to choose from. */
function scriptLines({ scripts, packageManager, sources }: Findings, hasContainers: boolean): readonly string[] {
  const run = (script: string) => quoted(`${packageManager} run ${script}`);
  const deps = sources.length === 0 ? '' : `, { deps: [${sources.map(quoted).join(', ')}] }`;
  const builds = scripts.build === undefined ? [] : [`local_resource('build', ${run('build')}${deps});`];
  const needed = scripts.build === undefined ? '' : ", resource_deps: ['build']";
  const server = ['dev', 'start'].find((name) => scripts[name] !== undefined);
  const servers = server === undefined ? [] : [`local_resource('server', { serve_cmd: ${run(server)}${needed} });`];
  const tests = scripts.test === undefined ? [] : [`local_resource('test', ${run('test')}${deps});`];
  const lines = [...builds, ...servers, ...tests];
  if (lines.length === 0) return [];
  const probe =
    server === undefined
      ? []
      : [
          '// The server counts as ready when it has run for a moment. Better is to ask it:',
          "//   readiness_probe: probe({ http_get: http_get_action(3000, { path: '/' }) })",
        ];
  return [
    '',
    '// Scripts of package.json.',
    ...(hasContainers ? [] : probe),
    ...lines.map((line) => proposed(line, !hasContainers)),
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

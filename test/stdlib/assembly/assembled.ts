import assert from 'node:assert/strict';
import { type Assembled, type AssemblyInput, assemble } from '../../../stdlib/assembly/assemble.ts';
import type { ProjectFiles } from '../../../stdlib/assembly/project-files.ts';
import { noOptions } from '../../../stdlib/compose/compose-services.ts';
import {
  type ComposeServiceDeclaration,
  type Declarations,
  type DockerBuildDeclaration,
  emptyDeclarations,
  type KubernetesResourceDeclaration,
  type LocalResourceDeclaration,
} from '../../../stdlib/declarations.ts';
import { parseObjects } from '../../../stdlib/kubernetes/object-yaml.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { parseImageReference } from '../../../stdlib/model/image-reference.ts';
import type { KubernetesResource } from '../../../stdlib/model/resource.ts';

export function at(line: number) {
  return { file: '/p/Tiltfile.js', line, column: 1 };
}

/** What a Tiltfile in /p would have declared. Positions count the calls. */
export class Tiltfile {
  readonly declarations: Declarations = emptyDeclarations();
  #line = 0;

  yaml(text: string): this {
    const parsed = parseObjects(text);
    assert.ok(parsed.ok);
    const position = at(++this.#line);
    for (const body of parsed.bodies) this.declarations.kubernetesObjects.push({ body, position });
    return this;
  }

  image(ref: string, more: Partial<DockerBuildDeclaration> = {}): this {
    this.declarations.images.push({
      kind: 'docker',
      ref,
      tiltfile: '/p/Tiltfile.js',
      context: '/p/src',
      dockerfile: 'FROM scratch',
      dockerfilePath: '/p/src/Dockerfile',
      buildArgs: {},
      target: '',
      platform: '',
      extraTags: [],
      ignores: [],
      only: [],
      entrypoint: [],
      containerArgs: undefined,
      matchInEnvVars: false,
      liveUpdate: undefined,
      timeoutMs: undefined,
      secrets: [],
      sshAgents: [],
      cacheFrom: [],
      extraHosts: [],
      network: '',
      pull: false,
      position: at(++this.#line),
      ...more,
    });
    return this;
  }

  resource(more: Partial<KubernetesResourceDeclaration>): this {
    this.declarations.kubernetesResources.push({
      workload: '',
      newName: '',
      portForwards: [],
      resourceDeps: [],
      labels: [],
      links: [],
      objects: [],
      autoInit: undefined,
      triggerMode: undefined,
      podReadiness: undefined,
      extraPodSelectors: [],
      discoveryStrategy: '',
      limits: {},
      position: at(++this.#line),
      ...more,
    });
    return this;
  }

  local(name: string, more: Partial<LocalResourceDeclaration> = {}): this {
    this.declarations.localResources.push({
      name,
      update: { argv: ['true'], dir: '/p', env: [] },
      serve: undefined,
      folder: '/p',
      deps: [],
      triggerMode: undefined,
      autoInit: true,
      resourceDeps: [],
      ignores: [],
      allowParallel: false,
      links: [],
      labels: [],
      readinessProbe: undefined,
      limits: {},
      cache: undefined,
      position: at(++this.#line),
      ...more,
    });
    return this;
  }

  /** A service of the project `shop` in /p. */
  service(name: string, more: Partial<ComposeServiceDeclaration> = {}): this {
    const image = parseImageReference(`shop_${name}`);
    assert.ok(image.ok);
    const project = this.declarations.composeProjects.get('shop') ?? {
      project: {
        name: 'shop',
        folder: '/p',
        files: [{ kind: 'path', path: '/p/compose.yml' }],
        envFile: '',
        profiles: [],
        wait: false,
        command: ['docker', 'compose'],
        variables: {},
      },
      services: [],
      options: new Map(),
      position: at(++this.#line),
    };
    this.declarations.composeProjects.set('shop', project);
    const declared: ComposeServiceDeclaration = {
      name,
      service: name,
      image: image.value,
      runs: `shop-${name}`,
      build: undefined,
      mounts: [],
      publishedPorts: [],
      replicas: 1,
      yaml: `image: ${name}\n`,
      dependsOn: new Set(),
      runsToEnd: false,
      options: noOptions(),
      ...more,
    };
    project.services = [...project.services, declared];
    return this;
  }

  assemble(more: Partial<AssemblyInput> = {}): Assembled {
    return assemble({
      declarations: this.declarations,
      mainFile: '/p/Tiltfile.js',
      enabledNames: [],
      files: files({}),
      whyNotDeploy: () => undefined,
      nameWorkloads: undefined,
      ...more,
    });
  }

  graph(more: Partial<AssemblyInput> = {}): Graph {
    const assembled = this.assemble(more);
    assert.ok(assembled.ok, JSON.stringify(assembled));
    return assembled.graph;
  }

  failures(more: Partial<AssemblyInput> = {}): readonly string[] {
    const assembled = this.assemble(more);
    assert.ok(!assembled.ok);
    return assembled.failures.map(({ message }) => message);
  }
}

/** A file system of texts; folders are what lies above them, and /p/src. */
export function files(texts: Readonly<Record<string, string>>): ProjectFiles {
  const paths = [...Object.keys(texts), '/p/src/x'];
  const isFolder = (path: string) => paths.some((one) => one.startsWith(`${path}/`));
  return {
    readOwn: (path) => ({ ok: true, text: texts[path] }),
    readText: (path) => ({ ok: true, text: texts[path] }),
    isFolder,
    exists: (path) => path in texts || isFolder(path),
  };
}

export function pod(name: string, image: string, rest = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: "${image}"${rest}}]}\n`;
}

export function deployment(name: string, image: string, namespace = ''): string {
  const metadata = namespace === '' ? `{name: ${name}}` : `{name: ${name}, namespace: ${namespace}}`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: ${metadata}\nspec: {template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: "${image}"}]}}}\n`;
}

export function plain(kind: string, name: string, rest = ''): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}${rest}}\n`;
}

export function service(name: string, app: string, namespace = ''): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}\nspec: {selector: {app: ${app}}}\n`;
}

export const documents = (...all: string[]) => all.join('---\n');

/** Each resource with its objects: `web: Service/web Deployment/web`. */
export function outline(graph: Graph): readonly string[] {
  return graph.resources.map((resource) =>
    resource.kind === 'kubernetes'
      ? `${resource.name}: ${resource.objects.map(({ kind, name }) => `${kind}/${name}`).join(' ')}`
      : resource.name,
  );
}

export function kubernetes(graph: Graph, name: string): KubernetesResource {
  const resource = graph.resources.find((one) => one.name === name);
  assert.ok(resource?.kind === 'kubernetes', `no Kubernetes resource ${name}`);
  return resource;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KustomizationFiles, kustomizationDeps } from '../../../stdlib/kubernetes/kustomization.ts';

function filesOf(texts: Readonly<Record<string, string>>): KustomizationFiles {
  return {
    readText: (file) => texts[file],
    isFolder: (file) => Object.keys(texts).some((name) => name.startsWith(`${file}/`)),
  };
}

function deps(texts: Readonly<Record<string, string>>, folder = '/k'): readonly string[] {
  const found = kustomizationDeps(folder, filesOf(texts));
  assert.ok(found.ok, found.ok ? '' : found.message);
  return found.files;
}

function problem(texts: Readonly<Record<string, string>>): string {
  const found = kustomizationDeps('/k', filesOf(texts));
  assert.ok(!found.ok);
  return found.message;
}

test('everything that a kustomization names by its file', () => {
  const text = `
    resources: [a.yaml, ./sub/../b.yaml]
    crds: [crd.yaml]
    patches: [{path: p.yaml}, {patch: 'x', target: {kind: Pod}}]
    patchesStrategicMerge: [q.yaml]
    patchesJson6902: [{path: r.yaml, target: {kind: Pod}}]
    configMapGenerator: [{name: c, files: [one.txt, key=two.txt]}, {name: d, literals: [A=1]}]
    secretGenerator: [{name: s, files: [secret.txt]}]`;
  assert.deepEqual(deps({ '/k/kustomization.yaml': text }), [
    '/k/a.yaml',
    '/k/b.yaml',
    '/k/kustomization.yaml',
    '/k/p.yaml',
    '/k/q.yaml',
    '/k/crd.yaml',
    '/k/r.yaml',
    '/k/one.txt',
    '/k/two.txt',
  ]);
});

test('folders are followed, each once, and circles end', () => {
  const texts = {
    '/k/Kustomization': 'bases: [../base]\ncomponents: [../part]\nresources: [../base, ../again]',
    '/base/kustomization.yml': 'resources: [pod.yaml]',
    '/part/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: [c.yaml]',
    '/again/kustomization.yaml': 'resources: [../k]',
  };
  assert.deepEqual(deps(texts), [
    '/base/pod.yaml',
    '/base/kustomization.yml',
    '/part/c.yaml',
    '/part/kustomization.yaml',
    '/again/kustomization.yaml',
    '/k/Kustomization',
  ]);
});

test('an empty kustomization is its own file', () => {
  assert.deepEqual(deps({ '/k/kustomization.yaml': '' }), ['/k/kustomization.yaml']);
});

test('what is no kustomization', () => {
  assert.equal(
    problem({ '/k/a.yaml': '' }),
    "unable to find one of [kustomization.yaml kustomization.yml Kustomization] in directory '/k'",
  );
  assert.equal(
    problem({ '/k/kustomization.yaml': '', '/k/kustomization.yml': '' }),
    'Found multiple kustomization files under: /k\n',
  );
  assert.equal(
    problem({ '/k/kustomization.yaml': 'kind: Pod\napiVersion: v1' }),
    'Failed to read kustomization file under /k:\n' +
      'kind should be Kustomization or Component\napiVersion for Pod should be kustomize.config.k8s.io/v1beta1',
  );
  assert.match(problem({ '/k/kustomization.yaml': 'a: [' }), /^yaml: line 1: /);
});

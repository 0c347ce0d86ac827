import path from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { type KustomizationFiles, kustomizationDeps } from '../kubernetes/kustomization.ts';
import { builtin } from '../schema/builtin.ts';
import { stringList } from '../schema/collection-types.ts';
import { executingFolder } from '../schema/executing-file.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPath } from '../schema/path-types.ts';
import { makeBlob } from './blob.ts';
import { runCommand } from './local.ts';
import { checkProgram, isOnPath, kindOf } from './program-path.ts';

export const kustomize = builtin({
  name: 'kustomize',
  doc: 'Runs `kustomize build` and answers its YAML. Where there is no kustomize, `kubectl kustomize` does it. The Tiltfile is loaded again when a file that the kustomization is made of changes.',
  parameters: {
    paths: required(localPath, 'The folder of the kustomization.'),
    kustomize_bin: optional(localPath, 'The program to run, by its path.'),
    flags: withDefault(stringList, [], 'Flags for the program, before the folder.'),
  },
  returns: 'Blob',
  example: "k8s_yaml(kustomize('./overlays/dev', { flags: ['--enable-helm'] }));",
  run({ paths, kustomize_bin: program, flags }, call, session) {
    const dir = executingFolder(call);
    const argv = [...start(program, call), ...flags, path.relative(dir, paths) || '.'];
    const yaml = runCommand({ argv, dir, env: [] }, call, session, {
      quiet: true,
      echoOff: false,
      stdin: undefined,
      announcedAs: 'Running',
    });
    const deps = kustomizationDeps(paths, filesOf(call));
    if (!deps.ok) throw new Refusal(`resolving deps: ${deps.message}`);
    for (const file of deps.files) call.broker.watch(file);
    return makeBlob(yaml, `kustomize: ${paths}`);
  },
});

function start(program: string | undefined, call: Call): readonly string[] {
  if (program !== undefined) {
    checkProgram(program, call);
    return [program, 'build'];
  }
  if (isOnPath('kustomize', call)) return ['kustomize', 'build'];
  call.broker.print('Falling back to `kubectl kustomize` since `kustomize` was not found in PATH\n', 'info');
  return ['kubectl', 'kustomize'];
}

/** What the deps are found with is recorded as a whole afterwards. */
function filesOf(call: Call): KustomizationFiles {
  const decoder = new TextDecoder();
  return {
    readText(file) {
      const read = call.broker.peekFile(file);
      if (read.ok) return decoder.decode(read.value);
      if (read.error.code === 'refused') throw new Refusal(read.error.message);
      return undefined;
    },
    isFolder(file) {
      const found = kindOf(file, call);
      return found.ok && found.kind === 'folder';
    },
  };
}

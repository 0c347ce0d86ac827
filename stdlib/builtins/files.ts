import { join } from 'node:path';
import { type Call, Refusal } from '../../interpreter/builtin.ts';
import { builtin } from '../schema/builtin.ts';
import { optional, required, withDefault } from '../schema/parameter.ts';
import { localPath } from '../schema/path-types.ts';
import { bool, optionalString } from '../schema/scalar-types.ts';
import { makeBlob } from './blob.ts';
import { readText, readTextIfThere } from './read-text.ts';

export const readFile = builtin({
  name: 'read_file',
  doc: 'Reads a file. When the file changes, the Tiltfile is loaded again.',
  parameters: {
    paths: required(localPath, 'The file.'),
    default: optional(optionalString, 'What to answer when the file does not exist. Without it that is an error.'),
  },
  returns: 'Blob',
  example: "const version = read_file('VERSION', '0.0.0').trim();",
  run({ paths, default: fallback }, call) {
    if (fallback === undefined) return makeBlob(readText(call, paths), `file: ${paths}`);
    return makeBlob(readTextIfThere(call, paths) ?? fallback, `file: ${paths}`);
  },
});

export const watchFile = builtin({
  name: 'watch_file',
  doc: 'Loads the Tiltfile again when a file, or anything in a folder, changes.',
  parameters: { paths: required(localPath, 'The file or folder. It need not exist yet.') },
  returns: 'void',
  example:
    "// The generated objects change when the generator does.\nwatch_file('generator');\nk8s_yaml(local('cat k8s/db.yaml', { quiet: true }));",
  run({ paths }, call) {
    call.broker.watch(paths);
    return undefined;
  },
});

export const listdir = builtin({
  name: 'listdir',
  doc: 'Answers the absolute paths of the files in a folder, sorted by name. A folder that does not exist has none.',
  parameters: {
    dir: required(localPath, 'The folder.'),
    recursive: withDefault(
      bool,
      false,
      'Also list the files in its folders, and load the Tiltfile again on changes in it.',
    ),
  },
  returns: 'string[]',
  example: "for (const file of listdir('k8s')) {\n  if (file.endsWith('.yaml')) k8s_yaml(file);\n}",
  run({ dir, recursive }, call) {
    if (recursive) call.broker.watch(dir);
    const files: string[] = [];
    collect(call, dir, recursive, files);
    return files;
  },
});

/** Links count as files: they are not followed. What cannot be read is left out. */
function collect(call: Call, folder: string, recursive: boolean, files: string[]): void {
  const listed = call.broker.listFolder(folder);
  if (!listed.ok) {
    if (listed.error.code === 'refused') throw new Refusal(listed.error.message);
    return;
  }
  const entries = [...listed.value].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, kind } of entries) {
    const path = join(folder, name);
    if (kind !== 'folder') files.push(path);
    else if (recursive) collect(call, path, recursive, files);
  }
}

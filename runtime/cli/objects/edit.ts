import type { PlainData } from '../../../stdlib/encoding/plain-data.ts';
import { parseYamlStream } from '../../../stdlib/encoding/yaml-stream.ts';
import { writeYaml } from '../../../stdlib/encoding/yaml-write.ts';
import { ApiError } from '../../clients/kubernetes/errors.ts';
import { editText } from '../../clients/process/editor.ts';
import { type ApiObject, qualifiedName } from '../../report/objects/api-object.ts';
import { ExitCode } from '../exit-code.ts';
import { CommandProblem } from '../running/session-address.ts';
import { askedObjects } from './asked-objects.ts';
import { readManifests } from './manifest-files.ts';
import { GROUP, type KindInfo, type ObjectApi, serverWords, type WriteFlags, withObjects } from './object-api.ts';

export interface EditFlags extends WriteFlags {
  readonly filename?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
}

const HEAD =
  '# Edit the object below: lines that begin with # do not count, an empty file ends the edit.\n# What is refused is shown here again.\n#\n';

/** Lets a person change objects in an editor. Answers the exit code. */
export function edit(words: readonly string[], flags: EditFlags): Promise<number> {
  return withObjects(flags, async (api) => {
    const targets =
      flags.filename === undefined
        ? (await askedObjects(api, words)).flatMap(({ kind, names }) => names.map((name) => ({ kind, name })))
        : (await readManifests(api, flags.filename, flags.recursive)).map(({ kind, object }) => ({
            kind,
            name: object.metadata.name,
          }));
    if (targets.length === 0) throw new CommandProblem('Say which object: TYPE NAME or TYPE/NAME');
    for (const { kind, name } of targets) await editOne(api, kind, name);
    return ExitCode.ok;
  });
}

async function editOne(api: ObjectApi, kind: KindInfo, name: string): Promise<void> {
  const before = await api.get(kind, name);
  const original = writeYaml(before as unknown as PlainData);
  let text = HEAD + original;
  for (;;) {
    const edited = await editText(text, `${kind.singularName}.yaml`);
    if (!edited.ok) throw new CommandProblem(edited.message);
    const body = withoutComments(edited.text);
    if (body.trim() === '' || body === original || edited.text === text) {
      process.stderr.write('Edit cancelled, no changes made.\n');
      return;
    }
    const problem = await replace(api, kind, name, body);
    if (problem === undefined) return;
    text = `${HEAD}${problem.replace(/^/gm, '# ')}\n#\n${body}`;
  }
}

/** Why the text cannot take the object's place. */
async function replace(api: ObjectApi, kind: KindInfo, name: string, body: string): Promise<string | undefined> {
  const parsed = parseYamlStream(body, '');
  if (!parsed.ok) return parsed.message;
  try {
    const object = parsed.documents[0] as unknown as ApiObject;
    await api.replace(kind, name, object);
  } catch (error) {
    if (error instanceof ApiError) return serverWords(error);
    throw error;
  }
  process.stdout.write(`${qualifiedName({ singular: kind.singularName, group: GROUP }, name)} edited\n`);
  return undefined;
}

function withoutComments(text: string): string {
  return text.replace(/^#.*\n?/gm, '');
}

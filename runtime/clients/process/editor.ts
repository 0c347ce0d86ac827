import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInTerminal } from './terminal-program.ts';

export type Edited = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * Lets a person change a text in the editor of TILT_EDITOR or EDITOR (with arguments, as a shell splits them), else in vi. The editor
 * has the terminal meanwhile. `name` is the file's, so that editors know its language.
 */
export async function editText(text: string, name: string, env: NodeJS.ProcessEnv = process.env): Promise<Edited> {
  const editor = env.TILT_EDITOR || env.EDITOR || 'vi';
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-edit-'));
  const file = path.join(folder, name);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    const problem = await runEditor(editor, file, env);
    if (problem !== undefined) return { ok: false, message: `Cannot edit with "${editor}": ${problem}` };
    return { ok: true, text: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runEditor(editor: string, file: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const end = await runInTerminal(['/bin/sh', '-c', `${editor} "$1"`, 'sh', file], env);
  if (end.kind === 'not-started') return end.message;
  if (end.kind === 'signaled') return `it was ended by ${end.signal}`;
  return end.code === 0 ? undefined : `it ended with exit code ${end.code}`;
}

import assert from 'node:assert/strict';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

/** What scripts come to. Paths of the folder that a script was in are `$DIR`, of the one around it `$OUT`. */
export interface ScriptResults {
  /** Of the last script. */
  readonly folder: string;
  graphOf(script: string, files?: Readonly<Record<string, string>>): Promise<Graph>;
  /** The message; the script must be refused, at a place. */
  refusalOf(script: string, files?: Readonly<Record<string, string>>): Promise<string>;
  printedBy(script: string): Promise<string>;
  warningsOf(script: string): Promise<readonly string[]>;
  dispose(): void;
}

export function resultsOf(): ScriptResults {
  const runner = tiltfileRunner();
  let folder = '';
  const run = async (script: string, files: Readonly<Record<string, string>> = {}) => {
    const result = await runner.run({ 'Tiltfile.js': script, ...files });
    folder = result.folder;
    return result;
  };
  const loaded = async (script: string, files?: Readonly<Record<string, string>>) => {
    const { outcome } = await run(script, files);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.result;
  };
  return {
    get folder() {
      return folder;
    },
    graphOf: async (script, files) => (await loaded(script, files)).graph,
    warningsOf: async (script) => (await loaded(script)).warnings,
    async refusalOf(script, files) {
      const { outcome } = await run(script, files);
      assert.ok(!outcome.ok, 'the script was not refused');
      assert.ok(outcome.failure.position, 'the failure has no place');
      const around = folder.slice(0, folder.lastIndexOf('/'));
      return outcome.failure.message.replaceAll(folder, '$DIR').replaceAll(around, '$OUT');
    },
    async printedBy(script) {
      return (await run(script)).printed;
    },
    dispose: () => runner.dispose(),
  };
}

import { createServer } from 'node:net';
import { appliedDeployments, clusterMeasure, imageAndDeployment } from './cluster-measure.ts';
import { commandMeasure } from './command-measure.ts';
import { imageMeasure, imagesOverWait } from './image-measure.ts';
import type { Measure } from './measure.ts';
import { deploymentCalls, deployments, dockerBuilds, echoes, hello, type Project } from './project.ts';
import { changeToStart, reload, upFirstCommand, upFirstOutput, upIdle } from './up-measure.ts';

const RESULT = ['alpha', 'tiltfile-result'];

export const MEASURES: readonly Measure[] = [
  commandMeasure('ci-hello', ['ci'], helloOnFreePorts),
  commandMeasure('ci-30-echo', ['ci'], () => echoes(30)),
  commandMeasure('ci-100-echo', ['ci'], () => echoes(100)),
  // Nothing is started, so the ports do not matter, and the text is the same in each round, as it is for a person.
  commandMeasure('result-hello', RESULT, (sample) => hello(sample, [18471, 18472])),
  commandMeasure('result-1-local', RESULT, () => echoes(1)),
  commandMeasure('result-1000-local', RESULT, () => echoes(1000)),
  commandMeasure('result-1000-deployments', RESULT, () => deployments(1000)),
  commandMeasure('result-1000-deployment-calls', RESULT, () => deploymentCalls(1000)),
  commandMeasure('result-200-docker-builds', RESULT, () => dockerBuilds(200)),
  upFirstOutput,
  upFirstCommand,
  upIdle,
  changeToStart,
  reload,
  imageMeasure(1, 'cold'),
  imageMeasure(1, 'again'),
  imageMeasure(10, 'cold'),
  imageMeasure(10, 'again'),
  imagesOverWait(10),
  clusterMeasure('cluster-30-deployments', '`ci`, start to exit: 30 Deployments are applied', 0, () =>
    appliedDeployments(30),
  ),
  clusterMeasure(
    'cluster-unchanged',
    '`ci`, start to exit: an image and a Deployment that did not change',
    1,
    imageAndDeployment,
  ),
];

/** The measures that a person asked for by names or beginnings of names, or the word that fits none. */
export function chooseMeasures(only: readonly string[]): readonly Measure[] | { readonly unknown: string } {
  const unknown = only.find((word) => !MEASURES.some(({ name }) => name.startsWith(word)));
  if (unknown !== undefined) return { unknown };
  return only.length === 0
    ? MEASURES.filter(({ onlyOnRequest }) => onlyOnRequest !== true)
    : MEASURES.filter(({ name }) => only.some((word) => name.startsWith(word)));
}

async function helloOnFreePorts(sample: string): Promise<Project> {
  return hello(sample, await freePorts());
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [first = 0, second = 0] = ports;
  return [first, second];
}

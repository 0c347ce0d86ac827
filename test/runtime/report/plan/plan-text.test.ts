import assert from 'node:assert/strict';
import { test } from 'node:test';
import { $ } from 'kleur/colors';
import { planText } from '../../../../runtime/report/plan/plan-text.ts';
import { graph, image, kubernetes, local, shell } from '../../../support/graph.ts';
import { built, planned } from './planned.ts';

$.enabled = false;

const base = image('example/base', { watchPaths: [] });
const web = built(
  'example/web',
  { target: 'dev', dockerfilePath: '/project/Dockerfile' },
  { dependsOn: ['example/base'] },
);

test('a plan says what starts in which order, what waits, the images, and what the script did', () => {
  const resources = [
    kubernetes('web', {
      images: [base, web],
      resourceDeps: ['migrate'],
      objects: [
        { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'shop', body: {} },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: '', body: {} },
      ],
      portForwards: [
        { localPort: 8080, containerPort: 80, host: '', name: '', linkPath: '' },
        { localPort: 0, containerPort: 90, host: '127.0.0.2', name: 'admin', linkPath: '' },
      ],
    }),
    local('migrate', {
      update: { argv: ['npm', 'run', 'a b'], dir: '/project/db', env: ['STAGE=dev', 'DB_PASSWORD=hunter2'] },
      watchPaths: ['/project/db/migrations', '/etc/hosts'],
      labels: ['db', 'slow'],
    }),
    local('server', {
      update: undefined,
      serve: shell('node x.js\nexit 1', '/project'),
      links: [
        { url: 'http://localhost:8080/', name: 'page' },
        { url: 'http://docs/', name: '' },
      ],
      readinessProbe: { action: { kind: 'http', port: 8080, path: '/ready' } },
    }),
    local('lint', { trigger: { onChange: false, atStart: false } }),
    local('other'),
  ];
  const plan = planned(resources, {
    graph: { ...graph(resources), enabled: ['web', 'migrate', 'server', 'lint'] },
    evaluation: {
      filesRead: ['/project/Tiltfile', '/project/Dockerfile', '/root/.npmrc'],
      commandsRun: [['sh', '-c', 'git rev-parse HEAD']],
      variablesRead: ['STAGE', 'CI'],
    },
    warnings: ['Something is\nodd'],
    refusal: 'Stop! prod might be production.',
  });
  assert.equal(
    planText(plan),
    `Tiltfile: 5 resources, 2 images

Starts, in this order (the same number: at the same time)
  1  migrate  local
       runs         npm run "a b" (in db) with STAGE=dev DB_PASSWORD=(hidden, sha256:f52fbd32b2b3b86f)
       watches      db/migrations, /etc/hosts
       labels       db, slow
       needed by    web
       declared at  Tiltfile:1:1
  1  server  local
       serves       node x.js …
       ready when   http://localhost:8080/ready answers
       links        page (http://localhost:8080/), http://docs/
       declared at  Tiltfile:1:1
  2  web  kubernetes
       images       example/base, example/web
       objects      Service web in shop, Deployment web
       ports        8080:80, 127.0.0.2:90:90 (admin)
       depends on   migrate
       declared at  Tiltfile:1:1

Waits until somebody asks for it
     lint  local
       runs         echo lint (in /)
       updates      only when asked to
       declared at  Tiltfile:1:1

Not asked for on the command line
  other  local

Images
  example/base
    build        docker, context example/base, a Dockerfile in the Tiltfile
    needed by    web
    declared at  Tiltfile:1:1
  example/web
    build        docker, context example/web, Dockerfile, stage dev
    built from   example/base
    needed by    web
    declared at  Tiltfile:1:1

While it was evaluated, the Tiltfile
  read       /root/.npmrc
  read       Dockerfile
  read       Tiltfile
  ran        git rev-parse HEAD
  asked for  $CI
  asked for  $STAGE

Notes
  up and ci would refuse to deploy: Stop! prod might be production.
  Something is
  odd`,
  );
});

test('a plan of nothing is short', () => {
  assert.equal(
    planText(planned([], { evaluation: { filesRead: [], commandsRun: [], variablesRead: [] } })),
    'Tiltfile: 0 resources, 0 images',
  );
});

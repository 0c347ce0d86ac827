import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TreeResource, treeText } from '../../../runtime/report/resource-tree.ts';

const resource = (name: string, needs: readonly string[] = [], isBlocked = false): TreeResource => ({
  name,
  needs,
  state: isBlocked ? '(down)' : '(up)',
  isBlocked,
});
const ALL = [
  resource('db', [], true),
  resource('cache'),
  resource('api', ['db', 'cache'], true),
  resource('web', ['api'], true),
];

test('resources stand below what they need', () => {
  assert.equal(
    treeText('Tiltfile.ts', ALL, { onlyBlocked: false, once: false }),
    `Tiltfile.ts
├── db  (down)
│   └── api  (down) [also needs: cache]
│       └── web  (down)
└── cache  (up)
    └── api  (down) [also needs: db]
        └── web  (down)
`,
  );
});

test('only what is blocked, or each only once', () => {
  assert.equal(
    treeText('T', ALL, { onlyBlocked: true, once: false }),
    'T\n└── db  (down)\n    └── api  (down)\n        └── web  (down)\n',
  );
  const once = treeText('T', ALL, { onlyBlocked: false, once: true });
  assert.match(once, /└── cache {2}\(up\)\n {4}└── api {2}\(down\) \[also needs: db\] \[above\]\n$/);
});

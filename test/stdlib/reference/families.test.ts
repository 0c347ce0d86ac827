import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { builtins } from '../../../stdlib/builtins/all.ts';
import { constants } from '../../../stdlib/constants.ts';
import { families, familyOf } from '../../../stdlib/reference/families.ts';
import { pages, REFERENCE_FOLDER } from '../../../stdlib/reference/pages.ts';

const root = path.resolve(import.meta.dirname, '../../..');

test('every builtin and every constant has a family', () => {
  for (const { name } of [...builtins, ...constants]) {
    assert.ok(familyOf(name), `${name} has no family: put it into one in stdlib/reference/families.ts`);
  }
});

test('no name is in two families, and no page has the name of another', () => {
  const names = families.flatMap((family) => family.names);
  assert.deepEqual(names, [...new Set(names)]);
  for (const name of names.filter((one) => !one.endsWith('.'))) {
    assert.equal(
      families.filter(({ names: own }) =>
        own.some((one) => one === name || (one.endsWith('.') && name.startsWith(one))),
      ).length,
      1,
      name,
    );
  }
  const ids = [...families.map(({ id }) => id), 'README', 'values'];
  assert.deepEqual(ids, [...new Set(ids)]);
});

test('the folder of the reference holds the generated pages and nothing else', () => {
  const wanted = pages.map(({ path: file }) => file).filter((file) => file.startsWith(`${REFERENCE_FOLDER}/`));
  const found = readdirSync(path.join(root, REFERENCE_FOLDER)).map((name) => `${REFERENCE_FOLDER}/${name}`);
  assert.deepEqual(found.sort(), [...wanted].sort());
});

test('links between the pages lead somewhere', () => {
  const anchors = new Map(
    pages
      .filter(({ path: file }) => file.endsWith('.md'))
      .map(({ path: file, text }) => {
        const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
        return [
          path.basename(file),
          headings.map((heading) =>
            heading
              .replace(/[^\w -]/g, '')
              .replaceAll(' ', '-')
              .toLowerCase(),
          ),
        ];
      }),
  );
  let count = 0;
  for (const { path: file, text } of pages) {
    for (const [, target = '', anchor] of text.matchAll(/\]\(([\w-]*(?:\.md)?)(?:#([^)]+))?\)/g)) {
      const page = target === '' ? path.basename(file) : target;
      assert.ok(anchors.has(page), `${file} links to ${page}`);
      if (anchor !== undefined) assert.ok(anchors.get(page)?.includes(anchor), `${file} links to ${page}#${anchor}`);
      count++;
    }
  }
  assert.ok(count > 2 * builtins.length, `only ${count} links`);
});

test('the README leads to the reference', () => {
  assert.match(readFileSync(path.join(root, 'README.md'), 'utf8'), /\(docs\/api\/README\.md\)/);
});

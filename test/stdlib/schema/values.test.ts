import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Tagged } from '../../../interpreter/value.ts';
import { executingFolder } from '../../../stdlib/schema/executing-file.ts';
import { baseName, folderName, joinPaths, relativePath } from '../../../stdlib/schema/go-path.ts';
import { parseUrl, urlText } from '../../../stdlib/schema/go-url.ts';
import { nearest } from '../../../stdlib/schema/nearest.ts';
import { display, quote, show } from '../../../stdlib/schema/show.ts';
import { fakeCall } from '../../support/fake-call.ts';

test('values are shown as Tilt shows them', () => {
  assert.equal(
    show([1, 1.5, 'a"b', null, true, { a: [] }, 2n ** 70n]),
    '[1, 1.5, "a\\"b", None, True, {"a": []}, 1180591620717411303424]',
  );
  assert.equal(show([1e21, 1e-7, Number.NaN, Number.NEGATIVE_INFINITY]), '[1000000000000000000000, 1e-07, nan, -inf]');
  assert.equal(display('plain'), 'plain');
  assert.equal(display(new Tagged('Blob', { text: 'text' })), 'text');
  assert.equal(quote('a\nb\u0001'), '"a\\nb\\x01"');
});

describe('addresses are taken apart as in Go', () => {
  const cases: [string, object, string][] = [
    ['http://a.test:80/x?y=1#z', { scheme: 'http', host: 'a.test:80', path: '/x', rawQuery: 'y=1', fragment: 'z' }, ''],
    ['localhost:8080', { scheme: 'localhost', opaque: '8080' }, ''],
    ['www.acme.test/path', { path: 'www.acme.test/path' }, ''],
    ['//acme.test/x', { host: 'acme.test', path: '/x' }, ''],
    ['HTTP://A/%20b', { scheme: 'http', host: 'A', path: '/ b' }, 'http://A/%20b'],
    ['/a%2Fb', { path: '/a/b', rawPath: '/a%2Fb' }, ''],
    ['http://u:p@h/', { user: { name: 'u', password: 'p' }, host: 'h' }, ''],
    ['http://h/?', { forceQuery: true }, ''],
  ];
  for (const [text, parts, written] of cases) {
    test(text, () => {
      const parsed = parseUrl(text);
      assert.ok(parsed.ok);
      for (const [name, value] of Object.entries(parts)) assert.deepEqual(Reflect.get(parsed.url, name), value);
      assert.equal(urlText(parsed.url), written || text);
    });
  }
  const refused: [string, string][] = [
    ['http://h:http/', 'parse "http://h:http/": invalid port ":http" after host'],
    [':x', 'parse ":x": missing protocol scheme'],
    ['a b:c', 'parse "a b:c": first path segment in URL cannot contain colon'],
    ['http://h/%zz', 'parse "http://h/%zz": invalid URL escape "%zz"'],
    ['http://a b/', 'parse "http://a b/": invalid character " " in host name'],
  ];
  for (const [text, message] of refused) test(text, () => assert.deepEqual(parseUrl(text), { ok: false, message }));
});

test('paths are handled as in Go', () => {
  assert.deepEqual(['a/b.txt', 'a/b/', '/', '', '/a', './a/./b'].map(baseName), ['b.txt', 'b', '/', '.', 'a', 'b']);
  assert.deepEqual(['a/b.txt', 'a/b/', '/', '', '/a', 'b'].map(folderName), ['a', 'a/b', '/', '.', '/', '.']);
  assert.equal(joinPaths(['a', '', '../b/', '/c']), 'b/c');
  assert.equal(joinPaths(['', '']), '');
  assert.equal(relativePath('/srv/app/x/y', '/srv/app'), '../..');
  assert.equal(relativePath('a/d', 'a/b/c'), '../b/c');
  assert.equal(relativePath('.', 'x'), 'x');
  assert.equal(relativePath('/a', 'b'), undefined);
  assert.equal(relativePath('../a', 'b'), undefined);
});

test('the nearest name is found, or none', () => {
  assert.equal(nearest('command', ['name', 'cmd', 'deps']), 'cmd');
  assert.equal(nearest('Deps', ['name', 'cmd', 'deps']), 'deps');
  assert.equal(nearest('zzz', ['name', 'cmd', 'deps']), undefined);
});

test('paths belong to the file whose top level runs', () => {
  const frame = (file: string, functionName: string) => ({ file, functionName, line: 1, column: 1 });
  const stack = [frame('/p/lib/h.js', 'helper'), frame('/p/svc/T.js', '<toplevel>'), frame('/p/T.js', '<toplevel>')];
  assert.equal(executingFolder(fakeCall('x', [], { stack })), '/p/svc');
  assert.equal(executingFolder(fakeCall('x', [], { stack: stack.slice(0, 1) })), '/p/lib');
});

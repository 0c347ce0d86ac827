import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateHere } from '../evaluate-here.ts';

const { succeed, printed } = evaluateHere();

/** What both Node and a sandbox must come to: an expression's value as JSON, or the name of what it throws. */
const TELL = `(f) => { try { return JSON.stringify(f()) ?? 'undefined'; } catch (error) { return 'throws ' + error.name; } }`;

const expressions: Readonly<Record<string, readonly string[]>> = {
  URL: [
    `new URL('../x?a=1&b=2#h', 'https://user:pw@example.com:8080/p/q').href`,
    `new URL('nope')`,
    `new URL('HTTP://EXAMPLE.com:80/a/./b/../c d')`,
    `new URL('file:///a b').pathname`,
    `(() => { const u = new URL('http://a/b'); u.port = '81'; u.pathname = 'x y'; u.hash = 'z'; u.protocol = 'https'; u.host = 'h:9'; return [u.href, u.origin]; })()`,
    `(() => { const u = new URL('http://a/?x=1'); u.searchParams.append('y', 'ä&b'); u.searchParams.delete('x'); return [u.href, u.search]; })()`,
    `(() => { const u = new URL('http://a/?x=1'), p = u.searchParams; u.search = '?z=2'; return [...p]; })()`,
    `(() => { const u = new URL('http://a/'); u.href = 'no'; })()`,
    `[URL.canParse('x:'), URL.canParse('/x'), URL.canParse('/x', 'http://a')]`,
    `String(new URL('http://a'))`,
    `Object.prototype.toString.call(new URL('http://a'))`,
    `[...new URLSearchParams('a=1&a=2&b=%20+c')]`,
    `[...new URLSearchParams({ x: 1, y: 'a b' }).entries()]`,
    `[...new URLSearchParams([['a', 'b'], ['a', 'c']]).values()]`,
    `new URLSearchParams([['a']])`,
    `(() => { const p = new URLSearchParams('b=1&a=2&b=3&b=4'); p.set('b', 5); p.sort(); return [String(p), p.get('none'), p.getAll('b'), p.has('a'), p.size]; })()`,
    `(() => { const seen = []; new URLSearchParams('a=1&b=2').forEach((value, key) => seen.push(key + value)); return seen; })()`,
  ],
  'TextEncoder and TextDecoder': [
    `[...new TextEncoder().encode('aé€😀\\ud800x')]`,
    `[...new TextEncoder().encode()]`,
    `(() => { const b = new Uint8Array(6); return [new TextEncoder().encodeInto('a€😀', b), [...b]]; })()`,
    `new TextDecoder().decode(new TextEncoder().encode('aé€😀\\u0000'))`,
    `new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))`,
    `new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))`,
    ...[
      [0xff, 0x61],
      [0xe2, 0x82],
      [0xe2, 0x82, 0x61],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf0, 0x9f, 0x98],
      [0xe0, 0x80, 0x80],
      [0x80, 0xc3],
    ].flatMap((bytes) => [
      `new TextDecoder().decode(new Uint8Array([${bytes}]))`,
      `new TextDecoder('utf8', { fatal: true }).decode(new Uint8Array([${bytes}]))`,
    ]),
    `(() => { const d = new TextDecoder(); return [0xf0, 0x9f, 0x98, 0x80].map((b) => d.decode(new Uint8Array([b]), { stream: true })).join('|') + d.decode(); })()`,
    `(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2]), { stream: true }) + d.decode(); })()`,
    `new TextDecoder('utf-16le').decode(new Uint8Array([0x61, 0, 0x3d, 0xd8, 0, 0xde, 0, 0xdc]))`,
    `new TextDecoder('klingon')`,
    `[new TextDecoder('UTF8').encoding, new TextDecoder().fatal]`,
    `new TextDecoder().decode(new Uint8Array([1, 97, 98, 2]).subarray(1, 3))`,
    `new TextDecoder().decode(new Uint8Array([97]).buffer)`,
    `new TextDecoder().decode('text')`,
  ],
  'atob and btoa': [
    ...['', 'a', 'ab', 'abc', 'héÿ', '€'].map((text) => `btoa(${JSON.stringify(text)})`),
    ...['', 'YQ==', 'YQ', 'YWI=', ' Y W I ', 'YWJj', 'Y', 'YQ=', 'Y===', '*', 'YW=I', '/+8='].map(
      (text) => `[...atob(${JSON.stringify(text)})].map((c) => c.charCodeAt(0))`,
    ),
    `btoa(null)`,
  ],
  structuredClone: [
    `structuredClone({ a: [1, { b: null }], c: undefined, d: 'x', e: 1.5 })`,
    `(() => { const a = { n: 1 }; a.self = a; const c = structuredClone(a); return [c !== a, c.self === c, c.n]; })()`,
    `(() => { const s = { x: 1 }; const c = structuredClone([s, s]); return c[0] === c[1]; })()`,
    `[...structuredClone(new Map([['k', { v: 1 }]]))]`,
    `[...structuredClone(new Set([1, 'x']))]`,
    `structuredClone(new Date(5)).getTime()`,
    `(() => { const r = structuredClone(/x+/gi); return [r.source, r.flags, r instanceof RegExp]; })()`,
    `(() => { const e = structuredClone(new TypeError('t', { cause: { a: 1 } })); return [e instanceof TypeError, e.message, e.name, e.cause]; })()`,
    `(() => { const b = structuredClone(new Uint8Array([1, 2, 3]).subarray(1)); return [b instanceof Uint8Array, [...b], b.byteOffset]; })()`,
    `(() => { class A { x = 1; get y() { return 2; } } const c = structuredClone(new A()); return [c, c.constructor === Object]; })()`,
    `(() => { const c = structuredClone([1, , 3]); return [1 in c, c.length]; })()`,
    `[typeof structuredClone(Object(1)), structuredClone(Object('s')).valueOf()]`,
    `String(structuredClone(1n))`,
    `structuredClone(() => 1)`,
    `structuredClone({ s: Symbol('x') })`,
    `structuredClone(new WeakMap())`,
    `structuredClone(Promise.resolve())`,
    `structuredClone()`,
    `Object.keys(structuredClone(JSON.parse('{"__proto__": {"polluted": true}}')))`,
  ],
  DOMException: [
    `(() => { try { atob('*'); } catch (e) { return [e instanceof DOMException, e instanceof Error, e.name, e.code]; } })()`,
    `(() => { const e = new DOMException('m', 'AbortError'); return [e.message, e.name, e.code, String(e)]; })()`,
    `new DOMException().name`,
  ],
};

for (const [name, list] of Object.entries(expressions)) {
  test(name, async () => {
    // biome-ignore lint/security/noGlobalEval: the same text must mean the same in both.
    const expected = list.map((expression) => eval(`(${TELL})(() => ${expression})`));
    const script = `const tell = ${TELL};\nkeep(${list.map((expression) => `tell(() => ${expression})`).join(',\n')});`;
    const { seen } = await succeed('main.js', script);
    list.forEach((expression, index) => {
      assert.equal(seen[index], expected[index], expression);
    });
  });
}

test('globals can be replaced, are not enumerable, and do not belong to the library', async () => {
  const script = `
    keep(Object.keys(globalThis).filter((key) => ['URL', 'atob', 'setTimeout', 'structuredClone'].includes(key)).length);
    globalThis.URL = 'mine'; keep(URL);
    const first = TextEncoder; keep(first === TextEncoder, typeof performance.now());
    let missing; try { ({ atob: missing } = await import('tilt')); } catch {} keep(missing);`;
  assert.deepEqual((await succeed('main.js', script)).seen, [0, 'mine', true, 'number', undefined]);
});

test('what a sandbox does not have is absent', async () => {
  const names =
    'fetch process require Buffer WebSocket Worker crypto navigator location alert XMLHttpRequest module global std os_ scriptArgs';
  const script = `keep(...${JSON.stringify(names.split(' '))}.filter((name) => name in globalThis));`;
  assert.deepEqual((await succeed('main.js', script)).seen, []);
});

/** Lines that Node's own console writes for the same calls; times are left out. */
async function nodeLines(calls: string): Promise<string> {
  const { Console } = await import('node:console');
  const { PassThrough } = await import('node:stream');
  const out = new PassThrough();
  let text = '';
  out.on('data', (data) => {
    text += data;
  });
  const console = new Console({ stdout: out, stderr: out });
  new Function('console', calls)(console);
  await new Promise(setImmediate);
  return text;
}

test('the methods of console write what Node’s write', async () => {
  const calls = `
    console.group('G'); console.log('a\\nb'); console.group(); console.error('w'); console.groupEnd(); console.groupEnd(); console.groupEnd();
    console.groupCollapsed('x', 1); console.info('in'); console.groupEnd(); console.log('out');
    console.count(); console.count('x'); console.count(); console.countReset(); console.count();
    console.assert(true, 'no'); console.assert(false); console.assert(false, 'msg %s', 1);
    console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dir('x'); console.dirxml({ a: 1 }, 2); console.table(5); console.table();
    console.log(new Uint8Array([1, 2]), [new Float64Array(1)]);`;
  const expected = await nodeLines(calls);
  await succeed('main.js', calls);
  assert.equal(printed.join(''), expected);
});

test('tables', async () => {
  await succeed('main.js', `console.table([{ a: 1, b: 'x' }, { a: 2, c: true }, 7]);`);
  assert.equal(
    printed.join(''),
    [
      '┌─────────┬───┬─────┬──────┬────────┐',
      '│ (index) │ a │ b   │ c    │ Values │',
      '├─────────┼───┼─────┼──────┼────────┤',
      "│ 0       │ 1 │ 'x' │      │        │",
      '│ 1       │ 2 │     │ true │        │',
      '│ 2       │   │     │      │ 7      │',
      '└─────────┴───┴─────┴──────┴────────┘\n',
    ].join('\n'),
  );
  await succeed(
    'main.js',
    `console.table(new Map([['k', 1]])); console.table([{ a: 1, b: 2 }], ['b']); console.table([['€😀', 1]]);`,
  );
  const text = printed.join('');
  assert.match(text, /│ \(iteration index\) │ Key {1}│ Values │/);
  assert.match(text, /│ \(index\) │ b │\n/);
  assert.match(text, /│ 0 {7}│ '€😀' │ 1 │/);
});

test('times are told, and what is wrong with their names', async () => {
  const script = `
    console.time('t'); console.time('t'); console.timeLog('t', 1, { a: 2 }); console.timeEnd('t'); console.timeEnd('t');
    console.time(); console.timeEnd(); console.countReset('zz'); console.trace('here');`;
  await succeed('main.js', script);
  const lines = printed
    .join('')
    .replaceAll(/\d+ms/g, 'Nms')
    .replace(/\(.*main/, '(main');
  assert.equal(
    lines,
    `Timer 't' already exists\nt: Nms 1 { a: 2 }\nt: Nms\nTimer 't' does not exist\ndefault: Nms\nCount for 'zz' does not exist\nTrace: here\n    at <toplevel> (main.js:3:74)\n`,
  );
});

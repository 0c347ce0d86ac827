import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import { Scrubber } from '../../../runtime/state/scrubber.ts';
import { type SecretValue, secretsOf } from '../../../stdlib/model/secrets.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';

function secret(text: string, key = 'key', name = 'login'): SecretValue {
  return { name, key, text, base64: Buffer.from(text).toString('base64') };
}

function scrub(text: string, ...secrets: readonly SecretValue[]): string {
  const scrubber = new Scrubber();
  scrubber.add(secrets);
  return scrubber.scrub(text);
}

test('a value goes wherever it stands, plain and in base64', () => {
  assert.equal(
    scrub('pw=hunter2! aHVudGVyMiE= hunter2!hunter2!', secret('hunter2!')),
    `pw=${'[redacted secret login:key]'} [redacted secret login:key] ${'[redacted secret login:key]'.repeat(2)}`,
  );
  assert.equal(scrub('nothing here', secret('hunter2!')), 'nothing here');
  assert.equal(scrub('a.b.c axbxc', secret('a.b.c')), '[redacted secret login:key] axbxc');
});

test('values of fewer than five characters stay, in base64 too', () => {
  assert.equal(scrub('1234 MTIzNA==', secret('1234')), '1234 MTIzNA==');
  assert.equal(scrub('12345', secret('12345')), '[redacted secret login:key]');
});

test('of two that begin alike the longer one counts', () => {
  const text = scrub('secret secret-token', secret('secret', 'a'), secret('secret-token', 'b'));
  assert.equal(text, '[redacted secret login:a] [redacted secret login:b]');
});

test('a newline at the end is no part of a value, and long lines of a file go one by one', () => {
  assert.equal(scrub('x hunter2! y', secret('hunter2!\n')), 'x [redacted secret login:key] y');
  const file = secret('-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\ndebug: true\n');
  const log = ['cat key.pem', '-----BEGIN PRIVATE KEY-----', '  MIIEvQIBADANBgkqhkiG', 'debug: true'];
  assert.deepEqual(
    log.map((line) => scrub(line, file)),
    ['cat key.pem', '[redacted secret login:key]', '  [redacted secret login:key]', 'debug: true'],
  );
});

test('a value goes in every form in which Kubernetes and its friends show it', () => {
  const value = 'pa\'ss"w<ö>&r?d~\\ÿ~';
  const known = secret(value);
  const hidden = '[redacted secret login:key]';
  const bytes = Buffer.from(value);
  const forms = {
    'JSON of kubectl': JSON.stringify(value),
    'JSON of Go': `"${JSON.stringify(value).slice(1, -1).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')}"`,
    'YAML in single quotes': `'${value.replaceAll("'", "''")}'`,
    'a shell': `'${value.replaceAll("'", "'\\''")}'`,
    'a URL': `//x:${encodeURIComponent(value)}@y`,
    base64: bytes.toString('base64'),
    'base64 without padding': bytes.toString('base64').replace(/=+$/, ''),
    'base64 for URLs': bytes.toString('base64url'),
    'base64 of echo': Buffer.from(`${value}\n`).toString('base64'),
  };
  for (const [name, form] of Object.entries(forms)) {
    const shown = scrub(`before ${form} after`, known);
    assert.ok(shown.includes(hidden), `${name}: ${shown}`);
    assert.equal(shown.replace(/["']/g, '').replace('//x:', '').replace('@y', ''), `before ${hidden} after`, name);
  }
});

test('a value of several lines goes from the annotation of what was applied last, and as it is wrapped', () => {
  const text =
    '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiGMIIEvQIBADANBgkqhkiG"x"\n0123456789abcdef\n-----END KEY-----\n';
  const known = secret(text, 'pem');
  const applied = JSON.stringify({ kind: 'Secret', stringData: { pem: text }, data: { pem: known.base64 } });
  const object = JSON.stringify({
    metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } },
  });
  for (const shown of [
    applied,
    object,
    known.base64.replace(/.{76}/g, '$&\n'),
    known.base64.replace(/.{64}/g, '$&\n'),
  ]) {
    const scrubbed = shown
      .split('\n')
      .map((line) => scrub(line, known))
      .join('\n');
    assert.ok(
      !/MIIE|abcdef|[A-Za-z0-9+/]{20}/.test(
        scrubbed
          .replaceAll('[redacted secret login:pem]', '')
          .replace('kubectl.kubernetes.io/last-applied-configuration', ''),
      ),
      scrubbed,
    );
  }
});

test('a value that is no text goes in base64', () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x02]);
  const binary = { name: 'n', key: 'k', text: undefined, base64: bytes.toString('base64') };
  assert.equal(scrub(`data: ${binary.base64}`, binary), 'data: [redacted secret n:k]');
});

test('what is kept loses its secrets as well, and listeners never see later ones', () => {
  const log = createLogStore({ now: () => 1 });
  const seen: string[] = [];
  log.subscribe({ line: ({ text }) => seen.push(text) });
  const writer = log.open({ resource: 'web', source: 'runtime', span: 'web' });
  writer.write('before hunter2!\n');
  log.hide([secret('hunter2!')]);
  writer.write('after hun');
  writer.write('ter2!\n');
  assert.deepEqual(seen, ['before hunter2!', 'after [redacted secret login:key]']);
  assert.deepEqual(
    log.tail('web', 5).map(({ text }) => text),
    ['before [redacted secret login:key]', 'after [redacted secret login:key]'],
  );
  assert.equal(log.scrub('hunter2!'), '[redacted secret login:key]');
  // A graph without the secret does not show it again.
  log.hide([]);
  assert.equal(log.scrub('hunter2!'), '[redacted secret login:key]');
});

test('the secrets of a graph are the values of its Secrets', () => {
  const object = (kind: string, body: object) =>
    ({ apiVersion: 'v1', kind, name: 'login', namespace: '', body: body as Record<string, never> }) as const;
  const declared = graph([
    local('a'),
    kubernetes('web', {
      objects: [
        object('Secret', { data: { pw: 'aHVudGVyMiE=', bin: '//4A' }, stringData: { user: 'admin' } }),
        object('Secret', {}),
        object('ConfigMap', { data: { open: 'visible' } }),
      ],
    }),
  ]);
  assert.deepEqual(secretsOf(declared), [
    { name: 'login', key: 'pw', text: 'hunter2!', base64: 'aHVudGVyMiE=' },
    { name: 'login', key: 'bin', text: undefined, base64: '//4A' },
    { name: 'login', key: 'user', text: 'admin', base64: 'YWRtaW4=' },
  ]);
  assert.deepEqual(secretsOf({ ...declared, settings: { ...declared.settings, scrubSecrets: false } }), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKnownHost, isSameOrigin, isToken, tokenOf } from '../../../runtime/server/access.ts';

const RULES = { token: 'secret', hosts: new Set(['dev.example']), isOpen: false };

test('only names and addresses of this machine are answered to', () => {
  for (const host of [
    'localhost',
    'localhost:10350',
    '127.0.0.1:80',
    '[::1]:10350',
    'a.localhost',
    'dev.example:1',
    'LOCALHOST',
    '10.0.0.5',
  ]) {
    assert.equal(isKnownHost(RULES, host), true, host);
  }
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'dev.example.evil',
    '',
    undefined,
  ]) {
    assert.equal(isKnownHost(RULES, host), false, host);
  }
});

test('another origin is not the same', () => {
  assert.equal(isSameOrigin({ host: 'localhost:1', origin: undefined }), true);
  assert.equal(isSameOrigin({ host: 'localhost:1', origin: 'http://localhost:1' }), true);
  assert.equal(isSameOrigin({ host: 'localhost:1', origin: 'http://localhost:2' }), false);
  assert.equal(isSameOrigin({ host: 'localhost:1', origin: 'null' }), false);
  assert.equal(isSameOrigin({ host: 'localhost:1', origin: 'http://evil.example' }), false);
});

test('the token comes in a header, a cookie or the path', () => {
  assert.equal(tokenOf({ 'x-tilt-token': 'secret' }, '/api/view').token, 'secret');
  assert.equal(tokenOf({ authorization: 'Bearer secret' }, '/api/view').token, 'secret');
  assert.equal(tokenOf({ cookie: 'a=b; Tilt-Token=secret' }, '/api/view').token, 'secret');
  assert.deepEqual(tokenOf({}, '/token/secret/apis/tilt.dev'), { token: 'secret', path: '/apis/tilt.dev' });
  assert.deepEqual(tokenOf({}, '/token/secret'), { token: 'secret', path: '/' });
  assert.deepEqual(tokenOf({}, '/api/view'), { token: undefined, path: '/api/view' });
  assert.equal(isToken(RULES, 'secret'), true);
  assert.equal(isToken(RULES, 'secrets'), false);
  assert.equal(isToken(RULES, 'Secret'), false);
  assert.equal(isToken(RULES, undefined), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { graph, local } from '../../support/graph.ts';
import { API, servedSession, TOKEN } from '../../support/served-session.ts';

const TOUCH = { method: 'POST', body: { manifest_names: ['web'], build_reason: 16 } };

test('without the token nothing is told and nothing is done', async (test) => {
  const { ask, session } = await servedSession(test, graph([local('web')]));
  for (const path of [
    '/api/view',
    '/api/dump/engine',
    '/api/snapshot/x',
    '/api/websocket_token',
    '/api/logs',
    `${API}/cmds`,
    '/apis',
    '/openapi/v2',
    '/proxy/apis',
  ]) {
    assert.equal((await ask(path, { headers: {} })).code, 403, path);
    assert.equal((await ask(path, { headers: { 'X-Tilt-Token': 'wrong' } })).code, 403, path);
    assert.equal((await ask(`/token/wrong${path}`, { headers: {} })).code, 403, path);
  }
  assert.equal((await ask('/api/trigger', { ...TOUCH, headers: {} })).text, 'missing session token\n');
  assert.equal(
    (await ask('/api/trigger', { ...TOUCH, headers: { Cookie: 'Tilt-Token=no' } })).text,
    'invalid session token\n',
  );
  assert.deepEqual(session.state.triggers, []);
});

test('the token is taken from each of its places', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  for (const headers of [
    { 'X-Tilt-Token': TOKEN },
    { Authorization: `Bearer ${TOKEN}` },
    { Cookie: `Tilt-Token=${TOKEN}` },
  ]) {
    assert.equal((await ask('/api/view', { headers })).code, 200);
  }
  assert.equal((await ask(`/token/${TOKEN}${API}/uiresources`, { headers: {} })).code, 200);
});

test('a name that somebody else lets lead here is refused, with and without the token', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  for (const path of ['/', '/api/view', `${API}/cmds`, '/healthz']) {
    const answer = await ask(path, { headers: { Host: 'evil.example:10350', 'X-Tilt-Token': TOKEN } });
    assert.equal(answer.code, 403, path);
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  assert.equal((await ask('/api/view', { headers: { Host: 'dev.example', 'X-Tilt-Token': TOKEN } })).code, 200);
});

test('a page of another origin is refused', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const answer = await ask('/api/trigger', {
    ...TOUCH,
    headers: { Origin: 'http://evil.example', Cookie: `Tilt-Token=${TOKEN}` },
  });
  assert.equal(answer.code, 403);
  assert.equal(answer.text, 'cross-origin request forbidden\n');
});

test('the page gets the cookie, which scripts cannot read and other sites cannot use', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const { headers, code, text } = await ask('/some/page', { headers: {} });
  assert.equal(code, 200);
  assert.match(text, /<title>tilt-ts<\/title>/);
  assert.deepEqual(headers['set-cookie'], [`Tilt-Token=${TOKEN}; Path=/; HttpOnly; SameSite=Strict`]);
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
});

test('a path cannot lead out of the folder of the page', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  for (const path of ['/../../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd']) {
    assert.doesNotMatch((await ask(path)).text, /root:/);
  }
});

test('a WebSocket needs the text that only who has the token can read', async (test) => {
  const { ask, port } = await servedSession(test, graph([local('web')]));
  const csrf = (await ask('/api/websocket_token')).text;
  const outcome = (query: string, headers: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/view${query}`, { headers });
      socket.on('message', () => {
        socket.terminate();
        resolve('view');
      });
      socket.on('error', (error) => resolve(error.message));
    });
  assert.match(await outcome('', {}), /403/);
  assert.match(await outcome('?csrf=wrong', {}), /403/);
  assert.match(await outcome(`?csrf=${csrf}`, { Host: 'evil.example' }), /403/);
  assert.match(await outcome(`?csrf=${csrf}`, { Origin: 'http://evil.example' }), /403/);
  assert.equal(await outcome(`?csrf=${csrf}`, {}), 'view');
});

test('a session behind a proxy that authenticates asks for nothing', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]), true);
  assert.equal((await ask('/api/view', { headers: { Host: 'dev.company.example' } })).code, 200);
});

test('bodies that are too large or make no sense are refused', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  assert.equal((await ask(`${API}/configmaps`, { method: 'POST', body: '{' })).code, 400);
  assert.equal((await ask(`${API}/configmaps`, { method: 'POST', body: '[]' })).code, 400);
  const large = await ask(`${API}/configmaps`, { method: 'POST', body: ' '.repeat(21 * 1024 * 1024) });
  assert.equal(large.code, 413);
  assert.equal((await ask(`${API}/cmds/%E0%A4%A`)).code, 404);
});

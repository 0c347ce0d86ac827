import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tiltfileRunner } from '../../support/run-tiltfile.ts';

const runner = tiltfileRunner();
after(() => runner.dispose());

const SHOWN = [
  'link(name = "docs", url = "http://example.com")',
  'ExecAction(command = ["true"])',
  'HTTPGetAction(host = "", path = "/up", port = 8080, scheme = "")',
  'TCPSocketAction(host = "", port = 5432)',
  'Probe(exec = None, failure_threshold = 0, http_get = None, initial_delay_secs = 3, period_secs = 0, success_threshold = 0, tcp_socket = TCPSocketAction(host = "", port = 22), timeout_secs = 0)',
];

test('links and probes are shown as Tilt shows them, in both languages', async () => {
  const starlark = await runner.run({
    Tiltfile: `
print(link('example.com', 'docs'))
print(exec_action(['true']))
print(http_get_action(8080, path='/up'))
print(tcp_socket_action(5432))
print(probe(initial_delay_secs=3, tcp_socket=tcp_socket_action(22)))
`,
  });
  assert.deepEqual(starlark.printed.trimEnd().split('\n'), SHOWN);
  const javascript = await runner.run({
    'Tiltfile.js': `
print(String(link('example.com', 'docs')));
print(String(exec_action(['true'])));
print(String(http_get_action(8080, { path: '/up' })));
print(String(tcp_socket_action(5432)));
print(String(probe({ initial_delay_secs: 3, tcp_socket: tcp_socket_action(22) })));
`,
  });
  assert.deepEqual(javascript.printed.trimEnd().split('\n'), SHOWN);
});

test('a message shows a link without quotes around its kind', async () => {
  const { outcome } = await runner.run({
    Tiltfile: "local_resource('a', serve_cmd='x', links=[[link('example.com')]])\n",
  });
  assert.ok(!outcome.ok);
  assert.match(outcome.failure.message, /found \[link\(name = "", url = "http:\/\/example\.com"\)\]/);
});

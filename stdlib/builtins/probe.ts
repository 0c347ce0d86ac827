import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { stringSequence } from '../schema/collection-types.ts';
import { optional, required, shownAs, withDefault } from '../schema/parameter.ts';
import { int, int32, string, tagged } from '../schema/scalar-types.ts';

export const probe = builtin({
  name: 'probe',
  doc: 'Says how to find out whether a server is ready. Exactly one of `exec`, `http_get` and `tcp_socket` is given. The numbers mean what they mean in Kubernetes; 0 stands for the default.',
  parameters: {
    initial_delay_secs: withDefault(int32, 0, 'Seconds before the first try.'),
    timeout_secs: withDefault(int32, 0, 'Seconds that one try may take; 1 when not given.'),
    period_secs: withDefault(int32, 0, 'Seconds between two tries; 10 when not given.'),
    success_threshold: withDefault(int32, 0, 'Tries in a row that must pass to count as ready; 1 when not given.'),
    failure_threshold: withDefault(int32, 0, 'Tries in a row that must fail to count as not ready; 3 when not given.'),
    exec: optional(tagged('ExecAction', 'ExecAction'), 'Ready when a command succeeds.'),
    http_get: optional(tagged('HTTPGetAction', 'HTTPGetAction'), 'Ready when an address answers.'),
    tcp_socket: optional(tagged('TCPSocketAction', 'TCPSocketAction'), 'Ready when a port takes connections.'),
  },
  returns: 'Probe',
  example:
    "local_resource('api', {\n  serve_cmd: 'node api.js',\n  readiness_probe: probe({ period_secs: 2, http_get: http_get_action(8080, { path: '/ready' }) }),\n});",
  run(args) {
    const actions = [args.exec, args.http_get, args.tcp_socket].filter((action) => action !== undefined);
    if (actions.length !== 1) throw new Refusal('exactly one of exec, http_get, or tcp_socket must be specified');
    return new Tagged('Probe', {
      ...args,
      exec: args.exec ?? null,
      http_get: args.http_get ?? null,
      tcp_socket: args.tcp_socket ?? null,
    });
  },
});

export const execAction = builtin({
  name: 'exec_action',
  doc: 'A probe that runs a command.',
  parameters: { command: required(stringSequence, 'The program and its arguments; no shell.') },
  returns: 'ExecAction',
  example:
    "const ready = probe({ exec: exec_action(['pg_isready', '-h', 'localhost']) });\nlocal_resource('db', { serve_cmd: 'postgres -D data', readiness_probe: ready });",
  run: ({ command }) => new Tagged('ExecAction', { command: [...command] }),
});

export const httpGetAction = builtin({
  name: 'http_get_action',
  doc: 'A probe that asks an HTTP server.',
  parameters: {
    port: required(int, 'The port.'),
    host: withDefault(string, '', 'The host; localhost when not given.'),
    scheme: withDefault(
      shownAs(string, "'http' | 'https' | 'HTTP' | 'HTTPS' | ''"),
      '',
      '`http` or `https`; `http` when not given.',
    ),
    path: withDefault(string, '', 'The path; `/` when not given.'),
  },
  returns: 'HTTPGetAction',
  example:
    "const ready = probe({ http_get: http_get_action(8443, { scheme: 'https', path: '/healthz' }) });\nlocal_resource('api', { serve_cmd: 'node api.js', readiness_probe: ready });",
  run: ({ host, port, scheme, path }) => new Tagged('HTTPGetAction', { host, port, scheme, path }),
});

export const tcpSocketAction = builtin({
  name: 'tcp_socket_action',
  doc: 'A probe that opens a connection.',
  parameters: {
    port: required(int, 'The port.'),
    host: withDefault(string, '', 'The host; localhost when not given.'),
  },
  returns: 'TCPSocketAction',
  example:
    "const ready = probe({ tcp_socket: tcp_socket_action(6379) });\nlocal_resource('redis', { serve_cmd: 'redis-server', readiness_probe: ready });",
  run: ({ host, port }) => new Tagged('TCPSocketAction', { host, port }),
});

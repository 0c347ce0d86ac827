import { int32, kept, path, string, strings } from './field-type.ts';
import { listOf, maybe, recordType } from './record-type.ts';

// The objects inside of commands and file watches. The order of fields is that of Tilt's API, which messages show.

export const configMapDisableSource = recordType({
  name: 'config_map_disable_source',
  doc: 'Names the entry of a config map that switches something off: it is off while the entry is `"true"`.',
  example: `v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' })`,
  fields: {
    name: { type: kept(string, ''), doc: 'The config map.' },
    key: { type: kept(string, ''), doc: 'The entry.' },
  },
});

export const disableSource = recordType({
  name: 'disable_source',
  doc: 'Says what switches an object off.',
  example: `v1alpha1.disable_source({ config_map: v1alpha1.config_map_disable_source({ name: 'flags', key: 'api-off' }) })`,
  fields: {
    config_map: { type: maybe(configMapDisableSource), doc: 'One entry of a config map.' },
    every_config_map: { type: listOf(configMapDisableSource), doc: 'Several entries, which must all say so.' },
  },
});

export const execAction = recordType({
  name: 'exec_action',
  doc: 'A probe that runs a command.',
  example: `v1alpha1.exec_action({ command: ['pg_isready'] })`,
  fields: { command: { type: strings, doc: 'The program and its arguments; no shell.' } },
});

export const httpHeader = recordType({
  name: 'http_header',
  doc: 'A header of the request that a probe makes.',
  example: `v1alpha1.http_header({ name: 'Accept', value: 'text/html' })`,
  fields: {
    name: { type: kept(string, ''), doc: 'Its name.' },
    value: { type: kept(string, ''), doc: 'Its value.' },
  },
});

export const httpGetAction = recordType({
  name: 'http_get_action',
  doc: 'A probe that asks an HTTP server.',
  example: `v1alpha1.http_get_action({ port: 8080, path: '/ready', scheme: 'HTTP' })`,
  fields: {
    path: { type: string, doc: 'The path; `/` when not given.' },
    port: { type: kept(int32, 0), doc: 'The port.' },
    host: { type: string, doc: 'The host; localhost when not given.' },
    scheme: { type: string, doc: '`HTTP` or `HTTPS`.' },
    http_headers: { type: listOf(httpHeader), doc: 'Headers of the request.' },
  },
});

export const tcpSocketAction = recordType({
  name: 'tcp_socket_action',
  doc: 'A probe that opens a connection.',
  example: `v1alpha1.tcp_socket_action({ port: 8080 })`,
  fields: {
    port: { type: kept(int32, 0), doc: 'The port.' },
    host: { type: string, doc: 'The host; localhost when not given.' },
  },
});

const probeActions = {
  exec: { type: maybe(execAction), doc: 'Ready when a command succeeds.' },
  http_get: { type: maybe(httpGetAction), doc: 'Ready when an address answers.' },
  tcp_socket: { type: maybe(tcpSocketAction), doc: 'Ready when a port takes connections.' },
};

export const handler = recordType({
  name: 'handler',
  doc: 'How a probe finds out. Tilt has this function and nothing that takes what it answers: give its members to the probe itself.',
  example: `v1alpha1.handler({ tcp_socket: { port: 8080 } })`,
  fields: probeActions,
});

export const probe = recordType({
  name: 'probe',
  doc: 'Says how often to look whether a command is ready. What to look at (`exec`, `http_get`, `tcp_socket`) can only be said in a plain object, without this function, as in Tilt.',
  example: `v1alpha1.probe({ period_seconds: 2 });\nv1alpha1.cmd('api', { args: ['./api'], readiness_probe: { period_seconds: 2, tcp_socket: { port: 8080 } } });`,
  typescript: 'V1alpha1ProbeOptions & V1alpha1HandlerOptions',
  refused: { handler: 'write the probe as a plain object with exec, http_get or tcp_socket' },
  plainOnly: Object.keys(probeActions),
  fields: {
    ...probeActions,
    initial_delay_seconds: { type: int32, doc: 'Seconds before the first try.' },
    timeout_seconds: { type: int32, doc: 'Seconds that one try may take; 1 when not given.' },
    period_seconds: { type: int32, doc: 'Seconds between two tries; 10 when not given.' },
    success_threshold: { type: int32, doc: 'Tries in a row that must pass to count as ready; 1 when not given.' },
    failure_threshold: { type: int32, doc: 'Tries in a row that must fail to count as not ready; 3 when not given.' },
  },
});

export const restartOn = recordType({
  name: 'restart_on_spec',
  doc: 'Says what starts a command again.',
  example: `v1alpha1.restart_on_spec({ file_watches: ['sources'] })`,
  fields: {
    file_watches: { type: strings, doc: 'Names of file watches, each change of which does.' },
    ui_buttons: { type: strings, doc: 'Names of buttons, each click on which does.' },
  },
});

export const startOn = recordType({
  name: 'start_on_spec',
  doc: 'Says what starts a command, which waits for it at first.',
  example: `v1alpha1.start_on_spec({ ui_buttons: ['reset-db'] })`,
  refused: { start_after: 'Tilt lists it and cannot take it' },
  fields: { ui_buttons: { type: kept(strings, null), doc: 'Names of buttons.' } },
});

export const ignoreDef = recordType({
  name: 'ignore_def',
  doc: 'Files whose changes a file watch does not see.',
  example: `v1alpha1.ignore_def({ base_path: 'web', patterns: ['**/*.md'] })`,
  fields: {
    base_path: { type: kept(path, ''), doc: 'The folder that patterns are relative to; without patterns all of it.' },
    patterns: { type: strings, doc: 'Patterns in the language of .dockerignore.' },
  },
});

import type { Command } from '../model/command.ts';
import type { Probe } from '../model/probe.ts';
import type { LocalResource } from '../model/resource.ts';
import { ignoreDefinition } from './ignore-definition.ts';
import { linkResult } from './link-result.ts';
import type { ResultObject, ResultValue } from './result-value.ts';

export function localTarget(resource: LocalResource): ResultObject {
  const { update, serve, links, watchPaths, ignores, readinessProbe } = resource;
  return {
    UpdateCmdSpec: update
      ? { args: update.argv, dir: update.dir, env: update.env.length > 0 ? update.env : undefined }
      : null,
    Name: resource.name,
    ServeCmd: serveCommand(serve),
    Links: links.length > 0 ? links.map(linkResult) : null,
    Deps: watchPaths.length > 0 ? watchPaths : null,
    FileWatchIgnores: ignores.length > 0 ? ignores.map(ignoreDefinition) : null,
    AllowParallel: resource.allowParallel,
    ReadinessProbe: readinessProbe ? probe(readinessProbe) : null,
    ServeCmdDisableSource: null,
  };
}

function serveCommand(serve: Command | undefined): ResultObject {
  if (!serve) return { Argv: null, Dir: '', Env: null, EchoOff: false };
  return { Argv: serve.argv, Dir: serve.dir, Env: serve.env.length > 0 ? serve.env : null, EchoOff: false };
}

function probe(declared: Probe): ResultValue {
  return {
    ...probeAction(declared.action),
    initialDelaySeconds: declared.initialDelaySecs,
    timeoutSeconds: declared.timeoutSecs,
    periodSeconds: declared.periodSecs,
    successThreshold: declared.successThreshold,
    failureThreshold: declared.failureThreshold,
  };
}

function probeAction(action: Probe['action']): ResultObject {
  switch (action.kind) {
    case 'exec':
      return { exec: { command: action.command } };
    case 'http': {
      const { path, port, host, scheme } = action;
      return { httpGet: { path, port, host, scheme } };
    }
    case 'tcp':
      return { tcpSocket: { port: action.port, host: action.host } };
  }
}

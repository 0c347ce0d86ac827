import { Agent } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type DockerModem from 'docker-modem';
import { openCommandPipe } from '../process/command-pipe.ts';
import type { Environment } from './docker-config.ts';
import type { EngineAddress, EngineEndpoint } from './engine-address.ts';
import { type EngineProblem, type EngineResult, engineProblem, wentAway } from './engine-problem.ts';

const SSH_PORT = 22;

/** A call to the engine's API. */
export interface EngineCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without version and query: `/images/json`. */
  readonly path: string;
  /** Values that are `undefined` are left out; lists give the key several times. */
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Sent as it is; say in `headers` what it is. */
  readonly body?: Buffer;
  readonly signal?: AbortSignal;
  /** What the caller is at, for the message when the connection breaks: `building "example/web"`. */
  readonly whileDoing: string;
}

/** One JSON message of a stream such as a build's or a push's. */
export type EngineMessage = Readonly<Record<string, unknown>>;

/** A Docker engine. Problems are values; nothing here throws or rejects. */
export interface DockerEngine {
  readonly address: EngineAddress;
  /** Whether it ever answered: then it is one that went away, and not one that is not there. */
  hasAnswered(): boolean;
  call(call: EngineCall): Promise<EngineResult<unknown>>;
  /** Hands over the messages as they arrive; resolves when the engine has ended the stream properly. */
  stream(
    call: EngineCall,
    body: Readable | undefined,
    onMessage: (message: EngineMessage) => void,
  ): Promise<EngineResult<void>>;
  /** The body of an answer as it arrives, such as a container's log. */
  read(call: EngineCall): Promise<EngineResult<Readable>>;
  /** Turns a connection into a plain two-way stream, as `POST /session` does. */
  upgrade(call: EngineCall, protocol: string): Promise<EngineResult<Duplex>>;
}

const SUCCESS: DockerModem.StatusCodes = { 200: true, 201: true, 204: true, 304: true };

/** Loads dockerode; nothing is connected before the first call. `environment` is what an `ssh` that is needed inherits. */
export async function openEngine(
  address: EngineAddress,
  environment: Environment = process.env,
): Promise<DockerEngine> {
  const { default: Docker } = await import('dockerode');
  let answered = false;
  const modem = new Docker(connectOptions(address.endpoint, environment)).modem as DockerModem;

  const dial = (
    call: EngineCall,
    more: Partial<DockerModem.DialOptions>,
  ): Promise<{ readonly error: unknown } | { readonly result: unknown }> =>
    new Promise((resolve) => {
      const options: DockerModem.DialOptions = {
        path: call.path + queryString(call.query),
        method: call.method,
        headers: { ...call.headers },
        statusCodes: SUCCESS,
        ...(call.body && { file: call.body }),
        ...more,
      };
      if (call.signal) options.abortSignal = call.signal;
      try {
        modem.dial(options, (error, result) => {
          answered ||= !error || 'statusCode' in error;
          resolve(error ? { error } : { result });
        });
      } catch (error) {
        resolve({ error });
      }
    });
  const failed = (error: unknown, call: EngineCall): { ok: false; problem: EngineProblem } => ({
    ok: false,
    problem: engineProblem(error, address, call.whileDoing, call.signal),
  });

  return {
    address,
    hasAnswered: () => answered,
    async call(call) {
      if (call.signal?.aborted) return { ok: false, problem: { kind: 'cancelled' } };
      const answer = await dial(call, {});
      return 'error' in answer ? failed(answer.error, call) : { ok: true, value: answer.result };
    },
    async stream(call, body, onMessage) {
      if (call.signal?.aborted) return { ok: false, problem: { kind: 'cancelled' } };
      const answer = await dial(call, { isStream: true, ...(body ? { file: body } : {}) });
      if ('error' in answer) return failed(answer.error, call);
      const response = answer.result as Readable & { complete?: boolean };
      const messages = jsonLines(response);
      // What the caller does with a message is not the engine's fault, so only the reading is guarded.
      for (;;) {
        const next = await messages.next().catch((error: unknown) => ({ error }));
        if ('error' in next) return failed(next.error, call);
        if (next.done) break;
        onMessage(next.value);
      }
      if (response.complete === false) {
        return { ok: false, problem: { kind: 'unreachable', message: wentAway(address, call.whileDoing) } };
      }
      return { ok: true, value: undefined };
    },
    async read(call) {
      if (call.signal?.aborted) return { ok: false, problem: { kind: 'cancelled' } };
      const answer = await dial(call, { isStream: true });
      return 'error' in answer ? failed(answer.error, call) : { ok: true, value: answer.result as Readable };
    },
    async upgrade(call, protocol) {
      const answer = await dial(
        { ...call, headers: { ...call.headers, Upgrade: protocol } },
        { hijack: true, statusCodes: { 101: true } },
      );
      return 'error' in answer ? failed(answer.error, call) : { ok: true, value: answer.result as Duplex };
    },
  };
}

/** Reads messages that are separated by newlines. Throws on text that is no JSON and on errors of the stream. */
export async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator<EngineMessage> {
  const decoder = new StringDecoder('utf8');
  let rest: string[] = [];
  for await (const chunk of stream) {
    const lines = decoder.write(chunk).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      rest.push(line);
      const text = rest.join('').trim();
      rest = [];
      if (text !== '') yield JSON.parse(text) as EngineMessage;
    }
    rest.push(last);
  }
  const text = rest.join('').trim();
  if (text !== '') yield JSON.parse(text) as EngineMessage;
}

function queryString(query: EngineCall['query']): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) parameters.append(key, one);
  }
  const text = parameters.toString();
  // dockerode cuts the last character off a path with a query that it did not make itself.
  return text === '' ? '' : `?${text}&`;
}

/** All keys are given, because dockerode takes those that are missing from DOCKER_HOST. */
function connectOptions(endpoint: EngineEndpoint, environment: Environment): Record<string, unknown> {
  const none = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  switch (endpoint.kind) {
    case 'socket':
      return { ...none, protocol: 'http', socketPath: endpoint.path };
    case 'tcp':
      return {
        ...none,
        host: endpoint.host,
        port: endpoint.port,
        protocol: endpoint.tls ? 'https' : 'http',
        ...endpoint.tls,
      };
    case 'ssh':
      return { ...none, host: 'docker', port: 80, protocol: 'http', agent: sshAgent(endpoint, environment) };
  }
}

/** Connections by the user's own `ssh`, as the docker command line makes them: with its keys, its hosts and its configuration. */
function sshAgent({ host, port, user }: EngineEndpoint & { kind: 'ssh' }, environment: Environment): Agent {
  const to = [...(user === '' ? [] : ['-l', user]), ...(port === SSH_PORT ? [] : ['-p', String(port)]), '--', host];
  const argv = ['ssh', '-o', 'ConnectTimeout=30', '-T', ...to, 'docker', 'system', 'dial-stdio'];
  const agent = new Agent();
  return Object.assign(agent, { createConnection: () => openCommandPipe(argv, environment) });
}

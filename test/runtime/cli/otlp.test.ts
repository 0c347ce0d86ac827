import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver of traces; ended with the test. */
async function receiver(
  t: TestContext,
): Promise<{ readonly endpoint: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': request.headers['content-type'] }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly attributes?: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
interface OtlpTrace {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

const TILTFILE = "local_resource('a', 'echo hi');\nlocal_resource('b', 'exit 3', { resource_deps: ['a'] });";
const TRACE = '0af7651916cd43dd8448eb211c80319c';

test('a run is sent as a trace below the one that it is a part of', async (t) => {
  const { endpoint, received } = await receiver(t);
  const cwd = makeProject(t, { 'Tiltfile.js': TILTFILE });
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=shop',
    OTEL_SERVICE_NAME: 'shop-ci',
    OTEL_RESOURCE_ATTRIBUTES: 'stage=test',
    TRACEPARENT: `00-${TRACE}-b7ad6b7169203331-01`,
  };
  const { code, stderr } = await runProgram(t, ['ci'], { cwd, env });
  assert.equal(code, 1);
  assert.doesNotMatch(stderr, /Warning/);
  assert.equal(received.length, 1);
  const [request] = received;
  assert.equal(request?.path, '/v1/traces');
  assert.equal(request?.headers['x-team'], 'shop');
  const body = JSON.parse(String(request?.body)) as OtlpTrace;
  const [group] = body.resourceSpans;
  const about = new Map(group?.resource.attributes.map(({ key, value }) => [key, value.stringValue]));
  assert.equal(about.get('service.name'), 'shop-ci');
  assert.equal(about.get('stage'), 'test');

  const spans = group?.scopeSpans.flatMap((scope) => scope.spans) ?? [];
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const way = (span: OtlpSpan | undefined): string => {
    const parent = byId.get(span?.parentSpanId ?? '');
    return parent === undefined ? (span?.name ?? '') : `${way(parent)} > ${span?.name}`;
  };
  assert.deepEqual(spans.map(way).sort(), [
    'tilt-ts ci',
    'tilt-ts ci > Tiltfile',
    'tilt-ts ci > a',
    'tilt-ts ci > a > a update',
    'tilt-ts ci > a > a update > echo hi',
    'tilt-ts ci > b',
    'tilt-ts ci > b > b update',
    'tilt-ts ci > b > b update > exit 3',
  ]);
  assert.ok(spans.every(({ traceId }) => traceId === TRACE));
  assert.equal(spans.find(({ name }) => name === 'tilt-ts ci')?.parentSpanId, 'b7ad6b7169203331');
  for (const span of spans) {
    const parent = byId.get(span.parentSpanId ?? '');
    assert.ok(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano));
    if (parent !== undefined) assert.ok(BigInt(parent.startTimeUnixNano) <= BigInt(span.startTimeUnixNano));
  }
  const failed = spans.filter(({ status }) => status?.code === 2).map(({ name }) => name);
  assert.deepEqual(failed.sort(), ['b', 'b update', 'tilt-ts ci']);
});

test('the usual form is protobuf; an endpoint for traces is taken as it is', async (t) => {
  const { endpoint, received } = await receiver(t);
  const cwd = makeProject(t, { 'Tiltfile.js': TILTFILE });
  await runProgram(t, ['ci'], { cwd, env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/own/path` } });
  assert.equal(received[0]?.path, '/own/path');
  assert.equal(received[0]?.headers['content-type'], 'application/x-protobuf');
  assert.ok(received[0]?.body.includes('tilt-ts ci') && received[0].body.includes('b update'));
});

test('nothing is sent where OpenTelemetry is switched off, or what it is a part of is not sampled', async (t) => {
  const { endpoint, received } = await receiver(t);
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'true');" });
  for (const more of [
    { OTEL_SDK_DISABLED: 'true' },
    { OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_TRACES_SAMPLER: 'always_off' },
    { TRACEPARENT: `00-${TRACE}-b7ad6b7169203331-00` },
  ]) {
    const { code } = await runProgram(t, ['ci'], { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...more } });
    assert.equal(code, 0);
  }
  assert.equal(received.length, 0);
});

test('a receiver that does not answer is a warning, and so is a protocol that is not spoken', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'true');" });
  const closed = await receiver(t);
  const gone = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_TIMEOUT: '500' };
  const run = await runProgram(t, ['ci'], { cwd, env: gone });
  assert.equal(run.code, 0);
  assert.match(
    run.stderr,
    /^Warning: Cannot send the trace to "http:\/\/127\.0\.0\.1:1": .*(ECONNREFUSED|timed? ?out)/im,
  );
  const grpc = { OTEL_EXPORTER_OTLP_ENDPOINT: closed.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
  const other = await runProgram(t, ['ci'], { cwd, env: grpc });
  assert.equal(other.code, 0);
  assert.match(other.stderr, /the protocol "grpc" is not supported; set OTEL_EXPORTER_OTLP_PROTOCOL/);
  assert.equal(closed.received.length, 0);
});

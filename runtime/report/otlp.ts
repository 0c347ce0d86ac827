import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { OtlpSettings } from './otlp-settings.ts';
import type { ReportFailure, ReportResource, RunReport } from './report-schema.ts';

/** Spans in one request. */
const BATCH = 512;
/** The exporter has a limit of its own (OTEL_EXPORTER_OTLP_TIMEOUT); a receiver that hangs all the same must not hang the run. */
const LONGEST_MS = 15_000;

type Environment = Readonly<Record<string, string | undefined>>;
type SpanTimes = { readonly startedAt: number; readonly endedAt: number };

/** Sends a run as a trace by OTLP; answers why that failed, in words. */
export async function sendTrace(
  run: RunReport,
  { protocol }: Extract<OtlpSettings, { kind: 'on' }>,
  environment: Environment,
): Promise<string | undefined> {
  const spans: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'tilt-ts', 'service.version': run.tool.version }))
      // What the environment says counts more.
      .merge(detectResources({ detectors: [hostDetector, envDetector] })),
    spanProcessors: [collector(spans)],
  });
  makeSpans(run, provider.getTracer('tilt-ts', run.tool.version), parentOf(environment));
  if (spans.length === 0) return undefined;
  let exporter: SpanExporter | undefined;
  try {
    exporter = protocol === 'http/json' ? new JsonExporter() : new ProtobufExporter();
    return await withinLimit(exportAll(exporter, spans));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await withinLimit(exporter?.shutdown().then(() => undefined) ?? Promise.resolve(undefined)).catch(() => undefined);
  }
}

/** Keeps what is sampled. */
function collector(spans: ReadableSpan[]): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & 1) === 1) spans.push(span);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

async function exportAll(exporter: SpanExporter, spans: readonly ReadableSpan[]): Promise<string | undefined> {
  for (let start = 0; start < spans.length; start += BATCH) {
    const problem = await new Promise<string | undefined>((resolve) => {
      exporter.export(spans.slice(start, start + BATCH), ({ code, error }) =>
        resolve(code === ExportResultCode.SUCCESS ? undefined : (error?.message ?? 'the receiver refused it')),
      );
    });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function withinLimit(work: Promise<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${LONGEST_MS / 1000}s`), LONGEST_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the run is a part of, by TRACEPARENT and TRACESTATE. */
function parentOf({ TRACEPARENT, TRACESTATE }: Environment): Context {
  const carrier: Readonly<Record<string, string | undefined>> = { traceparent: TRACEPARENT, tracestate: TRACESTATE };
  return new W3CTraceContextPropagator().extract(ROOT_CONTEXT, carrier, {
    get: (from, key) => (from as typeof carrier)[key],
    keys: (from) => Object.keys(from as typeof carrier),
  });
}

/** A span for the run; in it one for each load of the Tiltfile and each resource, and in these their parts. */
function makeSpans(run: RunReport, tracer: Tracer, parent: Context): void {
  const whole = tracer.startSpan(`tilt-ts ${run.mode}`, { startTime: run.startedAt }, parent);
  const inside = trace.setSpan(parent, whole);
  whole.setAttributes({ 'tilt.mode': run.mode, 'tilt.result': run.result, 'tilt.exit_code': run.exitCode });
  for (const load of run.tiltfile) {
    const end = load.endedAt ?? run.endedAt;
    span(tracer, 'Tiltfile', inside, { startedAt: load.startedAt, endedAt: end }, (one) => {
      for (const problem of load.failures) fail(one, problem, end);
    });
  }
  for (const resource of run.resources) makeResourceSpans(resource, run, tracer, inside);
  if (run.result !== 'succeeded') whole.setStatus({ code: SpanStatusCode.ERROR, message: run.message });
  whole.end(run.endedAt);
}

function makeResourceSpans(resource: ReportResource, run: RunReport, tracer: Tracer, parent: Context): void {
  const { name, type, result, state, updates, runtimes } = resource;
  const first = updates[0];
  if (first === undefined) return;
  const settled = [
    ...updates.map(({ endedAt }) => endedAt ?? run.endedAt),
    ...runtimes.map(({ readyAt }) => readyAt ?? run.endedAt),
  ];
  const times = { startedAt: first.startedAt, endedAt: Math.max(...settled) };
  span(tracer, name, parent, times, (whole, inside) => {
    whole.setAttributes({
      'tilt.resource': name,
      'tilt.resource.type': type,
      'tilt.resource.state': state,
      'tilt.resource.result': result,
    });
    if (resource.labels.length > 0) whole.setAttribute('tilt.resource.labels', [...resource.labels]);
    if (result === 'failed') whole.setStatus({ code: SpanStatusCode.ERROR });
    for (const { update, startedAt, endedAt, result: ending, causes, steps, failure } of updates) {
      const end = endedAt ?? run.endedAt;
      span(tracer, `${name} update`, inside, { startedAt, endedAt: end }, (one, within) => {
        one.setAttributes({ 'tilt.update': update, 'tilt.update.result': ending, 'tilt.update.causes': [...causes] });
        if (failure !== null) fail(one, failure, end);
        for (const step of steps) {
          span(tracer, step.title, within, { startedAt: step.startedAt, endedAt: step.endedAt ?? end }, (part) =>
            part.setAttribute('tilt.step.kind', step.kind),
          );
        }
      });
    }
    for (const { update, startedAt, readyAt, restarts, pod, phases } of runtimes) {
      span(tracer, `${name} becoming ready`, inside, { startedAt, endedAt: readyAt ?? run.endedAt }, (one) => {
        one.setAttributes({ 'tilt.update': update, 'tilt.restarts': restarts });
        if (pod !== '') one.setAttribute('tilt.pod', pod);
        for (const { at, state: phase, reason, failure } of phases) {
          if (failure !== null) fail(one, failure, at);
          else one.addEvent(phase, { reason }, at);
        }
      });
    }
  });
}

function span(
  tracer: Tracer,
  name: string,
  parent: Context,
  { startedAt, endedAt }: SpanTimes,
  fill: (span: Span, inside: Context) => void,
): void {
  const made = tracer.startSpan(name, { startTime: startedAt }, parent);
  fill(made, trace.setSpan(parent, made));
  made.end(endedAt);
}

function fail(span: Span, { kind, message, position }: ReportFailure, at: number): void {
  span.recordException({ name: kind, message }, at);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  if (position !== null) span.setAttributes({ 'code.file.path': position.file, 'code.line.number': position.line });
}

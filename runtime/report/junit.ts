import os from 'node:os';
import type { LogLine } from '../state/log-line.ts';
import { durationText } from './duration.ts';
import type { ReportedReason, ReportFailure, ReportResource, RunReport } from './report-schema.ts';
import { xmlAttribute, xmlText } from './xml-text.ts';

/** Lines of its log that stand with a test case; a failed one shows more. */
const LINES = 50;
const FAILED_LINES = 500;

type Lines = (resource: string, count: number) => readonly LogLine[];

/** What a test case came to. */
type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly message: string };

interface Case {
  readonly name: string;
  readonly className: string;
  readonly file: string | undefined;
  readonly seconds: number;
  readonly verdict: Verdict;
  readonly output: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly startedAt: number;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly Case[];
}

/**
 * A run as JUnit's XML, as Jenkins, GitLab and others read it: a suite for each resource, and in it a case for each of its targets, which
 * have Tilt's names: `NAME:update` is the command, the build or the deployment, `NAME:serve` a local server, `NAME:runtime` pods and
 * containers.
 */
export function* junitXml(run: RunReport, lines: Lines): Generator<string> {
  const first = sessionSuite(run, lines);
  const reasons = reasonsByResource(run);
  const counts = count(first, { tests: 0, failures: 0, errors: 0, skipped: 0 });
  // Counted first, so that the log lines of one resource only stand in memory at a time.
  for (const resource of run.resources)
    count(
      resourceSuite(run, resource, reasons, () => []),
      counts,
    );
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const { skipped: _skipped, ...told } = counts;
  yield `<testsuites name="tilt-ts ${run.mode}"${numbers(told)} time="${seconds(run.durationMs)}">\n`;
  yield suiteXml(first, 0);
  for (const [index, resource] of run.resources.entries())
    yield suiteXml(resourceSuite(run, resource, reasons, lines), index + 1);
  yield '</testsuites>\n';
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

function count({ cases }: Suite, counts: Counts): Counts {
  for (const { verdict } of cases) {
    counts.tests++;
    if (verdict.kind === 'failure') counts.failures++;
    if (verdict.kind === 'error') counts.errors++;
    if (verdict.kind === 'skipped') counts.skipped++;
  }
  return counts;
}

/** The Tiltfile, and what is about no resource: the cluster, the run as a whole. */
function sessionSuite(run: RunReport, lines: Lines): Suite {
  const { tiltfile, failures, startedAt, durationMs, message, result } = run;
  const load = tiltfile.at(-1);
  const loadMs = load === undefined ? 0 : (load.endedAt ?? run.endedAt) - load.startedAt;
  const ownFailures = failures.filter(({ resource, kind }) => resource === '' && kind !== 'tiltfile');
  const tiltfileFailures = failures.filter(({ resource, kind }) => resource === '' && kind === 'tiltfile');
  const isLoaded = load?.result === 'succeeded';
  const first = tiltfileFailures[0];
  const verdict: Verdict =
    first !== undefined
      ? problem('failure', first)
      : isLoaded
        ? { kind: 'passed' }
        : { kind: 'error', type: result, message, text: message };
  const className = '(Tiltfile)';
  const output = isLoaded && first === undefined ? [] : texts(lines('', FAILED_LINES));
  const cases: Case[] = [
    { name: 'tiltfile:update', className, file: first?.position?.file, seconds: loadMs / 1000, verdict, output },
    ...ownFailures.map((reason, index): Case => {
      const name = index === 0 ? 'session' : `session:${index + 1}`;
      return { name, className, file: undefined, seconds: 0, verdict: problem('error', reason), output: [] };
    }),
  ];
  const properties = [
    ['version', run.tool.version],
    ['exit-code', String(run.exitCode)],
    ['result', result],
    ['message', message],
    ['duration', durationText(durationMs)],
  ] as const;
  return { name: '(Tiltfile)', startedAt, properties, cases };
}

type Reasons = ReadonlyMap<string, readonly ReportedReason[]>;

function reasonsByResource({ failures }: RunReport): Reasons {
  const reasons = new Map<string, ReportedReason[]>();
  for (const reason of failures) reasons.set(reason.resource, [...(reasons.get(reason.resource) ?? []), reason]);
  return reasons;
}

function resourceSuite(run: RunReport, resource: ReportResource, byResource: Reasons, lines: Lines): Suite {
  const { name, updates, runtimes } = resource;
  const reasons = byResource.get(name) ?? [];
  const update = updates.at(-1);
  const runtime = runtimes.at(-1);
  const cases: Case[] = [];
  const file = resource.position.file;
  const add = (target: string, ms: number, verdict: Verdict, source: LogLine['source']): void => {
    const isBad = verdict.kind === 'failure' || verdict.kind === 'error';
    const all = verdict.kind === 'skipped' ? [] : lines(name, isBad ? FAILED_LINES : LINES);
    const output = texts(all.filter((line) => line.source === source));
    cases.push({ name: `${name}:${target}`, className: name, file, seconds: ms / 1000, verdict, output });
  };
  const runs = resource.hasRuntime;
  if (resource.hasUpdate || !runs) {
    const ms = update === undefined ? 0 : (update.endedAt ?? run.endedAt) - update.startedAt;
    add('update', ms, updateVerdict(run, resource, reasons), 'build');
  }
  if (runs) {
    const settledAt = runtime?.readyAt ?? run.endedAt;
    const ms = runtime === undefined ? 0 : Math.max(0, settledAt - runtime.startedAt);
    add(resource.type === 'local' ? 'serve' : 'runtime', ms, runtimeVerdict(run, resource, reasons), 'runtime');
  }
  const properties: (readonly [string, string])[] = [
    ['type', resource.type],
    ['state', resource.state],
    ['result', resource.result],
    ['attempts', String(updates.length)],
    ['restarts', String(runtime?.restarts ?? 0)],
    ['declared-at', `${file}:${resource.position.line}`],
  ];
  if (resource.isFlaky) properties.push(['flaky', 'true']);
  if (resource.labels.length > 0) properties.push(['labels', resource.labels.join(',')]);
  return { name, startedAt: update?.startedAt ?? run.endedAt, properties, cases };
}

function updateVerdict(
  run: RunReport,
  { updates, state }: ReportResource,
  reasons: readonly ReportedReason[],
): Verdict {
  const update = updates.at(-1);
  if (update === undefined) return { kind: 'skipped', message: `not started: ${state}` };
  const { failure } = update;
  if (failure !== null)
    return problem('failure', reasons.find(({ message }) => message === failure.message) ?? failure);
  if (update.result === 'succeeded') return { kind: 'passed' };
  return unfinished(run, reasons, 'its update had not ended');
}

function runtimeVerdict(
  run: RunReport,
  { updates, runtimes, state, result }: ReportResource,
  reasons: readonly ReportedReason[],
): Verdict {
  const runtime = runtimes.at(-1);
  if (runtime === undefined || updates.at(-1)?.result !== 'succeeded')
    return { kind: 'skipped', message: `not started: ${state}` };
  const reason = reasons[0];
  if (reason !== undefined) return problem('failure', reason);
  const phase = runtime.phases.at(-1);
  if (phase !== undefined && phase.failure !== null) return problem('failure', phase.failure);
  if (result === 'succeeded') return { kind: 'passed' };
  return unfinished(run, reasons, `it was not ready: ${state}`);
}

/** Stopped by something that is not its own fault, or by a limit on time. */
function unfinished(run: RunReport, reasons: readonly ReportedReason[], what: string): Verdict {
  const reason = reasons[0];
  if (reason !== undefined) return problem('failure', reason);
  if (run.result === 'succeeded') return { kind: 'skipped', message: what };
  const why = run.result === 'stopped' || run.result === 'time-limit' ? run.message : 'the run ended before';
  return { kind: 'error', type: run.result, message: `${why}: ${what}`, text: '' };
}

function problem(
  kind: 'failure' | 'error',
  failure: ReportFailure & { readonly excerpt?: readonly string[] },
): Verdict {
  const { message, details, position, excerpt = [] } = failure;
  const place = position === null ? [] : [`at ${position.file}:${position.line}:${position.column}`];
  const more = details.length > 0 ? details : excerpt;
  return { kind, type: failure.kind, message, text: [...place, ...more].join('\n') };
}

function texts(lines: readonly LogLine[]): readonly string[] {
  return lines.map(({ text }) => text);
}

function suiteXml(suite: Suite, id: number): string {
  const counts = count(suite, { tests: 0, failures: 0, errors: 0, skipped: 0 });
  const time = suite.cases.reduce((sum, one) => sum + one.seconds, 0);
  const timestamp = new Date(suite.startedAt).toISOString().replace(/\.\d+Z$/, '');
  const head = `name=${xmlAttribute(suite.name)} id="${id}" hostname=${xmlAttribute(os.hostname())} timestamp="${timestamp}"`;
  return [
    `  <testsuite ${head}${numbers(counts)} time="${time.toFixed(3)}">`,
    '    <properties>',
    ...suite.properties.map(
      ([name, value]) => `      <property name=${xmlAttribute(name)} value=${xmlAttribute(value)}/>`,
    ),
    '    </properties>',
    ...suite.cases.map(caseXml),
    '  </testsuite>\n',
  ].join('\n');
}

function caseXml({ name, className, file, seconds: time, verdict, output }: Case): string {
  const place = file === undefined ? '' : ` file=${xmlAttribute(file)}`;
  const head = `name=${xmlAttribute(name)} classname=${xmlAttribute(className)}${place} time="${time.toFixed(3)}"`;
  const inner = [
    ...(verdict.kind === 'passed' ? [] : [verdictXml(verdict)]),
    ...(output.length === 0 ? [] : [`      <system-out>${xmlText(output.join('\n'))}</system-out>`]),
  ];
  return inner.length === 0
    ? `    <testcase ${head}/>`
    : [`    <testcase ${head}>`, ...inner, '    </testcase>'].join('\n');
}

function verdictXml(verdict: Exclude<Verdict, { kind: 'passed' }>): string {
  const message = `message=${xmlAttribute(verdict.message)}`;
  if (verdict.kind === 'skipped') return `      <skipped ${message}/>`;
  const { kind, type, text } = verdict;
  return `      <${kind} type=${xmlAttribute(type)} ${message}>${xmlText(text)}</${kind}>`;
}

function numbers(counts: Partial<Counts>): string {
  return Object.entries(counts)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

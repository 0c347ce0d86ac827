import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import type { RunReport } from '../../../runtime/report/report-schema.ts';
import type { StreamEvent } from '../../../runtime/report/stream-schema.ts';
import { pollUntil } from '../../support/poll.ts';
import { MAIN, makeProject, runProgram, startProgram } from '../../support/program.ts';

const REPORTS = [
  '--report',
  'junit=out/junit.xml',
  '--report',
  'json=out/run.json',
  '--report',
  'html=out/run.html',
  '--output-snapshot-on-exit',
  'out/snapshot.json',
  '--trace',
  'out/trace.json',
  '--log-dir',
  'out/logs',
];

interface Written {
  readonly run: RunReport;
  readonly junit: string;
  readonly trace: { readonly traceEvents: readonly unknown[] };
  log(name: string): string;
}

/** All the files that `REPORTS` asks for. */
function written(cwd: string): Written {
  const text = (file: string) => readFileSync(path.join(cwd, 'out', file), 'utf8');
  assert.match(text('run.html'), /^<!doctype html>[\s\S]*<\/html>\n$/);
  // Nothing half-written is left.
  assert.deepEqual(readdirSync(path.join(cwd, 'out')).sort(), [
    'junit.xml',
    'logs',
    'run.html',
    'run.json',
    'snapshot.json',
    'trace.json',
  ]);
  return {
    run: JSON.parse(text('run.json')),
    junit: text('junit.xml'),
    trace: JSON.parse(text('trace.json')),
    log: (name) => text(`logs/${name}.log`),
  };
}

test('reports of a run that went well', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "local_resource('a', 'echo from-a');\nlocal_resource('b', { serve_cmd: 'echo from-b; exec sleep 100', resource_deps: ['a'] });",
  });
  const { code, stderr } = await runProgram(t, ['ci', ...REPORTS], { cwd });
  assert.equal(code, 0, stderr);
  const { run, junit, trace, log } = written(cwd);
  assert.equal(run.exitCode, 0);
  assert.deepEqual(
    run.resources.map(({ name, state }) => [name, state]),
    [
      ['a', 'done'],
      ['b', 'ready'],
    ],
  );
  assert.match(junit, /<testcase name="b:serve"/);
  assert.ok(trace.traceEvents.length > 6);
  assert.match(log('a'), /Z from-a$/m);
  assert.match(log('b'), /Z from-b$/m);
  assert.match(log('tiltfile'), /Successfully loaded Tiltfile/);
});

const BAD_ENDS = [
  {
    title: 'fails',
    tiltfile: "local_resource('a', 'echo broken; exit 3');",
    args: [],
    code: 1,
    result: 'resource-failed',
    junit: /<failure[\s\S]*broken/,
  },
  {
    title: 'passes its time limit',
    tiltfile: "local_resource('a', 'echo slow; sleep 100');",
    args: ['--timeout', '1s'],
    code: 3,
    result: 'time-limit',
    junit: /<failure/,
  },
  {
    title: 'has a Tiltfile that fails',
    tiltfile: "throw new Error('no good');",
    args: [],
    code: 5,
    result: 'tiltfile-failed',
    junit: /<failure[\s\S]*no good/,
  },
] as const;
for (const { title, tiltfile, args, code, result, junit } of BAD_ENDS) {
  test(`reports of a run that ${title}`, async (t) => {
    const cwd = makeProject(t, { 'Tiltfile.js': tiltfile });
    assert.equal((await runProgram(t, ['ci', ...args, ...REPORTS], { cwd })).code, code);
    const reports = written(cwd);
    assert.equal(reports.run.result, result);
    assert.equal(reports.run.exitCode, code);
    assert.ok(reports.run.failures.length > 0);
    assert.match(reports.junit, junit);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`reports of a run that ${signal} ends`, async (t) => {
    const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'echo started; sleep 100');" });
    const program = startProgram(t, ['ci', ...REPORTS], { cwd });
    await program.waitFor(/│ started/);
    program.signal(signal);
    const code = await program.exit;
    assert.ok(code > 128, String(code));
    const { run, junit, log } = written(cwd);
    assert.equal(run.result, 'stopped');
    assert.equal(run.resources[0]?.state, 'cancelled');
    assert.match(junit, new RegExp(`<error type="stopped" message="Stopped by ${signal}`));
    assert.match(log('a'), /started/);
    assert.match(program.stdout(), /^a +cancelled/m);
  });
}

test('a report that cannot be written is told before anything starts', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'touch ran');", file: '' });
  mkdirSync(path.join(cwd, 'folder'));
  const args = [
    '--report',
    'junit=file/x.xml',
    '--report',
    'json=folder',
    '--trace',
    'file/t.json',
    '--log-dir',
    'file',
  ];
  const { code, stdout, stderr } = await runProgram(t, ['ci', ...args], { cwd });
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.deepEqual(stderr.trimEnd().split('\n'), [
    'Error: Cannot write the report junit to "file/x.xml": a part of the path is a file',
    'Error: Cannot write the report json to "folder": it is a folder',
    'Error: Cannot write the trace to "file/t.json": a part of the path is a file',
    'Error: Cannot write logs to "file": a part of the path is a file',
  ]);
  assert.ok(!existsSync(path.join(cwd, 'ran')));
  const twice = await runProgram(t, ['ci', '--report', 'json=x', '--trace', './x'], { cwd });
  assert.equal(twice.code, 2);
  assert.match(twice.stderr, /Cannot write the trace to ".\/x": another report goes there/);
});

test('a --report that does not exist is wrong usage', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': '' });
  for (const [given, said] of [
    ['nosuch=x', /There are junit=FILE/],
    ['junit', /junit=FILE/],
    ['github=x', /takes no file/],
  ] as const) {
    const { code, stderr } = await runProgram(t, ['ci', '--report', given], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, said);
  }
});

test('a report that is lost at the end is an error', {
  skip: existsSync('/dev/full') ? false : 'no /dev/full',
}, async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'true');" });
  const { code, stdout, stderr } = await runProgram(
    t,
    ['ci', '--report', 'json=/dev/full', '--report', 'junit=j.xml'],
    { cwd },
  );
  assert.equal(code, 1);
  assert.match(stdout, /SUCCESS/);
  assert.match(stderr, /Error: Cannot write the report json to "\/dev\/full": no space left on the device/);
  assert.ok(existsSync(path.join(cwd, 'j.xml')));
});

test('on GitHub the log is grouped, failures are annotated, and the summary is written', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': "local_resource('a', 'echo ::error::injected; exit 3');",
    'summary.md': 'before\n',
  });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd, GITHUB_STEP_SUMMARY: path.join(cwd, 'summary.md') };
  const { code, stdout, stderr } = await runProgram(t, ['ci'], { cwd, env });
  assert.equal(code, 1);
  assert.match(stdout, /^::group::a\n[\s\S]*^::endgroup::$/m);
  assert.match(
    stdout,
    /^::error title=a failed,file=Tiltfile\.js,line=1,col=1::Command "echo ::error::injected; exit 3" failed/m,
  );
  for (const text of [stdout, stderr]) assert.doesNotMatch(text, /^\s*::error::injected/m);
  const summary = readFileSync(path.join(cwd, 'summary.md'), 'utf8');
  assert.match(summary, /^before\n### ❌ tilt-ts ci/);
  assert.match(summary, /^\| a \| ❌ failed/m);
  const plain = await runProgram(t, ['ci', '--report', 'none'], { cwd, env });
  assert.doesNotMatch(plain.stdout, /^::/m);
});

test('on GitLab the log is in sections', async (t) => {
  const cwd = makeProject(t, { 'Tiltfile.js': "local_resource('a', 'echo hello');" });
  const { code, stdout } = await runProgram(t, ['ci'], { cwd, env: { GITLAB_CI: 'true' } });
  assert.equal(code, 0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: GitLab's marks begin so
  const [, name = ''] = /section_start:\d+:(\w+)\[collapsed=true\]\r\u001b\[0Ka\n/.exec(stdout) ?? [];
  assert.match(name, /^tilt_/);
  assert.ok(stdout.includes(`:${name}\r\u001b[0K\n`));
});

test('as JSON every line of the standard output is an event, from the start to the end', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js':
      "print('hi');\nlocal_resource('a', 'echo from-a');\nlocal_resource('b', { serve_cmd: 'sleep 0.1; exit 4', resource_deps: ['a'] });",
  });
  const { code, stdout, stderr } = await runProgram(t, ['ci', '--output', 'json'], { cwd });
  assert.equal(code, 1);
  assert.match(stderr, /exit(ed)? .*4/);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StreamEvent);
  const told = events.flatMap((event) => {
    if (event.type === 'log' || event.type === 'runtime-changed') return [];
    return ['resource' in event ? `${event.type} ${event.resource}` : event.type];
  });
  assert.deepEqual(told, [
    'session-started',
    'tiltfile-started',
    'tiltfile-finished',
    'update-started a',
    'step-started a',
    'step-finished a',
    'update-finished a',
    'update-started b',
    'update-finished b',
    'session-finished',
  ]);
  const states = events.flatMap((event) =>
    event.type === 'runtime-changed' ? [`${event.resource} ${event.state}`] : [],
  );
  assert.equal(states[0], 'b pending');
  assert.equal(states.at(-1), 'b failed');
  const logs = events.flatMap((event) => (event.type === 'log' ? [event] : []));
  assert.ok(logs.some(({ resource, text, source }) => resource === 'a' && text === 'from-a' && source === 'build'));
  assert.ok(logs.some(({ resource, text }) => resource === '' && text === 'hi'));
  const last = events.at(-1);
  assert.ok(last?.type === 'session-finished');
  assert.equal(last.exitCode, 1);
  assert.equal(last.failures[0]?.resource, 'b');
});

test('a flood of output is kept whole on the disk and does not fill the memory', {
  skip: process.platform === 'linux' ? false : 'no /proc',
}, async (t) => {
  const line = 'a line of a server that says a lot and means nothing by it, over and over again 0123456789';
  const count = 1_500_000;
  const cwd = makeProject(t, {
    'Tiltfile.js': `local_resource('flood', "yes '${line}' | head -n ${count}");\nlocal_resource('after', 'echo done-with-it; sleep 100', { resource_deps: ['flood'] });`,
  });
  const program = startProgram(t, ['ci', '--log-dir', 'logs', '--report', 'html=run.html'], {
    cwd,
    command: ['sh', '-c', `exec '${process.execPath}' '${MAIN}' "$@" > /dev/null`, 'sh'],
  });
  let peak = 0;
  const has = (file: string) => () => {
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    return existsSync(path.join(cwd, file));
  };
  await pollUntil(has('logs/after.log'), 120_000, 'the end of the flood');
  const isReported = has('run.html');
  program.signal('SIGTERM');
  // Once the report is there, the program may be gone.
  await pollUntil(() => existsSync(path.join(cwd, 'run.html')) || isReported(), 60_000, 'the report');
  assert.ok(peak > 50, 'the peak was not measured');
  assert.ok(peak < 400, `${peak} MB`);
  await program.exit;
  let lines = 0;
  for await (const text of createInterface(createReadStream(path.join(cwd, 'logs/flood.log'))))
    if (text.endsWith(line)) lines++;
  assert.equal(lines, count);
});

/** A file system of one megabyte; nothing when the machine does not let the test mount one. */
function smallDisk(t: TestContext): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'tilt-ts-test-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  t.after(() => {
    if (status === 0) spawnSync('umount', ['--lazy', folder]);
    rmdirSync(folder);
  });
  return status === 0 ? folder : undefined;
}

test('a disk that fills up under --log-dir is told once; the run goes on, and its other reports are whole', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('loud', "yes 'a line that says nothing' | head -n 200000");
      local_resource('after', 'echo still here', { resource_deps: ['loud'] });`,
  });
  const logs = smallDisk(t);
  if (logs === undefined) {
    t.skip('no file system can be mounted');
    return;
  }
  const { code, stdout, stderr } = await runProgram(t, ['ci', '--log-dir', logs, '--report', 'junit=j.xml'], { cwd });
  assert.equal(code, 0, stderr);
  const told = `Cannot write logs to "${logs}" any more: no space left on the device; the run goes on without them`;
  assert.equal((stdout + stderr).split(told).length - 1, 1, stdout.slice(-2000) + stderr);
  assert.match(stdout, /after │ still here[\s\S]*SUCCESS/);
  assert.equal(stdout.match(/loud │ a line that says nothing$/gm)?.length, 200_000);
  assert.match(readFileSync(path.join(cwd, 'j.xml'), 'utf8'), /<\/testsuites>/);
});

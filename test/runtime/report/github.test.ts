import assert from 'node:assert/strict';
import { test } from 'node:test';
import { githubAnnotations, githubSummary } from '../../../runtime/report/github.ts';
import { githubCommand, withoutCommands } from '../../../runtime/report/github-command.ts';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, local } from '../../support/graph.ts';
import { RecordedReplay } from '../../support/recorded-replay.ts';

/** Reads a line as the runner's parser of commands does. */
function parse(line: string): { name: string; properties: Record<string, string>; message: string } {
  const match = /^::([a-z-]+)(?: ([^:]*))?::(.*)$/.exec(line);
  assert.ok(match !== null, line);
  const [, name = '', properties = '', message = ''] = match;
  const plain = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const pairs = properties
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), plain(pair.slice(at + 1))] as const;
    });
  return { name, properties: Object.fromEntries(pairs), message: plain(message) };
}

function failed(count: number): RecordedReplay {
  const names = Array.from({ length: count }, (_, index) => `r${index}`);
  return new RecordedReplay().load(graph(names.map((name) => local(name, { allowParallel: true }))));
}

test('what is special in commands survives the way to the runner', () => {
  const title = 'a,b:c%\n';
  const message = '100% of\r\nit: done::x';
  const line = githubCommand('error', { title, file: 'a:b,c.ts', line: 3 }, message);
  assert.equal(line.split('\n').length, 2);
  assert.deepEqual(parse(line.trimEnd()), {
    name: 'error',
    properties: { title, file: 'a:b,c.ts', line: '3' },
    message,
  });
});

test('the runner finds no commands in what others wrote', () => {
  assert.equal(withoutCommands('plain: a::b'), 'plain: a::b');
  for (const text of ['::error::x', '   ::add-mask::x', 'a\n::set-env name=a::b', 'see ##[error]x']) {
    for (const line of withoutCommands(text).split('\n')) {
      assert.doesNotMatch(line, /^\s*::/);
      assert.ok(!line.includes('##['));
    }
  }
});

test('each failure is an annotation at its place in the checkout, of many the last one says how many more there are', () => {
  const replay = failed(1);
  const position = { file: '/project/deploy/Tiltfile.ts', line: 7, column: 3 };
  const why = failure('command', 'Command "make" failed', ['boom', '\u001b[31mred\u001b[0m'], position);
  const run = replay.report({ code: 1, message: 'x', reasons: [{ resource: 'r0', failure: why }] });
  assert.deepEqual(parse(githubAnnotations(run, '/project').trimEnd()), {
    name: 'error',
    properties: { title: 'r0 failed', file: 'deploy/Tiltfile.ts', line: '7', col: '3' },
    message: 'Command "make" failed\nboom\nred',
  });
  assert.equal(parse(githubAnnotations(run, '/elsewhere').trimEnd()).properties.file, position.file);

  const many = failed(30);
  const reasons = Array.from({ length: 30 }, (_, index) => ({
    resource: `r${index}`,
    failure: failure('command', 'no'),
  }));
  const lines = githubAnnotations(many.report({ code: 1, message: 'x', reasons }), '/project')
    .trimEnd()
    .split('\n')
    .map(parse);
  assert.equal(lines.length, 10);
  assert.match(lines.at(-1)?.message ?? '', /^21 more failures/);

  const stopped = githubAnnotations(failed(1).report({ code: 130, message: 'Stopped by SIGTERM' }), '/project');
  assert.equal(parse(stopped.trimEnd()).message, 'Stopped by SIGTERM');
  assert.equal(githubAnnotations(failed(1).report(), '/project'), '');
});

test('the summary is Markdown that shows names and messages as they are', () => {
  const replay = new RecordedReplay().load(graph([local('a|b <i>*x*'), local('ok')]));
  replay.start();
  replay.say('a|b <i>*x*', 'build', 'Running cmd: make', '```', 'line').wait(1200);
  const why = failure('command', 'Command "<make>" failed | badly');
  replay.fail('a|b <i>*x*', why);
  const run = replay.report({ code: 1, message: 'it failed', reasons: [{ resource: 'a|b <i>*x*', failure: why }] });
  const summary = githubSummary(run, '/project');
  assert.match(summary, /^### ❌ tilt-ts ci: it failed$/m);
  assert.match(summary, /^\| a\\\|b &lt;i&gt;\\\*x\\\* \| ❌ failed \| +1\.2s \|$/m);
  assert.match(summary, /^Command "&lt;make&gt;" failed \\\| badly \(`Tiltfile:1:1`\)$/m);
  assert.match(summary, /^````text\n```\nline\n````$/m);
  assert.match(summary, /2 resources in 1\.2s/);
});

test('a summary of very many failures fits what GitHub takes', () => {
  const replay = failed(3000);
  const details = Array.from({ length: 50 }, () => 'x'.repeat(200));
  const reasons = Array.from({ length: 3000 }, (_, index) => ({
    resource: `r${index}`,
    failure: failure('command', 'no', details),
  }));
  const summary = githubSummary(replay.report({ code: 1, message: 'x', reasons }), '/project');
  assert.ok(Buffer.byteLength(summary) < 1024 * 1024);
  assert.match(summary, /too long for a summary/);
  assert.match(summary, /2000 more resources/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  everythingAllowed,
  type PermissionRequest,
  type Permissions,
  type Rules,
  refusalOf,
} from '../../interpreter/permissions.ts';

const rule = (path: string, real = path) => ({ path, real });
const program = (name: string, file: string | undefined) => ({ name, file });
const nothing: Rules<never> = { allow: [], deny: [] };
const sandbox: Permissions = { read: nothing, run: nothing, env: nothing, net: nothing };

const read = (path: string, real = path): PermissionRequest => ({ kind: 'read', path, real });
const run = (argv: readonly string[], file?: string, loaderVariables: readonly string[] = []): PermissionRequest => ({
  kind: 'run',
  argv,
  file,
  loaderVariables,
});
const env = (name: string | undefined, change = false): PermissionRequest => ({ kind: 'env', name, change });
const net = (host: string): PermissionRequest => ({ kind: 'net', host });
const hint = (flag: string) => `not allowed in the sandbox. Allow it with ${flag}`;

type Case = readonly [
  title: string,
  permissions: Partial<Permissions>,
  request: PermissionRequest,
  refusal: string | undefined,
];

const cases: readonly Case[] = [
  ['nothing is allowed', {}, read('/a/b'), `Cannot read "/a/b": ${hint('--allow-read=/a/b')}`],
  ['all is allowed', { read: { allow: 'all', deny: [] } }, read('/a'), undefined],
  ['the file itself', { read: { allow: [rule('/a/b')], deny: [] } }, read('/a/b'), undefined],
  ['below a folder', { read: { allow: [rule('/a')], deny: [] } }, read('/a/b/c'), undefined],
  ['below the root', { read: { allow: [rule('/')], deny: [] } }, read('/a/b/c'), undefined],
  [
    'a name that begins with a folder’s',
    { read: { allow: [rule('/a')], deny: [] } },
    read('/ab'),
    `Cannot read "/ab": ${hint('--allow-read=/ab')}`,
  ],
  [
    'a link out of an allowed folder',
    { read: { allow: [rule('/a')], deny: [] } },
    read('/a/l', '/etc/x y'),
    `Cannot read "/a/l" (it leads to "/etc/x y"): ${hint("--allow-read='/etc/x y'")}`,
  ],
  ['a link into an allowed folder', { read: { allow: [rule('/a')], deny: [] } }, read('/l', '/a/x'), undefined],
  ['an allowed link', { read: { allow: [rule('/l', '/a')], deny: [] } }, read('/l/x', '/a/x'), undefined],
  [
    'denied wins over allowed',
    { read: { allow: [rule('/a')], deny: [rule('/a/secret')] } },
    read('/a/secret/x'),
    'Cannot read "/a/secret/x": --deny-read=/a/secret forbids it',
  ],
  [
    'denied wins over everything allowed',
    { read: { allow: 'all', deny: [rule('/a')] } },
    read('/l', '/a/x'),
    'Cannot read "/l" (it leads to "/a/x"): --deny-read=/a forbids it',
  ],
  [
    'a denied link, by its own name',
    { read: { allow: 'all', deny: [rule('/l', '/target')] } },
    read('/l', '/elsewhere'),
    'Cannot read "/l" (it leads to "/elsewhere"): --deny-read=/l forbids it',
  ],
  ['all denied', { read: { allow: 'all', deny: 'all' } }, read('/a'), 'Cannot read "/a": --deny-read forbids it'],
  ['commas are doubled in the hint', {}, read('/a,b'), `Cannot read "/a,b": ${hint('--allow-read=/a,,b')}`],
  [
    '/proc, while something else is guarded',
    { read: { allow: 'all', deny: [] } },
    read('/proc/self/environ'),
    'Cannot read "/proc/self/environ": files below /proc can only be read where nothing is forbidden',
  ],
  [
    '/proc, while only the net is guarded',
    { read: { allow: 'all', deny: [] }, run: everythingAllowed.run, env: everythingAllowed.env },
    read('/proc/version'),
    undefined,
  ],

  ['a program', {}, run(['git', 'log'], '/usr/bin/git'), `Cannot run "git": ${hint('--allow-run=git')}`],
  [
    'a line for the shell',
    { run: { allow: [program('git', '/usr/bin/git')], deny: [] } },
    run(['sh', '-c', 'git log'], '/bin/sh'),
    `Cannot run "sh" (for the line "git log"): ${hint('--allow-run=sh')}. A list, such as ["git", "status"], needs no shell`,
  ],
  ['by name', { run: { allow: [program('git', '/usr/bin/git')], deny: [] } }, run(['git'], '/usr/bin/git'), undefined],
  [
    'by path',
    { run: { allow: [program('git', '/usr/bin/git')], deny: [] } },
    run(['/usr/bin/git'], '/usr/bin/git'),
    undefined,
  ],
  [
    'another program of that name',
    { run: { allow: [program('git', '/usr/bin/git')], deny: [] } },
    run(['git'], '/project/git'),
    `Cannot run "git": ${hint('--allow-run=git')}`,
  ],
  ['one that is nowhere', { run: { allow: [program('x', undefined)], deny: [] } }, run(['x']), undefined],
  [
    'one that is nowhere yet, by another’s name',
    { run: { allow: [program('x', undefined)], deny: [] } },
    run(['y'], '/bin/y'),
    `Cannot run "y": ${hint('--allow-run=y')}`,
  ],
  [
    'a denied program by its path',
    { run: { allow: 'all', deny: [program('rm', '/bin/rm')] } },
    run(['/bin/rm', '-r'], '/bin/rm'),
    'Cannot run "/bin/rm": --deny-run=rm forbids it',
  ],
  [
    'another than the denied one',
    { run: { allow: 'all', deny: [program('rm', '/bin/rm')] } },
    run(['ls'], '/bin/ls'),
    undefined,
  ],
  [
    'what is loaded into a program',
    { run: { allow: [program('git', '/usr/bin/git')], deny: [] } },
    run(['git'], '/usr/bin/git', ['LD_PRELOAD']),
    'Cannot run "git": "LD_PRELOAD" changes what is loaded into it, which only --allow-run for all programs allows',
  ],
  [
    'the same with all programs',
    { run: everythingAllowed.run },
    run(['git'], '/usr/bin/git', ['LD_PRELOAD']),
    undefined,
  ],

  ['a variable', {}, env('HOME'), `Cannot read the environment variable "HOME": ${hint('--allow-env=HOME')}`],
  ['set', {}, env('A', true), `Cannot set the environment variable "A": ${hint('--allow-env=A')}`],
  ['all variables', {}, env(undefined), `Cannot read all environment variables: ${hint('--allow-env')}`],
  [
    'all variables where some are allowed',
    { env: { allow: ['A'], deny: [] } },
    env(undefined),
    `Cannot read all environment variables: ${hint('--allow-env')}`,
  ],
  [
    'all variables where one is denied',
    { env: { allow: 'all', deny: ['TOKEN'] } },
    env(undefined),
    'Cannot read all environment variables: --deny-env=TOKEN forbids it',
  ],
  ['an allowed one', { env: { allow: ['A', 'B'], deny: [] } }, env('B'), undefined],
  ['by a beginning', { env: { allow: ['AWS_*'], deny: [] } }, env('AWS_REGION', true), undefined],
  [
    'denied by a beginning',
    { env: { allow: 'all', deny: ['AWS_*'] } },
    env('AWS_KEY'),
    'Cannot read the environment variable "AWS_KEY": --deny-env=AWS_* forbids it',
  ],
  [
    'names differ by case',
    { env: { allow: ['home'], deny: [] } },
    env('HOME'),
    `Cannot read the environment variable "HOME": ${hint('--allow-env=HOME')}`,
  ],

  ['a host', {}, net('example.com:443'), `Cannot connect to "example.com:443": ${hint('--allow-net=example.com:443')}`],
  ['any port of a host', { net: { allow: ['example.com'], deny: [] } }, net('example.com:443'), undefined],
  [
    'another port',
    { net: { allow: ['example.com:80'], deny: [] } },
    net('example.com:443'),
    `Cannot connect to "example.com:443": ${hint('--allow-net=example.com:443')}`,
  ],
  ['below a domain', { net: { allow: ['*.example.com'], deny: [] } }, net('a.example.com:443'), undefined],
  [
    'a host that ends like a domain',
    { net: { allow: ['*.example.com'], deny: [] } },
    net('badexample.com'),
    `Cannot connect to "badexample.com": ${hint('--allow-net=badexample.com')}`,
  ],
  [
    'a denied host',
    { net: { allow: 'all', deny: ['example.com'] } },
    net('example.com:80'),
    'Cannot connect to "example.com:80": --deny-net=example.com forbids it',
  ],
];

for (const [title, permissions, request, refusal] of cases) {
  test(`${request.kind}: ${title}`, () => {
    assert.equal(refusalOf({ ...sandbox, ...permissions }, request), refusal);
  });
}

test('without flags everything is allowed', () => {
  for (const request of [
    read('/proc/1/environ'),
    run(['sh', '-c', 'x'], '/bin/sh', ['LD_PRELOAD']),
    env(undefined, true),
    net('x'),
  ])
    assert.equal(refusalOf(everythingAllowed, request), undefined);
});

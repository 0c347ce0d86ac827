import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitArguments } from '../../../runtime/cli/arguments.ts';

function split(line: string): readonly string[] {
  const { own, tiltfileArgs } = splitArguments(line.split(' '));
  return [own.join(' '), tiltfileArgs.join(' ')];
}

test('words after -- are the Tiltfile’s where a command has one, and names elsewhere', () => {
  assert.deepEqual(split('up web -- --x y'), ['up web', '--x y']);
  assert.deepEqual(split('alpha tiltfile-result -f a -- b'), ['alpha tiltfile-result -f a', 'b']);
  assert.deepEqual(split('args -- a -- b'), ['args', 'a -- b']);
  assert.deepEqual(split('create ext a -- --b'), ['create ext a', '--b']);
  assert.deepEqual(split('get cmd -o json -- name'), ['get cmd -o json -- name', '']);
  assert.deepEqual(split('delete cmd -- -name'), ['delete cmd -- -name', '']);
  assert.deepEqual(split('create cmd a sh -c x -- y'), ['create cmd a sh -c x -- y', '']);
});

test('a short flag takes its value with and without =', () => {
  assert.deepEqual(split('get kd -o=jsonpath={.a} -l=x=y'), ['get kd -ojsonpath={.a} -lx=y', '']);
  assert.deepEqual(split('get kd --output=json -- -o=x'), ['get kd --output=json -- -o=x', '']);
  assert.deepEqual(split('create cmd -e=A=b a true'), ['create cmd -e=A=b a true', '']);
});

test('flags of Tilt that have nothing to switch here are passed over', () => {
  assert.deepEqual(split('up --debug --klog=1 --web-mode=prod --legacy=false web -- --debug'), ['up web', '--debug']);
  assert.deepEqual(split('ci -d --klog 1 --update-mode manual web --port 0'), ['ci web --port 0', '']);
  assert.deepEqual(split('--debug get session --verbose -o json'), ['get session -o json', '']);
  assert.deepEqual(split('docker run -d x'), ['docker run -d x', '']);
  assert.deepEqual(split('trigger --web-mode x'), ['trigger --web-mode x', '']);
  assert.deepEqual(split('create cmd a docker run -d'), ['create cmd a docker run -d', '']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyClock } from '../../../runtime/cli/steady-clock.ts';

function clocks(follows: boolean) {
  const machine = { wall: 1_000_000, passed: 50 };
  const clock = steadyClock(follows, { wall: () => machine.wall, passed: () => machine.passed });
  const pass = (ms: number) => {
    machine.wall += ms;
    machine.passed += ms;
  };
  return { machine, clock, pass };
}

for (const jump of [3_600_000, -3_600_000]) {
  test(`a limit does not care when the clock is set by ${jump / 1000} s`, () => {
    const { machine, clock, pass } = clocks(false);
    const before = clock.now();
    pass(1000);
    machine.wall += jump;
    pass(1000);
    assert.equal(clock.now() - before, 2000);
  });

  test(`a long session takes over a clock that is set by ${jump / 1000} s, and goes on evenly from there`, () => {
    const { machine, clock, pass } = clocks(true);
    machine.wall += jump;
    assert.equal(clock.now(), machine.wall);
    pass(1000);
    assert.equal(clock.now(), machine.wall);
  });
}

test('small corrections of the clock change nothing', () => {
  const { machine, clock, pass } = clocks(true);
  const before = clock.now();
  machine.wall -= 500;
  pass(10);
  assert.equal(clock.now() - before, 10);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVersion } from '../../../stdlib/version/semantic-version.ts';
import { TILT_VERSION } from '../../../stdlib/version/tilt-version.ts';
import { parseRange } from '../../../stdlib/version/version-range.ts';

function isIn(range: string, version: string): boolean {
  const parsed = parseRange(range);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  const found = parseVersion(version);
  assert.ok(found.ok);
  return parsed.range(found.version);
}

const ranges: readonly (readonly [range: string, inside: string[], outside: string[]])[] = [
  ['1.2.3', ['1.2.3', '1.2.3+build.7'], ['1.2.4', '1.2.3-rc.1']],
  ['=1.2.3', ['1.2.3'], ['1.2.4']],
  ['!1.2.3', ['1.2.4'], ['1.2.3']],
  ['!=1.2.3', ['1.2.4'], ['1.2.3']],
  ['>1.2.3', ['1.2.10', '2.0.0'], ['1.2.3', '1.2.3-rc.1']],
  ['<= 1.2.3', ['1.2.3', '1.2.3-rc.1', '0.9.9'], ['1.2.4-a']],
  ['>=1.0.0 <2.0.0', ['1.0.0', '1.99.0'], ['0.9.9', '2.0.0']],
  ['>1.0.0 <3.0.0 !2.0.3-beta.2', ['2.0.3', '2.0.3-beta.1'], ['2.0.3-beta.2']],
  ['<1.0.0 || >=3.0.0 !4.2.1', ['0.1.0', '3.0.0', '5.0.0'], ['1.0.0', '4.2.1']],
  ['1.2.x', ['1.2.0', '1.2.99'], ['1.3.0', '1.1.9']],
  ['1.x', ['1.0.0', '1.9.0'], ['2.0.0', '0.9.0']],
  ['>=1.2.x', ['1.2.0', '2.0.0'], ['1.1.9']],
  ['>1.2.x', ['1.3.0'], ['1.2.9']],
  ['<1.2.x', ['1.1.9'], ['1.2.0']],
  ['<=1.2.x', ['1.2.9'], ['1.3.0']],
  // Both conditions would have to hold.
  ['!1.2.x', [], ['1.1.0', '1.2.1', '1.3.0']],
  ['1.0.0-alpha', ['1.0.0-alpha'], ['1.0.0']],
  ['>1.0.0-alpha.1', ['1.0.0-alpha.2', '1.0.0-alpha.1.1', '1.0.0-beta', '1.0.0'], ['1.0.0-alpha', '1.0.0-alpha.0']],
  ['>1.0.0-1', ['1.0.0-a', '1.0.0-2'], ['1.0.0-0']],
];

for (const [range, inside, outside] of ranges) {
  test(`range ${range}`, () => {
    for (const version of inside) assert.equal(isIn(range, version), true, version);
    for (const version of outside) assert.equal(isIn(range, version), false, version);
  });
}

const wrong: readonly (readonly [string, string])[] = [
  ['at least 0.20', 'Could not get version from string: "at"'],
  ['|| 1.0.0', "First element in range is '||'"],
  ['1.0.0 ||', "Last element in range is '||'"],
  ['  ', "Last element in range is '||'"],
  [
    '>=1.0',
    'Could not parse Range ">=1.0": Could not parse version "1.0" in ">=1.0": No Major.Minor.Patch elements found',
  ],
  ['~1.0.0', 'Could not parse Range "~1.0.0": Could not parse comparator "~" in "~1.0.0"'],
  [
    '01.0.0',
    'Could not parse Range "01.0.0": Could not parse version "01.0.0" in "01.0.0": Major number must not contain leading zeroes "01"',
  ],
  [
    '1.a.0',
    'Could not parse Range "1.a.0": Could not parse version "1.a.0" in "1.a.0": Invalid character(s) found in minor number "a"',
  ],
  [
    '1.0.0.0',
    'Could not parse Range "1.0.0.0": Could not parse version "1.0.0.0" in "1.0.0.0": Invalid character(s) found in patch number "0.0"',
  ],
  [
    '1.0.',
    'Could not parse Range "1.0.": Could not parse version "1.0." in "1.0.": strconv.ParseUint: parsing "": invalid syntax',
  ],
  ['1.0.0-', 'Could not parse Range "1.0.0-": Could not parse version "1.0.0-" in "1.0.0-": Prerelease is empty'],
  [
    '1.0.0-01',
    'Could not parse Range "1.0.0-01": Could not parse version "1.0.0-01" in "1.0.0-01": Numeric PreRelease version must not contain leading zeroes "01"',
  ],
  [
    '1.0.0-a_b',
    'Could not parse Range "1.0.0-a_b": Could not parse version "1.0.0-a_b" in "1.0.0-a_b": Invalid character(s) found in prerelease "a_b"',
  ],
  ['1.0.0+', 'Could not parse Range "1.0.0+": Could not parse version "1.0.0+" in "1.0.0+": Build meta data is empty'],
  [
    '1.0.0+a_b',
    'Could not parse Range "1.0.0+a_b": Could not parse version "1.0.0+a_b" in "1.0.0+a_b": Invalid character(s) found in build meta data "a_b"',
  ],
];

for (const [range, message] of wrong) {
  test(`no range: ${range}`, () => assert.deepEqual(parseRange(range), { ok: false, message }));
}

test("Tilt's own version is one", () => {
  assert.ok(parseVersion(TILT_VERSION).ok);
  assert.deepEqual(parseVersion(''), { ok: false, message: 'Version string empty' });
});

import { quote } from '../schema/show.ts';

/** A version by semver.org's rules. Build metadata says nothing about the order and is only checked. */
export interface SemanticVersion {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly prerelease: readonly (bigint | string)[];
}

export type ParsedVersion =
  | { readonly ok: true; readonly version: SemanticVersion }
  /** Why not, in the words of the Go package blang/semver. */
  | { readonly ok: false; readonly message: string };

export function parseVersion(text: string): ParsedVersion {
  if (text === '') return refused('Version string empty');
  const match = /^([^.]*)\.([^.]*)\.([^+-]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text);
  if (!match) return refused('No Major.Minor.Patch elements found');
  const [, major = '', minor = '', patch = '', prerelease, build] = match;
  for (const [part, name] of [
    [major, 'major'],
    [minor, 'minor'],
    [patch, 'patch'],
  ] as const) {
    const problem = numberProblem(part, name);
    if (problem !== undefined) return refused(problem);
  }
  const parts: (bigint | string)[] = [];
  for (const part of prerelease?.split('.') ?? []) {
    if (part === '') return refused('Prerelease is empty');
    if (!/^[0-9A-Za-z-]+$/.test(part)) return refused(`Invalid character(s) found in prerelease ${quote(part)}`);
    if (/^0[0-9]+$/.test(part)) {
      return refused(`Numeric PreRelease version must not contain leading zeroes ${quote(part)}`);
    }
    parts.push(/^[0-9]+$/.test(part) ? BigInt(part) : part);
  }
  for (const part of build?.split('.') ?? []) {
    if (part === '') return refused('Build meta data is empty');
    if (!/^[0-9A-Za-z-]+$/.test(part)) return refused(`Invalid character(s) found in build meta data ${quote(part)}`);
  }
  return { ok: true, version: { numbers: [BigInt(major), BigInt(minor), BigInt(patch)], prerelease: parts } };
}

/** Below zero when `one` is the older, above when it is the newer. */
export function compareVersions(one: SemanticVersion, other: SemanticVersion): number {
  for (const index of [0, 1, 2] as const) {
    const order = compare(one.numbers[index], other.numbers[index]);
    if (order !== 0) return order;
  }
  // A version comes after its own prereleases.
  if (one.prerelease.length === 0 || other.prerelease.length === 0) {
    return compare(other.prerelease.length, one.prerelease.length);
  }
  for (const [index, part] of one.prerelease.entries()) {
    const against = other.prerelease[index];
    if (against === undefined) return 1;
    const order = comparePrerelease(part, against);
    if (order !== 0) return order;
  }
  return compare(one.prerelease.length, other.prerelease.length);
}

/** Numbers come before words. */
function comparePrerelease(one: bigint | string, other: bigint | string): number {
  if (typeof one !== typeof other) return typeof one === 'bigint' ? -1 : 1;
  return compare(one, other);
}

function compare<T extends bigint | number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function numberProblem(part: string, name: string): string | undefined {
  if (!/^[0-9]+$/.test(part)) {
    // Nothing at all holds no wrong character; what reads the number finds that.
    return part === ''
      ? 'strconv.ParseUint: parsing "": invalid syntax'
      : `Invalid character(s) found in ${name} number ${quote(part)}`;
  }
  if (!/^0[0-9]/.test(part)) return undefined;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} number must not contain leading zeroes ${quote(part)}`;
}

function refused(message: string): ParsedVersion {
  return { ok: false, message };
}

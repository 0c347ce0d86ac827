import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userCacheFolder } from '../../../stdlib/extensions/cache-folder.ts';
import { isWithin } from '../../../stdlib/extensions/entry-file.ts';
import { objectName } from '../../../stdlib/extensions/extension-name.ts';
import { publicUrl } from '../../../stdlib/extensions/public-url.ts';

test('the object of an extension has its name without slashes, and not too long', () => {
  assert.equal(objectName('restart_process'), 'restart_process');
  assert.equal(objectName('corp/deep/scan'), 'corp_deep_scan');
  assert.equal(objectName('100%/x'), '100__x');
  assert.equal(objectName('..'), '__');
  assert.equal(objectName('.'), '_');
  assert.equal(objectName('a'.repeat(253)), 'a'.repeat(253));
  // The hash is FNV-1a, as in Tilt.
  assert.equal(objectName('a'.repeat(254)), `${'a'.repeat(244)}-2f86aa63`);
});

test('the cache is where this system has caches', () => {
  assert.equal(userCacheFolder({}, 'linux', '/home/ann'), '/home/ann/.cache/tilt-ts');
  assert.equal(userCacheFolder({ XDG_CACHE_HOME: '/var/c' }, 'linux', '/home/ann'), '/var/c/tilt-ts');
  assert.equal(userCacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux', '/home/ann'), '/home/ann/.cache/tilt-ts');
  assert.equal(userCacheFolder({ XDG_CACHE_HOME: '/var/c' }, 'darwin', '/Users/ann'), '/var/c/tilt-ts');
  assert.equal(userCacheFolder({}, 'darwin', '/Users/ann'), '/Users/ann/Library/Caches/tilt-ts');
  assert.match(userCacheFolder({ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\ann'), /^C:\\Local.tilt-ts$/);
  assert.match(userCacheFolder({}, 'win32', 'C:\\ann'), /^C:\\ann.AppData.Local.tilt-ts$/);
});

test('what lies in a folder', () => {
  assert.ok(isWithin('/repo', '/repo/a/b'));
  assert.ok(isWithin('/repo', '/repo'));
  assert.ok(isWithin('/repo', '/repo/..a'));
  assert.ok(!isWithin('/repo', '/repository'));
  assert.ok(!isWithin('/repo', '/'));
  assert.ok(!isWithin('/repo/a', '/repo/b'));
});

test('names and passwords of an address are not shown', () => {
  assert.equal(publicUrl('https://ann:s3cret@git.test/x@y'), 'https://git.test/x@y');
  assert.equal(publicUrl('https://git.test/@x'), 'https://git.test/@x');
});

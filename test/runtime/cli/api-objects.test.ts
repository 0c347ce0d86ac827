import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject, runProgram } from '../../support/program.ts';

test('ci comes to its end with objects of the API that nothing waits for', async (t) => {
  const cwd = makeProject(t, {
    'Tiltfile.js': `
      local_resource('db', 'true');
      v1alpha1.cmd('reset', { args: ['false'], start_on: { ui_buttons: ['reset'] } });
      v1alpha1.cmd('at-once', { args: ['sh', '-c', 'touch ran'] });
      v1alpha1.ui_button('reset', { text: 'Reset', location: { component_type: 'Resource', component_id: 'db' } });
      v1alpha1.config_map('flags', { data: { off: 'true' } });
      v1alpha1.file_watch('files', { watched_paths: '.' });
      v1alpha1.extension_repo('team', { url: 'https://git.test/nowhere' });`,
  });
  const { code, stdout, stderr } = await runProgram(t, ['ci'], { cwd });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  assert.match(stdout, /^db +done/m);
  assert.doesNotMatch(stdout, /warn|at-once|reset/i);
});

// Two local servers, a build step and a check that calls both. Needs nothing but Node.

const node = 'node';

local_resource('build', [node, 'build.mjs'], {
  deps: ['build.mjs', 'greeting.txt'],
  labels: ['build'],
});

for (const [name, port] of [
  ['english', 18471],
  ['french', 18472],
] as const) {
  local_resource(name, {
    serve_cmd: [node, 'server.mjs', name, String(port)],
    deps: ['server.mjs'],
    resource_deps: ['build'],
    readiness_probe: probe({ period_secs: 1, http_get: http_get_action(port, { path: '/ready' }) }),
    links: [link(`http://localhost:${port}/`, 'greeting')],
    labels: ['servers'],
  });
}

local_resource('check', [node, 'check.mjs', '18471', '18472'], {
  resource_deps: ['english', 'french'],
  labels: ['tests'],
});

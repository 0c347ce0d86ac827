// A page in an image, served by a Deployment, and a check that fetches it through a forwarded port.

docker_build('example/html', '.', { only: ['index.html', 'Dockerfile'] });
k8s_yaml('kubernetes.yaml');
k8s_resource('html', { port_forwards: ['18480:8000'], labels: ['servers'] });

local_resource('check', ['node', 'check.mjs', 'http://127.0.0.1:18480/'], {
  resource_deps: ['html'],
  labels: ['tests'],
});

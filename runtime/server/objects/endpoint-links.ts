import type { ResourceState } from '../../state/state.ts';

interface EndpointLink {
  readonly url: string;
  readonly name?: string;
}

/** Where a resource can be reached: its links, its forwarded ports, the ports that Compose publishes. */
export function endpointLinks({ resource, forwards }: ResourceState): readonly EndpointLink[] {
  const links: EndpointLink[] = resource.links.map(({ url, name }) => link(url, name));
  if (resource.kind === 'kubernetes') {
    for (const [index, { localPort, host, name, linkPath }] of resource.portForwards.entries()) {
      const forward = forwards[index];
      const port = forward?.kind === 'listening' ? forward.localPort : localPort;
      if (port === 0) continue;
      links.push(link(`http://${host === '' ? 'localhost' : host}:${port}/${linkPath.replace(/^\//, '')}`, name));
    }
  }
  if (resource.kind === 'compose' && resource.inferLinks) {
    for (const port of resource.publishedPorts) links.push(link(`http://localhost:${port}/`, ''));
  }
  return links;
}

function link(url: string, name: string): EndpointLink {
  return name === '' ? { url } : { url, name };
}

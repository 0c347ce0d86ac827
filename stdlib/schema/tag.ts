/** The names of the values that builtins make, by tag. */
export interface TagNames {
  /** As the script's author knows it. */
  readonly script: string;
  /** As Tilt's own code calls it. */
  readonly internal: string;
}

const known: Readonly<Record<string, TagNames>> = {
  Blob: { script: 'blob', internal: 'io.Blob' },
  Probe: { script: 'Probe', internal: 'probe.Probe' },
  ExecAction: { script: 'ExecAction', internal: 'probe.ExecAction' },
  HTTPGetAction: { script: 'HTTPGetAction', internal: 'probe.HTTPGetAction' },
  TCPSocketAction: { script: 'TCPSocketAction', internal: 'probe.TCPSocketAction' },
  Link: { script: 'struct', internal: 'links.Link' },
  PortForward: { script: 'port_forward', internal: 'tiltfile.portForward' },
  TriggerMode: { script: 'TriggerMode', internal: 'tiltfile.triggerMode' },
  'git.Repo': { script: 'git.Repo', internal: '*git.Repo' },
  Struct: { script: 'struct', internal: '*starlarkstruct.Struct' },
};

export function tagNames(tag: string): TagNames {
  return known[tag] ?? { script: tag, internal: tag };
}

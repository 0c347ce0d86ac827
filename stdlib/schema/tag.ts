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
  LiveUpdateInitialSync: { script: 'live_update_initial_sync_step', internal: 'tiltfile.liveUpdateInitialSyncStep' },
  LiveUpdateFallBackOn: { script: 'live_update_fall_back_on_step', internal: 'tiltfile.liveUpdateFallBackOnStep' },
  LiveUpdateSync: { script: 'live_update_sync_step', internal: 'tiltfile.liveUpdateSyncStep' },
  LiveUpdateRun: { script: 'live_update_run_step', internal: 'tiltfile.liveUpdateRunStep' },
  LiveUpdateRestartContainer: {
    script: 'live_update_restart_container_step',
    internal: 'tiltfile.liveUpdateRestartContainerStep',
  },
  CustomBuild: { script: 'custom_build', internal: '*tiltfile.customBuild' },
  K8sObjectID: { script: 'K8sObjectID', internal: 'tiltfile.k8sObjectID' },
  TriggerMode: { script: 'TriggerMode', internal: 'tiltfile.triggerMode' },
  'git.Repo': { script: 'git.Repo', internal: '*git.Repo' },
  Struct: { script: 'struct', internal: '*starlarkstruct.Struct' },
};

/** The tag of the values that `v1alpha1.forward` and the like make, which are dicts for scripts. */
export function recordTag(name: string): string {
  return `v1alpha1.${name}`;
}

export function isRecordTag(tag: string): boolean {
  return tag.startsWith('v1alpha1.');
}

export function tagNames(tag: string): TagNames {
  if (isRecordTag(tag)) return { script: 'dict', internal: `*v1alpha1.${typeNameInGo(tag.slice(9))}` };
  return known[tag] ?? { script: tag, internal: tag };
}

/** `http_get_action` is `HTTPGetAction`. */
function typeNameInGo(name: string): string {
  const words = name.split('_').map((word) => {
    return ['http', 'tcp', 'ui'].includes(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
  });
  return words.join('');
}

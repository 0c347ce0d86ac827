export interface ClusterNode {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status?: {
    readonly nodeInfo?: {
      readonly operatingSystem?: string;
      readonly architecture?: string;
      /** Such as `containerd://1.6.20` or `docker://20.10.5`. */
      readonly containerRuntimeVersion?: string;
    };
  };
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** Such as `linux/arm64`; this machine's own architecture when the node is not known. */
export function nodePlatform(node: ClusterNode | undefined): string {
  const labels = node?.metadata?.labels ?? {};
  const info = node?.status?.nodeInfo;
  const os = labels['kubernetes.io/os'] || info?.operatingSystem || 'linux';
  const here = ARCHITECTURES[process.arch] ?? process.arch;
  const architecture = labels['kubernetes.io/arch'] || labels['beta.kubernetes.io/arch'] || info?.architecture || here;
  return `${os}/${architecture}`;
}

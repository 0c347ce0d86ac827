const SEPARATOR = '---\n';

/** The output of `helm template` without the objects that `helm test` runs: what comes from a `tests` folder of a chart. */
export function withoutTests(yaml: string): string {
  return yaml
    .split(SEPARATOR)
    .filter((part) => !/^# Source: .*\/tests\//m.test(part))
    .join(SEPARATOR);
}

export type HelmVersion = '3.0' | '3.1 or later';

/** What `helm version --short` says; nothing when it is not known. Helm 3.3.3 writes warnings before it. */
export function helmVersion(output: string): HelmVersion | undefined {
  const lines = output.trim().split('\n');
  const version = lines.length > 1 ? (lines.at(-1) ?? '') : output;
  if (version.startsWith('v3.0.')) return '3.0';
  return /^(?:v3\.|3\.|v4\.)/.test(version) ? '3.1 or later' : undefined;
}

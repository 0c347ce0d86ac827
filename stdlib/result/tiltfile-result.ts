import path from 'node:path';
import type { LoadedTiltfile } from '../declarations.ts';
import type { Graph } from '../model/graph.ts';
import type { IgnoreRule } from '../model/ignore.ts';
import type { DefaultRegistry } from '../model/kubernetes.ts';
import type { DockerPruneSettings, TiltSettings } from '../model/settings.ts';
import { goDuration } from './go-duration.ts';
import { manifest } from './manifest.ts';
import { objectSet } from './object-set.ts';
import type { ResultObject, ResultValue } from './result-value.ts';

/**
 * What `alpha tiltfile-result` prints, with the field names and the nesting of Tilt's own, so that scripts that read the one
 * read the other. Empty values are left out. `configFiles` are all files whose changes reload the Tiltfile.
 */
export function tiltfileResultJson(
  { graph }: LoadedTiltfile,
  configFiles: readonly string[] = graph.configFiles,
): ResultObject {
  const tiltignore = graph.globalIgnores.find(isTiltignore);
  const watchIgnores = graph.globalIgnores.filter((rule) => !isTiltignore(rule));
  return {
    Manifests: graph.resources.map((resource) => manifest(resource, graph.settings)),
    EnabledManifests: graph.enabled,
    Tiltignore: tiltignore ? ignoreFile(tiltignore) : {},
    ConfigFiles: [...new Set(configFiles)].sort(),
    FeatureFlags: graph.settings.tilt.features,
    TeamID: graph.settings.tilt.team,
    DockerPruneSettings: dockerPrune(graph.settings.dockerPrune),
    AnalyticsOpt: ANALYTICS.indexOf(graph.settings.tilt.analytics),
    VersionSettings: { CheckUpdates: graph.settings.tilt.checkUpdates },
    UpdateSettings: { SuppressUnusedImageWarnings: graph.settings.update.suppressUnusedImageWarnings },
    WatchSettings: { Ignores: watchIgnores.map(ignoreFile) },
    DefaultRegistry: registry(graph.cluster.defaultRegistry),
    CISettings: ciSettings(graph),
    ObjectSet: objectSet(graph.apiObjects),
  };
}

/** Tilt's own numbers. */
const ANALYTICS: readonly TiltSettings['analytics'][] = ['default', 'out', 'in'];
const NANOSECONDS_PER_MS = 1_000_000;

function dockerPrune({ enabled, maxAgeMs, numBuilds, intervalMs, keepRecent }: DockerPruneSettings): ResultObject {
  return {
    Enabled: enabled,
    MaxAge: maxAgeMs * NANOSECONDS_PER_MS,
    NumBuilds: numBuilds,
    Interval: intervalMs * NANOSECONDS_PER_MS,
    KeepRecent: keepRecent,
  };
}

function isTiltignore(rule: IgnoreRule): boolean {
  return path.basename(rule.source) === '.tiltignore';
}

function ignoreFile({ basePath, source, patterns }: IgnoreRule): ResultObject {
  return { LocalPath: basePath, Source: source, Patterns: patterns };
}

function registry(declared: DefaultRegistry | undefined): ResultValue {
  if (!declared) return null;
  return {
    host: declared.host,
    hostFromContainerRuntime: declared.hostFromCluster || undefined,
    singleName: declared.singleName || undefined,
  };
}

function ciSettings({ settings: { ci } }: Graph): ResultObject {
  return {
    k8sGracePeriod: ci.k8sGracePeriodMs === 0 ? undefined : goDuration(ci.k8sGracePeriodMs),
    timeout: goDuration(ci.timeoutMs),
    readinessTimeout: ci.readinessTimeoutMs === 0 ? undefined : goDuration(ci.readinessTimeoutMs),
  };
}

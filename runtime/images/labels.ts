/** On every image that is built here. They are Tilt's own: what it built is pruned, too. */
export const BUILT_LABELS: Readonly<Record<string, string>> = { 'dev.tilt.built': 'true', 'dev.tilt.gc': 'true' };

/** What has it may be pruned by `docker_prune_settings`. */
export const PRUNED_LABEL = 'dev.tilt.gc=true';

import { denoBuiltins } from '../deno/deno-builtins.ts';
import type { Builtin } from '../schema/builtin.ts';
import { blob } from './blob.ts';
import { configBuiltins } from './config.ts';
import { environBuiltins } from './environ.ts';
import { disableFeature, disableSnapshots, enableFeature } from './features.ts';
import { listdir, readFile, watchFile } from './files.ts';
import { decodeJson, encodeJson, readJson } from './json.ts';
import { link } from './link.ts';
import { include, loadDynamic } from './load-module.ts';
import { local } from './local.ts';
import { localAsync } from './local-async.ts';
import { gitRepoPaths, localGitRepo } from './local-git-repo.ts';
import { localResource, test } from './local-resource.ts';
import { getcwd, getenv, putenv, unsetenv } from './os.ts';
import { pathBuiltins } from './os-path.ts';
import { portForward } from './port-forward.ts';
import { exit, fail, print, warn } from './print.ts';
import { execAction, httpGetAction, probe, tcpSocketAction } from './probe.ts';
import { dockerPruneSettings, secretSettings, setTeam, watchSettings } from './program-settings.ts';
import { ciSettings, updateSettings } from './settings.ts';
import { shlexQuote } from './shlex.ts';
import { struct } from './struct.ts';
import { analyticsReport, analyticsSettings, metricsSettings, telemetryCommand } from './telemetry.ts';
import { triggerMode } from './trigger-mode.ts';
import { versionSettings } from './version-settings.ts';
import { decodeYaml, decodeYamlStream, encodeYaml, encodeYamlStream, readYaml, readYamlStream } from './yaml.ts';

/** What every Tiltfile needs, whatever it runs on, in the order of the reference. */
export const generalBuiltins: readonly Builtin[] = [
  localResource,
  test,
  probe,
  execAction,
  httpGetAction,
  tcpSocketAction,
  link,
  portForward,
  triggerMode,
  updateSettings,
  ciSettings,
  watchSettings,
  secretSettings,
  dockerPruneSettings,
  versionSettings,
  ...configBuiltins,
  local,
  localAsync,
  readFile,
  watchFile,
  listdir,
  localGitRepo,
  blob,
  readYaml,
  readYamlStream,
  decodeYaml,
  decodeYamlStream,
  encodeYaml,
  encodeYamlStream,
  readJson,
  decodeJson,
  encodeJson,
  include,
  loadDynamic,
  struct,
  print,
  warn,
  fail,
  exit,
  getcwd,
  getenv,
  putenv,
  unsetenv,
  ...pathBuiltins,
  shlexQuote,
  analyticsSettings,
  setTeam,
  enableFeature,
  disableFeature,
  disableSnapshots,
  analyticsReport,
  metricsSettings,
  telemetryCommand,
];

/** What the prelude is made of; not for scripts. */
export const hiddenBuiltins: readonly Builtin[] = [...environBuiltins, ...denoBuiltins, gitRepoPaths];

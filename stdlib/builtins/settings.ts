import { Refusal } from '../../interpreter/builtin.ts';
import type { ScriptValue } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { stringOrList } from '../schema/collection-types.ts';
import { duration } from '../schema/duration-type.ts';
import { internalTypeName, typeName } from '../schema/kind.ts';
import { timeLimit, timeSpan } from '../schema/limit-types.ts';
import { optional, shownAs, withDefault } from '../schema/parameter.ts';
import { bool, checkedByBuiltin, string } from '../schema/scalar-types.ts';
import { quote, show } from '../schema/show.ts';

const wholeNumber = checkedByBuiltin('number | null');

export const updateSettings = builtin({
  name: 'update_settings',
  doc: 'Sets how resources are updated.',
  parameters: {
    max_parallel_updates: optional(wholeNumber, 'How many updates run at the same time; 3 when not given.'),
    k8s_upsert_timeout_secs: optional(wholeNumber, 'How long one apply to the cluster may take; 30 when not given.'),
    suppress_unused_image_warnings: withDefault(stringOrList, [], 'Images that may stay unused without a warning.'),
    k8s_server_side_apply: withDefault(
      shownAs(string, "'true' | 'false' | 'auto' | ''"),
      '',
      'Whether objects are applied server-side: `"true"`, `"false"` or `"auto"`.',
    ),
    regate_deps: withDefault(
      bool,
      false,
      'Whether `resource_deps` hold back every update: a resource then waits also while one that it depends on updates or is not ready. When not set they hold back only the first one. Tilt has no such setting.',
    ),
  },
  returns: 'void',
  example: 'update_settings({ max_parallel_updates: 5, k8s_upsert_timeout_secs: 60 });',
  run(args, _call, { declarations }) {
    const parallel = numberOf(args.max_parallel_updates, 'max_parallel_updates');
    if (parallel !== undefined && parallel < 1) {
      throw new Refusal(`max number of parallel updates must be >= 1(got: ${parallel})`);
    }
    const timeout = numberOf(args.k8s_upsert_timeout_secs, 'k8s_upsert_timeout_secs');
    if (timeout !== undefined && timeout < 1) {
      throw new Refusal(`minimum k8s upsert timeout is 1s; got ${timeout}s`);
    }
    const serverSideApply = args.k8s_server_side_apply;
    if (!['', 'true', 'false', 'auto'].includes(serverSideApply)) {
      throw new Refusal(
        `update_settings: k8s_server_side_apply must be "true", "false", or "auto"; got ${quote(serverSideApply)}`,
      );
    }
    const before = declarations.updateSettings;
    declarations.updateSettings = {
      ...before,
      ...(parallel === undefined ? {} : { maxParallelUpdates: parallel }),
      ...(timeout === undefined ? {} : { k8sUpsertTimeoutMs: timeout * 1000 }),
      ...(serverSideApply === '' ? {} : { k8sServerSideApply: serverSideApply }),
      ...(args.regate_deps ? { regateDeps: true } : {}),
      suppressUnusedImageWarnings: [
        ...(before.suppressUnusedImageWarnings ?? []),
        ...args.suppress_unused_image_warnings,
      ],
    };
    return undefined;
  },
});

function numberOf(value: ScriptValue, parameter: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const place = `update_settings: for parameter ${quote(parameter)}`;
  if (typeName(value) !== 'int') throw new Refusal(`${place}: got ${internalTypeName(value)}, want int`);
  const number = Number(value);
  if (number < -(2 ** 31) || number >= 2 ** 31) throw new Refusal(`${place}: ${show(value)} out of range`);
  return number;
}

export const ciSettings = builtin({
  name: 'ci_settings',
  doc: 'Sets how long `tilt-ts ci` waits. Times are written like `90s`, `5m` or `1h30m`.',
  parameters: {
    k8s_grace_period: optional(
      duration,
      'How long a workload may be in error before it counts as failed; 0 when not given.',
    ),
    timeout: optional(duration, 'The whole session; 30 minutes when not given.'),
    readiness_timeout: optional(duration, "From a resource's deployment to its readiness; 5 minutes when not given."),
    build_timeout: optional(timeLimit, 'One command or one image build; no limit of its own when not given.'),
    deploy_timeout: optional(timeLimit, 'One apply, or one start by Compose; as update_settings says when not given.'),
    settle: optional(
      timeSpan,
      'How long every server must have been ready without a restart; when not given, 1 second for those without a probe.',
    ),
    keep_going: optional(bool, 'Whether everything that does not depend on a failure is still brought to its end.'),
  },
  returns: 'void',
  example: "ci_settings({ timeout: '10m', readiness_timeout: '90s' });",
  run(args, _call, { declarations }) {
    declarations.ciSettings = {
      ...declarations.ciSettings,
      ...(args.k8s_grace_period === undefined ? {} : { k8sGracePeriodMs: args.k8s_grace_period }),
      ...(args.timeout === undefined ? {} : { timeoutMs: args.timeout }),
      ...(args.readiness_timeout === undefined ? {} : { readinessTimeoutMs: args.readiness_timeout }),
      ...(args.build_timeout === undefined ? {} : { buildTimeoutMs: args.build_timeout }),
      ...(args.deploy_timeout === undefined ? {} : { deployTimeoutMs: args.deploy_timeout }),
      ...(args.settle === undefined ? {} : { settleMs: args.settle }),
      ...(args.keep_going === undefined ? {} : { keepGoing: args.keep_going }),
    };
    return undefined;
  },
});

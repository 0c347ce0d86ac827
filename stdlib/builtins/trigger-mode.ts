import { Refusal } from '../../interpreter/builtin.ts';
import { Tagged } from '../../interpreter/value.ts';
import { builtin } from '../schema/builtin.ts';
import { required } from '../schema/parameter.ts';
import { triggerMode as triggerModeType } from '../schema/resource-types.ts';

export const triggerModes: Readonly<Record<string, Tagged>> = {
  TRIGGER_MODE_AUTO: new Tagged('TriggerMode', { name: 'TRIGGER_MODE_AUTO' }),
  TRIGGER_MODE_MANUAL: new Tagged('TriggerMode', { name: 'TRIGGER_MODE_MANUAL' }),
};

export const triggerMode = builtin({
  name: 'trigger_mode',
  doc: 'Sets when resources update that say nothing about it themselves. Can be called once.',
  parameters: { trigger_mode: required(triggerModeType, 'TRIGGER_MODE_AUTO or TRIGGER_MODE_MANUAL.') },
  returns: 'void',
  example:
    "// Nothing runs again by itself but what says so.\ntrigger_mode(TRIGGER_MODE_MANUAL);\nlocal_resource('lint', 'npm run lint', { deps: ['src'], trigger_mode: TRIGGER_MODE_AUTO });",
  run({ trigger_mode }, call, { declarations }) {
    const before = declarations.triggerMode?.position;
    if (before !== undefined) {
      const place = `${before.file}:${before.line}:${before.column}`;
      throw new Refusal(`${call.name} can only be called once. It was already called at ${place}`);
    }
    declarations.triggerMode = { mode: trigger_mode, position: call.position };
    return undefined;
  },
});

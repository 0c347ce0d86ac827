import { list, record, strings } from './schema.ts';

// Parts that several kinds have.

const configMapKey = record({ name: 'string', key: 'string' });
export const disableSource = record({ configMap: configMapKey, everyConfigMap: list(configMapKey) });
export const disableStatus = record({
  disabled: 'boolean',
  lastUpdateTime: 'time',
  reason: 'string',
  state: 'string',
});
export const restartOn = record({ fileWatches: strings, uiButtons: strings });
export const stopOn = record({ uiButtons: strings });
export const ignores = list(record({ basePath: 'string', patterns: strings }));

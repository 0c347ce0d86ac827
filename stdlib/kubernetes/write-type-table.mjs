// Writes type-table.ts: what fields the built-in Kubernetes kinds have, taken from the classes that @kubernetes/client-node generates
// from Kubernetes' own API description. Run it after an update of that package; with --check it only says whether that is needed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const gen = `${path.dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node/package.json'))}/dist/gen`;

/** Groups whose objects Tilt takes as they are, and those that nobody writes into a file. */
const LEFT_OUT =
  /^(apiextensions|apiregistration|authentication|authorization|internal|resource|storagemigration|events)\b/;
/** Fields that hold quantities, which the classes take for strings. */
const QUANTITIES = {
  V1ResourceRequirements: ['limits', 'requests'],
  V1VolumeResourceRequirements: ['limits', 'requests'],
  V1ResourceQuotaSpec: ['hard'],
  V1LimitRangeItem: ['_default', 'default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'],
  V1PersistentVolumeSpec: ['capacity'],
  V1PodSpec: ['overhead'],
  V1Overhead: ['podFixed'],
  V1EmptyDirVolumeSource: ['sizeLimit'],
  V1ResourceFieldSelector: ['divisor'],
  V1CSIStorageCapacity: ['capacity', 'maximumVolumeSize'],
  V2MetricTarget: ['averageValue', 'value'],
  V2HPAScalingRules: ['tolerance'],
};
/** Older versions that had the same fields. */
const SAME_AS = {
  'apps/v1': ['apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1'],
  'batch/v1': ['batch/v1beta1'],
  'policy/v1': ['policy/v1beta1'],
  'rbac.authorization.k8s.io/v1': ['rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1alpha1'],
};

const kinds = new Map();
for (const file of readdirSync(`${gen}/apis`).filter((name) => /^[A-Z]\w+V\d\w*Api\.js$/.test(name))) {
  const text = readFileSync(`${gen}/apis/${file}`, 'utf8');
  for (const method of text.split(/\n {4}async /).filter((one) => one.startsWith('create'))) {
    const version = /localVarPath = '\/api(?:s)?\/([\w.-]+(?:\/v\w+)?)\//.exec(method)?.[1];
    const model = /ObjectSerializer\.serialize\(body, "(\w+)"/.exec(method)?.[1];
    if (!version || !model || LEFT_OUT.test(version) || /alpha/.test(version)) continue;
    const kind = model.replace(/^(?:Core|Events|Networking|Storage)?V\d+(?:(?:alpha|beta)\d+)?/, '');
    kinds.set(`${version} ${kind}`, model);
  }
}
for (const [version, others] of Object.entries(SAME_AS)) {
  for (const [key, model] of [...kinds]) {
    const [own, kind] = key.split(' ');
    if (own === version)
      for (const other of others) if (!kinds.has(`${other} ${kind}`)) kinds.set(`${other} ${kind}`, model);
  }
}

const models = new Map();
async function addModel(name) {
  if (models.has(name)) return;
  models.set(name, '');
  const { [name]: model } = await import(pathToFileURL(`${gen}/models/${name}.js`).href);
  const fields = [];
  for (const { name: own, baseName, type, format } of model.attributeTypeMap) {
    if (/Status$/.test(type) && baseName === 'status') continue;
    const isQuantity = QUANTITIES[name]?.includes(own) || QUANTITIES[name]?.includes(baseName);
    fields.push(`${baseName}:${await code(type, format, isQuantity)}`);
  }
  models.set(name, fields.join(' '));
}

/** One letter for a plain type; `[` a list, `{` a map with string keys, then the type of the members; else a model's name. */
async function code(type, format, isQuantity) {
  const list = /^(?:Array|Set)<(.*)>$/.exec(type)?.[1];
  if (list) return `[${await code(list, format, isQuantity)}`;
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (map) return `{${await code(map, format, isQuantity)}`;
  if (isQuantity) return 'q';
  if (type === 'string') return format === 'byte' ? 'y' : 's';
  if (type === 'number') return format.startsWith('int') ? 'n' : 'd';
  if (type === 'boolean') return 'b';
  if (type === 'IntOrString') return 'i';
  if (type === 'Date' || type === 'V1MicroTime') return 's';
  if (type === 'any' || type === 'object') return 'a';
  await addModel(type);
  return type;
}

for (const model of new Set(kinds.values())) await addModel(model);
const byModel = [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, fields]) => `${name} ${fields}`);
const byKind = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, model]) => `${key} ${model}`);
const table = `// Written by write-type-table.mjs: change it there.

/** A line for each kind: its version, its name, the type that its objects have. */
export const KINDS = \`${byKind.join('\n')}\`;

/** A line for each type: its name and its fields, \`name:type\`. Types are explained in object-type.ts. */
export const TYPES = \`${byModel.join('\n')}\`;
`;
const file = path.join(import.meta.dirname, 'type-table.ts');
if (!process.argv.includes('--check')) {
  writeFileSync(file, table);
  console.log(`wrote stdlib/kubernetes/type-table.ts: ${kinds.size} kinds, ${models.size} types`);
} else if (readFileSync(file, 'utf8') !== table) {
  console.error('stdlib/kubernetes/type-table.ts is not what @kubernetes/client-node says now: run "npm run generate"');
  process.exitCode = 1;
}

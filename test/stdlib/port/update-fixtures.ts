// Writes what the fixtures' Tiltfiles are ported to now: node --import tsx test/stdlib/port/update-fixtures.ts
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { portedName } from '../../../stdlib/port/port.ts';
import { FIXTURES, fixtureNames, portFile } from './fixtures.ts';

for (const name of fixtureNames) {
  const result = portFile(path.join(FIXTURES, name, 'Tiltfile'), { isTypescript: true, withLoads: true });
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problems)}`);
  for (const file of result.files) writeFileSync(portedName(file.path, true), file.text);
}

// Stands in for a program under measurement: node stand-in.mjs MODE COMMAND… -f TILTFILE
import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';

const [mode, command] = process.argv.slice(2);
const folder = path.dirname(process.argv[process.argv.indexOf('-f') + 1]);
const stamp = () => execFile('sh', ['-c', 'date +%s%N >> stamps'], { cwd: folder });

if (mode === 'broken') {
  console.log('it is broken');
  process.exit(3);
}
console.log(`doing ${command}`);
if (command === 'up') {
  if (mode !== 'lazy') watch(path.join(folder, 'watched.txt'), stamp);
  stamp();
  setInterval(() => {}, 1000);
  process.on('SIGINT', () => process.exit(0));
} else if (mode === 'hangs') {
  setInterval(() => {}, 1000);
}

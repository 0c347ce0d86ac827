// Turns greeting.txt into the module that the servers load.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const greetings = Object.fromEntries(
  readFileSync('greeting.txt', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(': ')),
);
mkdirSync('out', { recursive: true });
writeFileSync('out/greetings.json', JSON.stringify(greetings));
console.log(`built ${Object.keys(greetings).length} greetings`);

// Calls each server once and fails unless it greets: node check.mjs PORT…
import { get } from 'node:http';

for (const port of process.argv.slice(2)) {
  get({ host: '127.0.0.1', port, agent: false }, (response) => {
    response.setEncoding('utf8').on('data', (text) => {
      console.log(`port ${port} says: ${text.trim()}`);
      if (response.statusCode !== 200 || !text.includes(', world')) process.exitCode = 1;
    });
  });
}

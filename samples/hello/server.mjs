// A server that greets in one language: node server.mjs LANGUAGE PORT
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [language, port] = process.argv.slice(2);
const greeting = JSON.parse(readFileSync('out/greetings.json', 'utf8'))[language];

createServer((request, response) => {
  response.end(request.url === '/ready' ? 'ok\n' : `${greeting}, world\n`);
}).listen(Number(port), '127.0.0.1', () => console.log(`${language} listens on port ${port}`));

// A command that does what a test tells it over a socket: node controlled-command.mjs SOCKET NAME
import { spawn } from 'node:child_process';
import { connect } from 'node:net';

const [socketPath, name] = process.argv.slice(2);
const socket = connect(socketPath);
const tell = (message) => socket.write(`${JSON.stringify(message)}\n`);

const actions = {
  exit: ({ code }) => process.exit(code),
  print: ({ bytes, stream, times = 1 }) => {
    const data = Buffer.from(bytes, 'base64');
    let left = times;
    const next = () => {
      if (left-- > 0) process[stream].write(data, next);
      else tell({ done: 'print' });
    };
    next();
  },
  ignore: ({ signal }) => {
    process.on(signal, () => {});
    tell({ done: 'ignore' });
  },
  // Says something before it obeys SIGTERM.
  farewell: ({ text }) => {
    process.on('SIGTERM', () => process.stdout.write(text, () => process.exit(0)));
    tell({ done: 'farewell' });
  },
  // Another one of these below this one, in a session of its own or not.
  child: ({ as, detached }) => {
    spawn(process.execPath, [process.argv[1], socketPath, as], { stdio: 'inherit', detached });
  },
};

let text = '';
socket.on('data', (chunk) => {
  text += chunk;
  const lines = text.split('\n');
  text = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    actions[message.action](message);
  }
});
socket.on('error', () => process.exit(99));
socket.on('close', () => process.exit(98));
tell({ name, pid: process.pid, env: process.env, dir: process.cwd() });

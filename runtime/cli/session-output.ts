import { createLogFiles } from '../disk/log-files.ts';
import { stateFolder } from '../disk/state-folder.ts';
import type { Session } from '../engine/session.ts';
import { LogJson } from '../report/log-json.ts';
import { type LogPrinter, LogStream } from '../report/log-stream.ts';
import { LogText } from '../report/log-text.ts';
import { Terminal } from '../report/terminal/terminal.ts';
import type { LogFilter } from '../state/log-filter.ts';
import type { LogStore } from '../state/log-store.ts';
import { openInBrowser } from './open-in-browser.ts';

/** How the log of a session is printed. */
export interface OutputFlags {
  readonly logFilter?: LogFilter | undefined;
  /** Lines only, also in a terminal. */
  readonly stream?: boolean | undefined;
  /** An object of JSON a line. */
  readonly json?: boolean | undefined;
  /** `json`: an event a line, which the reports write. */
  readonly output?: 'text' | 'json' | undefined;
}

/** The standard output of a session. */
export interface SessionOutput {
  readonly printer: LogPrinter;
  /** `pageUrl` answers where the session's page is, if it has one. */
  start(session: Session, pageUrl?: () => string | undefined): void;
  /** The session is ending. */
  stopping(): void;
  /** Gives the terminal back; what is printed from now on are plain lines. */
  close(): Promise<void>;
}

export function sessionOutput(mode: 'ci' | 'up', flags: OutputFlags, log: LogStore): SessionOutput {
  const filter = flags.logFilter ?? {};
  const isForPeople = !flags.stream && !flags.json && flags.output !== 'json';
  const isTerminal = process.stdout.isTTY === true && process.env.TERM !== 'dumb';
  if (mode === 'up' && isTerminal && isForPeople) return inTerminal(filter, log);
  // Where the disk takes nothing, text waits in memory, and nothing is lost.
  const archive = createLogFiles({ folder: () => stateFolder(process.env), onProblem: () => undefined });
  const form = flags.json
    ? { renderer: new LogJson(), onlyLines: true }
    : { renderer: new LogText({ names: filter.resources?.size !== 1 }) };
  const printer = new LogStream(process.stdout, { filter, archive, ...form });
  return { printer, start: () => undefined, stopping: () => undefined, close: () => printer.flush() };
}

function inTerminal(filter: LogFilter, log: LogStore): SessionOutput {
  let page: () => string | undefined = () => undefined;
  const terminal = new Terminal({
    output: process.stdout,
    input: process.stdin,
    log,
    filter,
    openPage: () => {
      const url = page();
      if (url === undefined) return 'this session has no page';
      openInBrowser(url);
      return `opening ${url}`;
    },
    // As the terminal itself does when keys are not read one by one.
    stop: () => process.kill(process.pid, 'SIGINT'),
  });
  return {
    printer: terminal,
    start: (session, pageUrl = page) => {
      page = pageUrl;
      terminal.start(session);
    },
    stopping: () => terminal.stopping(),
    close: () => terminal.close(),
  };
}

import { gray } from 'kleur/colors';
import { schedule } from '../../engine/schedule.ts';
import type { Session } from '../../engine/session.ts';
import { type LogFilter, matchesFilter } from '../../state/log-filter.ts';
import type { LogLine } from '../../state/log-line.ts';
import type { LogStore } from '../../state/log-store.ts';
import { type LogPrinter, LogStream } from '../log-stream.ts';
import { LogText } from '../log-text.ts';
import { keysIn } from './key-input.ts';
import { RawTerminal, type TerminalInput } from './raw-terminal.ts';
import { Screen } from './screen.ts';
import { statusLines } from './status-lines.ts';
import { FIRST_VIEW, press, type View, type ViewAction, withNames } from './view.ts';

/** The terminal's side to which is written. */
export type TerminalOutput = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export interface TerminalOptions {
  readonly output: TerminalOutput;
  readonly input: TerminalInput;
  readonly log: LogStore;
  /** Which lines are shown at all. */
  readonly filter: LogFilter;
  /** Opens the page; answers a sentence that says what happened. */
  readonly openPage: () => string;
  /** The person wants the program to end; called again with each further wish. */
  readonly stop: () => void;
}

/** At most so often is the state drawn, and so often while something runs, in milliseconds. */
const REDRAW_MS = 80;
const TICK_MS = 1000;
const DEFAULT_SIZE = { columns: 80, rows: 24 };

const HELP = [
  'space       open the page in the browser',
  '↑ ↓ tab     select a resource',
  's           show only the lines of the selected resource, or everything again',
  'r           update and restart the selected resource',
  '/           show only lines that hold a text; enter sets it, escape takes it back',
  'escape      show everything again',
  'q, Ctrl-C   stop everything and end; a second Ctrl-C ends at once',
  'Ctrl-Z      suspend, fg goes on',
];

/** The log of a session in a terminal: lines run through, the lowest ones show the state, keys choose and act. */
export class Terminal implements LogPrinter {
  readonly #options: TerminalOptions;
  readonly #screen = new Screen();
  readonly #stream: LogStream;
  readonly #raw: RawTerminal;
  readonly #text: LogText;
  #session: Session | undefined;
  #view: View = FIRST_VIEW;
  #hasKeys = false;
  #isStopping = false;
  /** Lines that come while older ones are looked up. */
  #held: LogLine[] | undefined;
  #lookups = 0;
  #redraw: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;
  readonly #drawNow = () => this.#draw();
  readonly #suspend = () => this.suspend();
  readonly #resume = () => this.#enter();
  /** Whatever the program prints when it crashes, and the shell, begin on a line of their own. */
  readonly #leaveAtExit = () => this.#options.output.write(this.#screen.clear(this.#columns));

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#text = new LogText();
    this.#stream = new LogStream(options.output, { frame: (text) => this.#screen.print(text, this.#columns) });
    this.#raw = new RawTerminal(options.input, (text) => this.#pressed(text));
  }

  /** Begins to show the session's state and to listen to keys. */
  start(session: Session): void {
    this.#session = session;
    session.subscribe(() => this.#changed());
    process.on('exit', this.#leaveAtExit);
    process.on('SIGTSTP', this.#suspend);
    process.on('SIGCONT', this.#resume);
    this.#options.output.on('resize', this.#drawNow);
    this.#enter();
  }

  line(line: LogLine): void {
    if (!this.#wants(line)) return;
    if (this.#held !== undefined) this.#held.push(line);
    else this.#stream.write(this.#text.render(line));
  }

  write(text: string): void {
    this.#stream.write(text);
  }

  backlog(): Promise<void> | undefined {
    return this.#stream.backlog();
  }

  flush(): Promise<void> {
    return this.#stream.flush();
  }

  /** The session is ending. */
  stopping(): void {
    this.#isStopping = true;
    this.#draw();
  }

  /** Gives the terminal back as it was; what is written from now on are plain lines. */
  async close(): Promise<void> {
    clearTimeout(this.#redraw);
    clearInterval(this.#tick);
    process.removeListener('exit', this.#leaveAtExit);
    process.removeListener('SIGTSTP', this.#suspend);
    process.removeListener('SIGCONT', this.#resume);
    this.#options.output.removeListener('resize', this.#drawNow);
    this.#session = undefined;
    await this.#stream.flush();
    this.#options.output.write(this.#screen.clear(this.#columns));
    this.#raw.leave();
  }

  /** Gives the terminal back and lets the shell go on, until the program is continued. */
  suspend(): void {
    this.#options.output.write(this.#screen.clear(this.#columns));
    this.#raw.leave();
    process.kill(process.pid, 'SIGSTOP');
  }

  get #columns(): number {
    return this.#options.output.columns || DEFAULT_SIZE.columns;
  }

  get #rows(): number {
    return this.#options.output.rows || DEFAULT_SIZE.rows;
  }

  #enter(): void {
    if (this.#session === undefined) return;
    this.#hasKeys = this.#raw.enter();
    this.#draw();
  }

  #wants(line: LogLine): boolean {
    const { scope, selected, filter } = this.#view;
    if (scope === 'selected' && line.resource !== selected) return false;
    if (!matchesFilter(this.#options.filter, line)) return false;
    return filter === '' || `${line.resource} ${line.text}`.toLowerCase().includes(filter.toLowerCase());
  }

  #changed(): void {
    const names = this.#session?.state.resources.names() ?? [];
    this.#view = withNames(this.#view, [...names]);
    this.#redraw ??= setTimeout(() => this.#draw(), REDRAW_MS);
  }

  #draw(): void {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    const state = this.#session?.state;
    if (state === undefined) return;
    const { selected } = this.#view;
    const row = selected === undefined ? undefined : state.resources.get(selected);
    const hold = row?.pending === undefined ? undefined : schedule(state).holds.get(row.resource.name);
    const lines = statusLines(
      {
        state,
        view: this.#view,
        hold,
        now: Date.now(),
        hasKeys: this.#hasKeys,
        isStopping: this.#isStopping,
      },
      this.#columns,
    );
    this.#options.output.write(this.#screen.show(lines, this.#columns));
    this.#tickWhile(
      [...state.resources].some(({ update }) => update.kind === 'running') || state.tiltfile.load.kind === 'loading',
    );
  }

  /** Times that are shown go on. */
  #tickWhile(isBusy: boolean): void {
    if (!isBusy) {
      clearInterval(this.#tick);
      this.#tick = undefined;
    } else this.#tick ??= setInterval(() => this.#draw(), TICK_MS);
  }

  #pressed(text: string): void {
    const names = [...(this.#session?.state.resources.names() ?? [])];
    for (const key of keysIn(text)) {
      const { view, action } = press(this.#view, key, names);
      this.#view = view;
      if (action !== undefined) this.#act(action);
    }
    this.#draw();
  }

  #act(action: ViewAction): void {
    switch (action.kind) {
      case 'open-page':
        this.#note(this.#options.openPage());
        break;
      case 'stop':
        this.#options.stop();
        break;
      case 'suspend':
        this.suspend();
        break;
      case 'redraw':
        this.#options.output.write(`${this.#screen.clear(this.#columns)}\u001b[H\u001b[2J`);
        this.#showAgain();
        break;
      case 'help':
        this.write(`\n${HELP.map((line) => `  ${line}`).join('\n')}\n\n`);
        break;
      case 'restart':
        this.#session?.trigger(action.resource, 'cli');
        break;
      case 'show-again':
        this.#showAgain();
        break;
    }
  }

  #note(text: string): void {
    this.write(`${gray(`── ${text} ──`)}\n`);
  }

  /** The newest lines that are wanted now, as many as fit on the screen; those that come meanwhile wait. */
  #showAgain(): void {
    const { log, filter } = this.#options;
    const { scope, selected, filter: text } = this.#view;
    const about = scope === 'selected' ? `only ${selected}` : 'everything';
    this.#note(text === '' ? about : `${about}, with "${text}"`);
    const lookup = ++this.#lookups;
    this.#held = [];
    const resources = scope === 'selected' && selected !== undefined ? new Set([selected]) : filter.resources;
    void this.#newest(log, { ...filter, resources }, log.newest + 1).then((lines) => {
      if (lookup !== this.#lookups) return;
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const line of [...lines, ...held]) this.line(line);
    });
  }

  async #newest(log: LogStore, filter: LogFilter, end: number): Promise<readonly LogLine[]> {
    const found: LogLine[] = [];
    const wanted = Math.max(1, this.#rows - 4);
    for (let before = end, more = true; more && found.length < wanted; ) {
      const page = await log.page({ filter, before, limit: PAGE_LINES });
      found.unshift(...page.lines.filter((line) => this.#wants(line)));
      ({ start: before, more } = page);
    }
    return found.slice(-wanted);
  }
}

/** Lines that are looked through at once. */
const PAGE_LINES = 1000;

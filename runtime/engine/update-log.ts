import type { Clock, Output, StepListener } from './ports.ts';

const INDENT = '     ';

interface ClosedStep {
  readonly title: string;
  readonly ms: number;
}

/** Writes the headings of an update's parts, as Tilt does, and at the end how long each took. */
export class StepLog {
  readonly #clock: Clock;
  readonly #output: Output;
  readonly #startedAt: number;
  readonly #expected: number;
  readonly #closed: ClosedStep[] = [];
  #begun = 0;

  /** `expected`: how many steps there will be. */
  constructor(clock: Clock, output: Output, expected: number) {
    this.#clock = clock;
    this.#output = output;
    this.#startedAt = clock.now();
    this.#expected = expected;
  }

  /** A listener that writes headings and hands everything on. */
  around(inner: StepListener): StepListener {
    return {
      begin: (kind, title) => {
        const startedAt = this.#clock.now();
        this.#begun++;
        const number = this.#begun;
        this.#output.write(`STEP ${number}/${Math.max(number, this.#expected)} — ${title}\n`);
        const end = inner.begin(kind, title);
        return () => {
          this.#closed.push({ title, ms: this.#clock.now() - startedAt });
          this.#output.write('\n');
          end();
        };
      },
    };
  }

  summary(): void {
    for (const [index, { title, ms }] of this.#closed.entries()) {
      this.#output.write(`${INDENT}Step ${index + 1} - ${seconds(ms)} (${title})\n`);
    }
    this.#output.write(`${INDENT}DONE IN: ${seconds(this.#clock.now() - this.#startedAt)}\n\n`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)}s`;
}

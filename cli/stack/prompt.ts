import { createInterface, type Interface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import { UserError } from "../../lib/errors";

/** Asks questions on a terminal, or takes the answers from a file or pipe, one a line. */
export class Prompt {
  readonly #lines: Interface;
  readonly #output: Writable;
  /** Questions that wait for a line. */
  readonly #waiting: ((line: string | undefined) => void)[] = [];
  /** Lines that came before their question. */
  readonly #early: string[] = [];
  #ended = false;
  /** Whether typed characters are shown. */
  #echo = true;

  constructor(
    input: Readable & { isTTY?: boolean } = process.stdin,
    output: Writable = process.stdout,
  ) {
    this.#output = output;
    const terminal = input.isTTY === true;
    // What readline would echo goes through here, so that a secret never shows.
    const echo = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (this.#echo) this.#output.write(chunk);
        done();
      },
    });
    this.#lines = createInterface({ input, terminal, output: echo });
    this.#lines.on("line", (line) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#early.push(line);
      else next(line);
    });
    this.#lines.on("close", () => {
      this.#ended = true;
      for (const next of this.#waiting.splice(0)) next(undefined);
    });
  }

  /**
   * Asks one question and returns the answer without surrounding spaces.
   *
   * @param hidden whether the answer isn't shown while it is typed.
   * @throws UserError where the input has ended.
   */
  async ask(question: string, hidden = false): Promise<string> {
    this.#output.write(question);
    this.#echo = !hidden;
    const line = this.#early.shift() ?? (await this.#next());
    this.#echo = true;
    if (hidden) this.#output.write("\n");
    if (line !== undefined) return line.trim();
    throw new UserError(
      `The input ended at the question "${question.trim()}".`,
      "Answer every question, or leave a line empty for its default.",
    );
  }

  /** Stops reading the input. */
  close(): void {
    this.#lines.close();
  }

  #next(): Promise<string | undefined> {
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

import type { Screen } from "./console-progress";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const clearLine = "\r\u001b[2K";

/** The last line of a terminal, redrawn while work is under way. */
export class LiveLine {
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  /** @param text what is under way now */
  constructor(
    private readonly screen: Screen,
    private readonly text: () => string,
  ) {}

  /** Begins to redraw; calling it again changes nothing. */
  start(): void {
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, 120).unref();
  }

  /** Takes the line away and leaves the terminal to others. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.screen.write(clearLine);
  }

  /** Prints a line that stays, above the live one. */
  above(line: string): void {
    this.screen.write(`${this.#timer ? clearLine : ""}${line}\n`);
    if (this.#timer) this.#draw();
  }

  #draw(): void {
    const frame = frames[this.#frame++ % frames.length] ?? "";
    const width = (this.screen.columns ?? 80) - 1;
    this.screen.write(`${clearLine}${`${frame} ${this.text()}`.slice(0, width)}`);
  }
}

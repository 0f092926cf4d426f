import type { Screen } from "./screen";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const CLEAR_LINE = "\r\u001b[2K";

/** The last line of a terminal, redrawn while steps are running. */
export class LiveLine {
  readonly #screen: Screen;
  readonly #text: () => string;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  /** @param text returns what is running now. */
  constructor(screen: Screen, text: () => string) {
    this.#screen = screen;
    this.#text = text;
  }

  /** Starts redrawing. Does nothing if it has already started. */
  start(): void {
    this.#timer ??= setInterval(() => {
      this.#draw();
    }, 120).unref();
  }

  /** Clears the line and stops redrawing. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#screen.write(CLEAR_LINE);
  }

  /** Prints a line that stays, above the live one. */
  above(line: string): void {
    this.#screen.write(`${this.#timer ? CLEAR_LINE : ""}${line}\n`);
    if (this.#timer) this.#draw();
  }

  #draw(): void {
    const frame = frames[this.#frame++ % frames.length] ?? "";
    const width = (this.#screen.columns ?? 80) - 1;
    this.#screen.write(`${CLEAR_LINE}${`${frame} ${this.#text()}`.slice(0, width)}`);
  }
}

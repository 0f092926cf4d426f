import { AsyncLocalStorage } from "node:async_hooks";
import { duration } from "./duration";
import { LiveLine } from "./live-line";
import type { Progress } from "./progress";
import type { Screen } from "./screen";

interface Step {
  title: string;
  depth: number;
  start: number;
  /** Whether its title has been printed. */
  announced: boolean;
  parent: Step | undefined;
}

/** A step shorter than this is printed once, at its end. */
const ANNOUNCE_AFTER_MS = 1500;
/** Without a live line, a long step reports at this interval that it is still running. */
const HEARTBEAT_MS = 60_000;

/**
 * Draws steps with their times: on a terminal with a live line of the running steps, in logs and CI line
 * by line. Steps nest and run at the same time; a note belongs to the step that it was made in.
 */
export class ConsoleProgress implements Progress {
  readonly #started = Date.now();
  readonly #current = new AsyncLocalStorage<Step>();
  readonly #active = new Set<Step>();
  readonly #live: LiveLine | undefined;

  readonly #screen: Screen;

  constructor(screen: Screen = process.stdout) {
    this.#screen = screen;
    if (screen.isTTY) this.#live = new LiveLine(screen, () => this.#runningSteps());
  }

  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const parent = this.#current.getStore();
    const depth = parent === undefined ? 0 : parent.depth + 1;
    const step: Step = { title, depth, start: Date.now(), announced: false, parent };
    this.#active.add(step);
    this.#live?.start();
    const timers = this.#live ? [] : this.#plainTimers(step);
    try {
      const result = await this.#current.run(step, work);
      this.#line(step, `✓ ${title}  ${duration(Date.now() - step.start)}`);
      return result;
    } catch (error) {
      this.#line(step, `✗ ${title}  ${duration(Date.now() - step.start)}`);
      throw error;
    } finally {
      for (const timer of timers) clearTimeout(timer);
      this.#active.delete(step);
      if (this.#active.size === 0) this.#live?.stop();
    }
  }

  note(line: string): void {
    const step = this.#current.getStore();
    if (step !== undefined) this.#announce(step);
    this.#print((step?.depth ?? -1) + 1, `· ${line}`);
  }

  /** Prints a line that belongs to no step. */
  say(line: string): void {
    this.#print(0, line);
  }

  /** Returns the time since this object was created. */
  total(): string {
    return duration(Date.now() - this.#started);
  }

  #plainTimers(step: Step): NodeJS.Timeout[] {
    const announce = setTimeout(() => {
      this.#announce(step);
    }, ANNOUNCE_AFTER_MS);
    const heartbeat = setInterval(() => {
      if (this.#innermost().includes(step)) {
        this.#print(step.depth, `… ${step.title}: ${duration(Date.now() - step.start)} so far`);
      }
    }, HEARTBEAT_MS);
    return [announce.unref(), heartbeat.unref()];
  }

  /** Prints a step's title before its first line. */
  #announce(step: Step): void {
    if (step.announced || this.#live) return;
    if (step.parent) this.#announce(step.parent);
    step.announced = true;
    this.#print(step.depth, `… ${step.title}`);
  }

  #line(step: Step, text: string): void {
    if (step.parent) this.#announce(step.parent);
    this.#print(step.depth, text);
  }

  #print(depth: number, text: string): void {
    const indented = "  ".repeat(depth) + text;
    if (this.#live) this.#live.above(indented);
    else this.#screen.write(`${indented}\n`);
  }

  /** Returns the running steps without a running step inside. */
  #innermost(): Step[] {
    const parents = new Set([...this.#active].map((step) => step.parent));
    return [...this.#active].filter((step) => !parents.has(step));
  }

  #runningSteps(): string {
    return this.#innermost()
      .map((step) => `${step.title} (${duration(Date.now() - step.start)})`)
      .join(" · ");
  }
}

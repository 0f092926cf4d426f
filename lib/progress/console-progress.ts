import { AsyncLocalStorage } from "node:async_hooks";
import type { Progress } from "./progress";
import { duration } from "./duration";
import { LiveLine } from "./live-line";

/** What steps are drawn on: a terminal, or a file in which nothing can be redrawn. */
export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

interface Step {
  title: string;
  depth: number;
  start: number;
  /** Whether its title has been printed already. */
  announced: boolean;
  parent: Step | undefined;
}

/** A step shorter than this is printed once, when it is over. */
const announceAfter = 1500;
/** Without a live line, a long step says now and then that it is still at work. */
const heartbeatEvery = 60_000;

/**
 * Draws steps with their times: on a terminal with a live line of what is under way, elsewhere (logs,
 * CI) line by line. Steps nest and run side by side; each note finds its own step.
 */
export class ConsoleProgress implements Progress {
  readonly #started = Date.now();
  readonly #current = new AsyncLocalStorage<Step>();
  readonly #active = new Set<Step>();
  readonly #live: LiveLine | undefined;

  constructor(private readonly screen: Screen = process.stdout) {
    if (screen.isTTY) this.#live = new LiveLine(screen, () => this.#underWay());
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

  /** A line that belongs to no step. */
  say(line: string): void {
    this.#print(0, line);
  }

  /** The time since this program began. */
  total(): string {
    return duration(Date.now() - this.#started);
  }

  #plainTimers(step: Step): NodeJS.Timeout[] {
    const announce = setTimeout(() => {
      this.#announce(step);
    }, announceAfter);
    const heartbeat = setInterval(() => {
      if (this.#innermost().includes(step)) {
        this.#print(step.depth, `… ${step.title}: ${duration(Date.now() - step.start)} so far`);
      }
    }, heartbeatEvery);
    return [announce.unref(), heartbeat.unref()];
  }

  /** Prints a step's title before anything that belongs to it. */
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
    else this.screen.write(`${indented}\n`);
  }

  /** The steps that have no step under way inside them. */
  #innermost(): Step[] {
    const parents = new Set([...this.#active].map((step) => step.parent));
    return [...this.#active].filter((step) => !parents.has(step));
  }

  #underWay(): string {
    return this.#innermost()
      .map((step) => `${step.title} (${duration(Date.now() - step.start)})`)
      .join(" · ");
  }
}

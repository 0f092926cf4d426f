/** Runs a limited number of tasks at the same time. Waiting tasks start by priority. */
export class PriorityQueue {
  #free: number;
  readonly #waiting: { priority: number; start: () => void }[] = [];

  /** @param limit how many tasks run at the same time. */
  constructor(limit: number) {
    this.#free = limit;
  }

  /**
   * Runs a task when its turn has come, and returns its result.
   *
   * @param priority the lowest number starts first.
   */
  async run<T>(task: () => Promise<T>, priority = 0): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ priority, start });
      // Tasks that are added at the same moment are ordered before the first one starts.
      setTimeout(() => {
        this.#startNext();
      }, GATHERING_MS);
    });
    try {
      return await task();
    } finally {
      this.#free += 1;
      this.#startNext();
    }
  }

  #startNext(): void {
    if (this.#free === 0) return;
    const [first] = this.#waiting.sort((a, b) => a.priority - b.priority).splice(0, 1);
    if (first === undefined) return;
    this.#free -= 1;
    first.start();
  }
}

const GATHERING_MS = 20;

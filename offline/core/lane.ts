/**
 * Lets at most `width` pieces of work run at a time; of those that wait, the one with the lowest
 * number goes first.
 */
export class Lane {
  private free: number;
  private readonly waiting: { order: number; start: () => void }[] = [];

  constructor(width: number) {
    this.free = width;
  }

  async run<T>(work: () => Promise<T>, order = 0): Promise<T> {
    await new Promise<void>((start) => {
      this.waiting.push({ order, start });
      // Not at once: what is asked for in the same moment is ordered first.
      setTimeout(() => {
        this.next();
      }, GATHERING);
    });
    try {
      return await work();
    } finally {
      this.free += 1;
      this.next();
    }
  }

  private next(): void {
    if (this.free === 0) return;
    const [first] = this.waiting.sort((a, b) => a.order - b.order).splice(0, 1);
    if (first === undefined) return;
    this.free -= 1;
    first.start();
  }
}

const GATHERING = 20;

/** Reports what a long operation is doing. The command line draws it; tests record it. */
export interface Progress {
  /** Runs `work` as a step with a title. Steps nest, and several may run at the same time. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Adds one line of detail to the current step: what was skipped or found. */
  note(line: string): void;
}

/** What progress is drawn on: a terminal, or a file in which nothing can be redrawn. */
export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Width of the terminal in characters. */
  columns?: number;
}

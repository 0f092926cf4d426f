/** One thing that is wrong with the settings. */
export interface Problem {
  /** The key, with its path: `backend.resources.limits.cpu`. */
  key: string;
  found: string;
  expected: string;
}

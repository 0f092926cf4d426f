/** One invalid setting. */
export interface Problem {
  /** The key, with its path: `backend.resources.limits.cpu`. */
  key: string;
  found: string;
  expected: string;
}

/** A failure in the words of the official programs, and what its explanation must name. */
export interface OfficialMessage {
  /** What has failed, as the title of the test. */
  what: string;
  /** The text as a user sees it in Pulumi's diagnostics, or as an event or a condition says it. */
  text: string;
  /** The file or report of the official program that the text comes from. */
  source: string;
  /** What the cause must say. */
  cause: RegExp;
  /** What the hint must say. */
  hint: RegExp;
}

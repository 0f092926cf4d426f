/** The result of one check. */
export interface Finding {
  /** What was checked, in a word or two. */
  check: string;
  /** ok; fix: something is wrong; note: worth knowing; skipped: it could not be checked. */
  state: "ok" | "fix" | "note" | "skipped";
  /** What was found, in one sentence. */
  found: string;
  /** The one thing to do next. */
  hint?: string;
}

const signs: Record<Finding["state"], string> = { ok: "✓", fix: "✗", note: "·", skipped: "-" };

/** Formats findings as lines: the check, what was found, and after an arrow the hint. */
export function reportLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  const indent = " ".repeat(width + 4);
  return findings.flatMap(({ check, state, found, hint }) => [
    `${signs[state]} ${check.padEnd(width)}  ${found.replaceAll("\n", `\n${indent}`)}`,
    ...(hint === undefined ? [] : [`${indent}→ ${hint}`]),
  ]);
}

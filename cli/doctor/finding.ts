/** What a check has found. */
export interface Finding {
  /** What was looked at: a word or two. */
  check: string;
  /** ok; mend: something is wrong; note: worth knowing; skipped: couldn't be looked at. */
  state: "ok" | "mend" | "note" | "skipped";
  /** What was found, in one sentence. */
  found: string;
  /** The one thing to do. */
  fix?: string;
}

const signs: Record<Finding["state"], string> = { ok: "✓", mend: "✗", note: "·", skipped: "-" };

/** Findings as lines: the check, what was found, and behind an arrow what to do. */
export function reportLines(findings: readonly Finding[]): string[] {
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  const indent = " ".repeat(width + 4);
  return findings.flatMap(({ check, state, found, fix }) => [
    `${signs[state]} ${check.padEnd(width)}  ${found.replaceAll("\n", `\n${indent}`)}`,
    ...(fix === undefined ? [] : [`${indent}→ ${fix}`]),
  ]);
}

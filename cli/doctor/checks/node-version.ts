import { nodeProblem } from "../../bootstrap/node-version.mjs";
import type { Finding } from "../finding";

/** Checks that Node.js is recent enough. */
export function nodeVersionFinding(version: string): Finding {
  const problem = nodeProblem(version);
  if (problem === undefined) return { check: "Node.js", state: "ok", found: version };
  return { check: "Node.js", state: "fix", found: problem, hint: "https://nodejs.org" };
}

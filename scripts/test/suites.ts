import { join } from "node:path";
import { findNpm } from "../../cli/bootstrap/npm.mjs";

/** One command of the test run. */
export interface Suite {
  title: string;
  /** A program for Node.js, with its arguments. */
  program: readonly string[];
  /** Folder that it runs in; default: the project's. */
  folder?: string;
  /** Whether it runs the real helm. */
  needsHelm?: boolean;
  /** mocha: the totals that mocha prints; one: the exit code, as one test. */
  counts: "mocha" | "one";
}

const bin = (...path: string[]) => join("node_modules", ...path);
const MOCHA = bin("mocha", "bin", "mocha.js");
const NPM = findNpm() ?? "npm";

/** The suites of `npm test`, in lanes that run in parallel. None needs a cluster or a docker daemon. */
export const unit: readonly (readonly Suite[])[] = [
  [
    {
      title: "Format (prettier)",
      program: [bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level=warn", "."],
      counts: "one",
    },
    { title: "Types (tsc)", program: [bin("typescript", "bin", "tsc"), "--noEmit"], counts: "one" },
    { title: "Lint (eslint)", program: [bin("eslint", "bin", "eslint.js"), "."], counts: "one" },
    { title: "Layers (dependency-cruiser)", program: [NPM, "run", "lint:layers"], counts: "one" },
    {
      title: "Program, chart, command line, offline mode, data models",
      program: [
        MOCHA,
        "tests/unit/**/*.test.ts",
        "tests/chart/*.test.ts",
        "tests/conformance/*.test.ts",
      ],
      needsHelm: true,
      counts: "mocha",
    },
  ],
  // The frontend's browser tests use the build of the backend's tests.
  ["backend", "frontend"].map((name): Suite => ({
    title: `The ${name}: types, build and tests`,
    program: [NPM, "test"],
    folder: join("docker", name),
    counts: "mocha",
  })),
];

/** The suites of `npm run test:e2e`. They create a real cluster and run on it. */
export const e2e: readonly (readonly Suite[])[] = [
  [
    {
      title: "End to end",
      program: [MOCHA, "--config", "tests/e2e/.mocharc.yaml"],
      counts: "mocha",
    },
  ],
];

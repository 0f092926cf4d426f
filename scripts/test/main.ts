import { spawn } from "node:child_process";
import { join } from "node:path";
import { withHelm } from "./helm";
import { e2e, type Suite, unit } from "./suites";

const ROOT = join(__dirname, "..", "..");

interface Count {
  passed: number;
  failed: number;
}

/** Runs the suites, all lanes in parallel, and prints the totals at the end. */
async function main(): Promise<number> {
  const lanes = process.argv[2] === "e2e" ? e2e : unit;
  const counts = await Promise.all(lanes.map((suites, index) => runLane(suites, index === 0)));
  const total = sum(counts);
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 ? 0 : 1;
}

/** Runs suites one after the other. A live lane shows their output as it comes, the others at the end of each suite. */
async function runLane(suites: readonly Suite[], live: boolean): Promise<Count> {
  const counts: Count[] = [];
  for (const suite of suites) {
    const start = Date.now();
    const heading = `\n── ${suite.title}`;
    if (live) console.log(heading);
    const env = suite.needsHelm === true ? await withHelm(process.env) : process.env;
    const { code, output } = await run(suite, env, live);
    const count = countOf(suite, code, output);
    counts.push(count);
    if (!live) process.stdout.write(`${heading}\n${output}`);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    console.log(`── ${suite.title}: ${inWords(count)} (${seconds} s)`);
  }
  return sum(counts);
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((total, { passed, failed }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
  }));
}

function run(
  suite: Suite,
  env: NodeJS.ProcessEnv,
  live: boolean,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, suite.program, {
      cwd: join(ROOT, suite.folder ?? "."),
      env: { ...env, FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (live) process.stdout.write(chunk);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Counts the tests of a suite. A suite that fails without a failed test, such as one that didn't start, counts as one failure. */
function countOf(suite: Suite, code: number, output: string): Count {
  if (suite.counts === "one") return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  // The last match: a test may print the totals of another run of mocha.
  const number = (word: string) =>
    Number([...output.matchAll(new RegExp(`^ +(\\d+) ${word}`, "gm"))].at(-1)?.[1] ?? 0);
  const count = { passed: number("passing"), failed: number("failing") };
  const unexplained = code === 0 ? count.passed === 0 : count.failed === 0;
  return unexplained ? { ...count, failed: count.failed + 1 } : count;
}

function inWords({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}

void main().then((code) => {
  process.exitCode = code;
});

import { spawn } from "node:child_process";
import { join } from "node:path";
import { withHelm } from "./helm";
import { e2e, unit, type Suite } from "./suites";

const root = join(__dirname, "..", "..");

interface Count {
  passed: number;
  failed: number;
}

/** Runs the suites one after the other, and ends with the totals. */
async function main(): Promise<number> {
  const endToEnd = process.argv[2] === "e2e";
  const env = endToEnd ? process.env : await withHelm(process.env);
  const total: Count = { passed: 0, failed: 0 };
  for (const suite of endToEnd ? e2e : unit) {
    const start = Date.now();
    console.log(`\n── ${suite.title}`);
    const { code, output } = await run(suite, env);
    const count = countOf(suite, code, output);
    total.passed += count.passed;
    total.failed += count.failed;
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    console.log(`── ${suite.title}: ${inWords(count)} (${seconds} s)`);
  }
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 ? 0 : 1;
}

function run(suite: Suite, env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, suite.program, {
      cwd: join(root, suite.folder ?? "."),
      env: { ...env, FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/** A suite that failed without a test that did (it didn't start, say) counts as one failure. */
function countOf(suite: Suite, code: number, output: string): Count {
  if (suite.counts === "one") return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const number = (word: string) =>
    Number(new RegExp(`^ +(\\d+) ${word}`, "m").exec(output)?.[1] ?? 0);
  const count = { passed: number("passing"), failed: number("failing") };
  const silent = code === 0 ? count.passed === 0 : count.failed === 0;
  return silent ? { ...count, failed: count.failed + 1 } : count;
}

function inWords({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}

void main().then((code) => {
  process.exitCode = code;
});

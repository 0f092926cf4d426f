import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { commands } from "../../cli/dispatch";
import { ensureCheckers, missingGo } from "../support/checkers";
import { Folder } from "../support/folder";
import { ROOT } from "../support/stacks";

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  "working-directory"?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Job {
  steps: Step[];
  if?: string;
  needs?: string;
  permissions?: unknown;
  "timeout-minutes"?: number;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: unknown;
  concurrency: unknown;
  jobs: Record<string, Job>;
}

/** Scripts of the root's package.json that are no commands of the CLI. */
const ownScripts: readonly string[] = ["test", "docs:conformance"];

const FOLDER = join(ROOT, ".github", "workflows");
const files = readdirSync(FOLDER).sort();
const text = (file: string) => readFileSync(join(FOLDER, file), "utf8");
const workflow = (file: string) => parse(text(file)) as Workflow;

function job(file: string, name: string): Job {
  const found = workflow(file).jobs[name];
  assert.ok(found, `${file} has no job ${name}`);
  return found;
}

/** Returns a command with the scripts of the repository that it calls in place of their paths. */
function withScripts(command: string): string {
  return command.replaceAll(/\.github\/scripts\/[\w-]+\.sh/g, (path) =>
    readFileSync(join(ROOT, path), "utf8"),
  );
}

/** Returns the step with a name, and its position. */
function step(file: string, jobName: string, name: string): Step & { at: number } {
  const { steps } = job(file, jobName);
  const at = steps.findIndex((one) => one.name === name);
  const found = steps[at];
  assert.ok(found, `${file} has no step "${name}"`);
  return { ...found, at };
}

describe("workflows", () => {
  it("are clean by actionlint", async function () {
    this.timeout(300_000);
    const reason = missingGo();
    if (reason !== undefined) {
      assert.ok(process.env.CI === undefined, reason);
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    const { actionlint } = await ensureCheckers(["actionlint"]);
    execFileSync(
      actionlint,
      files.map((file) => join(FOLDER, file)),
      { stdio: "inherit" },
    );
  });

  it("start by what they are for, and never with both the code of a pull request and secrets", () => {
    const starts = files.map((file) => [file, Object.keys(workflow(file).on)]);
    assert.deepEqual(Object.fromEntries(starts), {
      "drift.yml": ["schedule", "workflow_dispatch"],
      "main.yml": ["push"],
      "pull-request.yml": ["pull_request"],
    });
    assert.deepEqual(workflow("main.yml").on.push, { branches: ["main"] });
  });

  for (const file of files) {
    const { permissions, jobs, concurrency } = workflow(file);

    it(`${file} pins its actions by commit, caches npm, ends in time, and runs once at a time`, () => {
      for (const [, action = ""] of text(file).matchAll(/uses: (.*)/g)) {
        assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
      assert.ok(concurrency !== undefined);
      for (const [name, { steps, "timeout-minutes": minutes }] of Object.entries(jobs)) {
        assert.ok(minutes !== undefined && minutes <= 45, `${name} has no end`);
        for (const { uses = "", with: inputs } of steps) {
          if (uses.startsWith("actions/setup-node@")) assert.equal(inputs?.cache, "npm", name);
          if (uses.startsWith("actions/checkout@")) {
            assert.equal(inputs?.["persist-credentials"], false, name);
          }
        }
      }
    });

    it(`${file} may do no more than it needs: only the job that comments may write`, () => {
      assert.deepEqual(permissions, { contents: "read" });
      const own = Object.entries(jobs)
        .filter(([, one]) => one.permissions !== undefined)
        .map(([name, one]) => [name, one.permissions]);
      const expected =
        file === "pull-request.yml" ? [["comment", { "pull-requests": "write" }]] : [];
      assert.deepEqual(own, expected);
    });

    it(`${file} has no script of more than three lines, except in a job without a checkout`, () => {
      for (const [name, { steps }] of Object.entries(jobs)) {
        if (!steps.some(({ uses = "" }) => uses.startsWith("actions/checkout@"))) continue;
        for (const { run = "" } of steps) {
          assert.ok(run.trimEnd().split("\n").length <= 3, `${name}: ${run}`);
        }
      }
    });

    it(`${file} runs commands that exist`, () => {
      let called = 0;
      for (const { steps } of Object.values(jobs)) {
        for (const { run = "", "working-directory": at = "." } of steps) {
          const place = join(ROOT, existsSync(join(ROOT, at)) ? at : ".");
          const { scripts } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
          };
          const command = withScripts(run);
          for (const [, name = ""] of command.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)) {
            assert.ok(name in scripts, `${place} has no script ${name}`);
            assert.ok(place !== join(ROOT) || ownScripts.includes(name) || name in commands, name);
            called += 1;
          }
        }
      }
      assert.ok(called > 0);
    });
  }
});

describe("workflows: main", () => {
  const main = (name: string) => step("main.yml", "deploy", name);
  const smokeTest = withScripts(main("Smoke test").run ?? "");

  it("tests, deploys, asks, uses, compares and destroys, in this order", () => {
    const { steps } = job("main.yml", "deploy");
    const order = steps.map(({ name, run }) => name ?? run).filter((name) => name !== undefined);
    assert.deepEqual(order, [
      ...["npm test", "Deploy", "Smoke test", "Browser test", "Upload the screenshots"],
      ...["Drift", "Diagnose", "Destroy"],
    ]);
    assert.match(main("Deploy").run ?? "", /npm run up -- --stack ci$/);
    assert.match(smokeTest, /curl --fail[^]*helm test todo-app/);
    assert.match(main("Drift").run ?? "", /npm run drift -- --stack ci$/);
  });

  it("destroys also after a failure, and then diagnoses it", () => {
    const { if: always, run } = main("Destroy");
    assert.deepEqual([always, run], ["always()", "npm run destroy -- --stack ci"]);
    assert.equal(main("Diagnose").if, "failure()");
  });

  it("has a browser use what is deployed, and keeps its screenshots also of a failure", () => {
    assert.match(smokeTest, /echo "TODO_URL=\$url" >> "\$GITHUB_ENV"/);
    assert.equal(main("Browser test").run, "npm run test:browser");
    const { if: when, with: inputs } = main("Upload the screenshots");
    assert.deepEqual([when, inputs?.path], ["${{ !cancelled() }}", "artifacts/browser/"]);
  });
});

describe("workflows: drift", () => {
  it("says which secret isn't set, before anything else", () => {
    const { at, run = "" } = step("drift.yml", "drift", "Require the secrets");
    assert.equal(at, 0);
    const check = (env: Record<string, string>) =>
      spawnSync("bash", ["--noprofile", "--norc", "-ec", run], {
        encoding: "utf8",
        env: { STACK: "prod", ...env },
      });
    const both = { PULUMI_BACKEND_URL: "file:///a", PULUMI_CONFIG_PASSPHRASE: "b" };
    assert.equal(check(both).status, 0);
    for (const name of Object.keys(both)) {
      const { status, stdout } = check({ ...both, [name]: "" });
      assert.equal(status, 1);
      assert.match(stdout, new RegExp(`^::error::The secret ${name} isn't set\\.`));
    }
    assert.match(step("drift.yml", "drift", "Drift").run ?? "", /npm run drift -- --stack/);
  });
});

/** Puts programs into a folder, and returns a PATH that finds them first. */
function withPrograms(folder: Folder, programs: Readonly<Record<string, string>>) {
  for (const [name, body] of Object.entries(programs)) {
    chmodSync(folder.write(`bin/${name}`, `#!/bin/sh\n${body}\n`), 0o755);
  }
  return { PATH: [folder.file("bin"), process.env.PATH ?? ""].join(delimiter) };
}

describe("workflows: the preview of a pull request", () => {
  const changes = step("pull-request.yml", "preview", "Preview the changes");
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  /** Runs the step with a replacement for npm, and returns what it leaves. */
  function run(npm: string) {
    const env = {
      ...withPrograms(folder, { npm }),
      RUNNER_TEMP: folder.path,
      GITHUB_STEP_SUMMARY: folder.file("step.md"),
    };
    const { status } = spawnSync("bash", ["--noprofile", "--norc", "-ec", changes.run ?? ""], {
      encoding: "utf8",
      env,
    });
    const summary = readFileSync(folder.file("summary.md"), "utf8");
    assert.equal(readFileSync(folder.file("step.md"), "utf8"), summary);
    return { status, summary };
  }
  // Its arguments: run preview:ci -- --stack <stack> --markdown <file> [--base <file>]
  const compares = '[ "$8" = --base ] && [ ! -f "$9" ] && exit 1';
  const writes = (words: string, code = 0) => `echo "${words} $5" > "$7"; exit ${code}`;

  it("shows each stack against the base", () => {
    for (const stack of ["dev", "prod", "ci"]) folder.write(`${stack}.json`, "{}");
    const { status, summary } = run(`${compares}; ${writes("plan of")}`);
    assert.equal(status, 0);
    assert.equal(summary, "plan of dev\nplan of prod\nplan of ci\n");
  });

  it("works without a plan of the base, and says so", () => {
    const { status, summary } = run(`${compares}; ${writes("plan of")}`);
    assert.equal(status, 0);
    assert.equal(summary.match(/> There is no plan of the base to compare with/g)?.length, 3);
  });

  it("fails where policies are broken, with the summary", () => {
    for (const stack of ["dev", "prod", "ci"]) folder.write(`${stack}.json`, "{}");
    const { status, summary } = run(`${compares}; ${writes("broken policies of", 1)}`);
    assert.equal(status, 1);
    assert.match(summary, /^broken policies of dev$/m);
  });

  it("fails where there is no plan, with the last words in the summary", () => {
    const { status, summary } = run('echo "the settings are wrong"; exit 1');
    assert.equal(status, 1);
    assert.match(
      summary,
      /^### Pulumi preview of stack `dev`\n\nThere is no plan\. .*\n\n```\nthe settings are wrong\n```$/m,
    );
  });

  it("is kept for the job that comments, which has none of the pull request's code", () => {
    const { if: when, with: inputs } = step("pull-request.yml", "preview", "Upload the summary");
    assert.equal(when, "${{ !cancelled() }}");
    assert.equal(inputs?.path, "${{ runner.temp }}/summary.md");
    const { needs, steps, if: always = "" } = job("pull-request.yml", "comment");
    assert.equal(needs, "preview");
    assert.match(always, /!cancelled\(\) && .*head\.repo\.full_name == github\.repository/);
    assert.ok(steps.every(({ uses = "" }) => !uses.startsWith("actions/checkout")));
  });
});

describe("workflows: the comment on a pull request", () => {
  const { run = "" } = step("pull-request.yml", "comment", "Comment");
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  /** Runs the step, and returns its requests to GitHub and the comment. */
  function comment(known: string) {
    // The first call lists the comments.
    const gh = `echo "$*" >> calls; case "$*" in *--paginate*) printf '%s' "${known}";; esac`;
    const env = {
      ...withPrograms(folder, { gh }),
      ...{ GITHUB_REPOSITORY: "a/b", NUMBER: "7", RUN: "https://example/run" },
    };
    const { status, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-ec", run], {
      ...{ cwd: folder.path, encoding: "utf8", env },
    });
    assert.equal(status, 0, stderr);
    const read = (name: string) => readFileSync(folder.file(name), "utf8");
    const [list = "", write = ""] = read("calls").trim().split("\n");
    return { list, write, body: read("comment.md") };
  }

  it("is created once, and then updated by its marker", () => {
    folder.write("summary.md", "### Preview\n");
    const first = comment("");
    assert.match(first.list, /startswith\("<!-- todo-chatbot: preview -->"\)/);
    assert.match(first.write, /--method POST repos\/a\/b\/issues\/7\/comments --field body=@/);
    assert.match(first.body, /^<!-- todo-chatbot: preview -->\n### Preview\n\n\[Full preview\]/);
    folder.write("calls", "");
    const again = comment("42");
    assert.match(again.write, /--method PATCH repos\/a\/b\/issues\/comments\/42 --field body=@/);
  });

  it("has no more characters than GitHub takes, and none of them cut in two", () => {
    folder.write("summary.md", `x${"→".repeat(40_000)}`);
    const { body } = comment("");
    assert.ok(body.length < 65_000);
    assert.match(body, /→\n\n… cut off here\.\n/);
    assert.doesNotMatch(body, /\uFFFD/);
  });

  it("says so where there is no summary", () => {
    assert.match(comment("").body, /The preview ended without a summary\./);
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { previewCi } from "../../../../cli/commands/preview-ci";
import { createPlan, type Plan, PLAN_FORMAT } from "../../../../cli/preview/plan";
import { CONCEALED } from "../../../../cli/stack/stack-config";
import { ConsoleProgress } from "../../../../lib/progress/console-progress";
import { copyOfProgram } from "../../../support/copy";
import { Folder } from "../../../support/folder";
import { ROOT } from "../../../support/stacks";

/** What the command says and writes of one stack. */
interface Result {
  code: number;
  text: string;
  json: string;
  markdown: string;
}

async function preview(folder: Folder, stack: string, ...further: string[]): Promise<Result> {
  let text = "";
  const screen = { isTTY: false, columns: 100, write: (part: string) => ((text += part), true) };
  const [json, markdown] = [folder.file(`${stack}.json`), folder.file(`${stack}.md`)];
  const argv = ["--stack", stack, "--json", json, "--markdown", markdown, ...further];
  const progress = new ConsoleProgress(screen);
  const code = await previewCi.run({ root: folder.path, argv, progress });
  const read = (file: string) => readFileSync(file, "utf8");
  return { code, text, json: read(json), markdown: read(markdown) };
}

describe("preview:ci: a stack", function () {
  this.timeout(120_000);
  let program: Folder;
  before(() => (program = copyOfProgram()));
  after(() => {
    program.remove();
  });

  /** Adds a stack with some settings. */
  function add(stack: string, config: Readonly<Record<string, unknown>>): void {
    const prefixed = Object.entries(config).map(([key, value]) => [`todo-chatbot:${key}`, value]);
    const file = { config: Object.fromEntries(prefixed) as object };
    writeFileSync(program.file(`Pulumi.${stack}.yaml`), stringify(file));
  }

  for (const workloads of ["pulumi", "chart"]) {
    it(`that breaks policies has all of them in text, JSON and Markdown (workloads: ${workloads})`, async () => {
      const one = { replicas: 1 };
      add("bad", { environment: "production", workloads, backend: one, frontend: one });
      const { code, text, json, markdown } = await preview(program, "bad");
      assert.equal(code, 1);
      const { violations } = JSON.parse(json) as Plan;
      const suffix =
        workloads === "pulumi"
          ? ["backend-deployment", "frontend-deployment"]
          : ["todo-backend", "todo-frontend"];
      assert.deepEqual(
        violations.map(({ policy, resource, found }) => [policy, resource, found]).sort(),
        suffix.map((name) => [
          "two-replicas",
          `kubernetes:apps/v1:Deployment ${name}`,
          "replicas 1",
        ]),
      );
      for (const name of suffix) {
        const line = `two-replicas: kubernetes:apps/v1:Deployment ${name}: found replicas 1; expected: In production`;
        assert.ok(text.includes(`✗ ${line}`), text);
        assert.ok(markdown.includes(`- ${line}`), markdown);
      }
      assert.match(markdown, /\*\*Policies broken\*\*/);
    });
  }

  it("is held to the policies in what its chart makes of further values too", async () => {
    add("chart", {
      workloads: "chart",
      chart: {
        values: {
          migration: { resources: { requests: { memory: "64Gi" }, limits: { memory: "64Gi" } } },
          backend: { env: { API_TOKEN: "hush" } },
        },
      },
    });
    const { violations } = JSON.parse((await preview(program, "chart")).json) as Plan;
    const found = violations.map(({ policy, resource }) => `${policy} ${resource}`);
    assert.ok(
      found.includes("fits-node kubernetes:batch/v1:Job todo-app-migration"),
      String(found),
    );
    assert.ok(
      found.includes("no-literal-secret kubernetes:helm.sh/v3:Release chart-release"),
      String(found),
    );
  });

  it("has the same plan wherever the same sources are", async () => {
    for (const stack of ["dev", "prod", "ci"]) {
      assert.deepEqual(await createPlan(program.path, stack), await createPlan(ROOT, stack), stack);
    }
  });

  it("shows nothing secret of what its file encrypts, nor what stands for it", async () => {
    const secure = "v1:hushhushhush:hush";
    const secrets = {
      databaseUrl: { secure },
      betterAuthSecret: { secure },
      jwtSecret: { secure },
    };
    add("secret", { environment: "production", ...secrets });
    const { code, text, json, markdown } = await preview(program, "secret");
    assert.equal(code, 0);
    for (const shown of [text, json, markdown]) {
      assert.doesNotMatch(shown, /hush/);
      assert.ok(!shown.includes(CONCEALED));
    }
    const { resources } = JSON.parse(json) as Plan;
    const [secret] = resources.filter(({ name }) => name === "todo-secrets");
    assert.deepEqual(secret?.inputs.stringData, {
      BETTER_AUTH_SECRET: "[secret]",
      DATABASE_URL: "[secret]",
      JWT_SECRET: "[secret]",
    });
  });

  it("is refused where its file has a secret in plain text, and doesn't repeat it", async () => {
    add("plain", { jwtSecret: "hush-jwt-0123456789abcdef0123456" });
    await assert.rejects(preview(program, "plain"), (error: Error) => {
      assert.match(error.message, /jwtSecret/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
    assert.ok(!existsSync(program.file("plain.md")));
  });

  it("shows the keys that come into a Secret, and go", async () => {
    add("keys", {});
    await preview(program, "keys");
    const base = program.file("before.json");
    writeFileSync(base, readFileSync(program.file("keys.json")));
    add("keys", { secrets: { keys: { JWT_SECRET: "jwt" } } });
    const { text } = await preview(program, "keys", "--base", base);
    assert.match(text, /\+- core\/v1:Secret todo-secrets\n/);
    assert.match(text, /stringData\.JWT_SECRET: removed \[secret\]\n/);
    assert.match(text, /stringData\.jwt: added \[secret\]\n/);
  });

  it("warns of another cluster: everything is recreated there, without the data", async () => {
    add("moved", {});
    await preview(program, "moved");
    const base = program.file("before.json");
    writeFileSync(base, readFileSync(program.file("moved.json")));
    add("moved", { context: "other" });
    const { text, markdown } = await preview(program, "moved", "--base", base);
    assert.match(text, /\+- apps\/v1:Deployment backend-deployment\n/);
    assert.match(
      text,
      /\+- apps\/v1:StatefulSet postgres-statefulset\n +replaced: its provider is for another cluster.*\n +! loses the data of its volumes/,
    );
    assert.match(markdown, /> - `apps\/v1:StatefulSet postgres-statefulset` is replaced: the data/);
    assert.match(markdown, /> - `core\/v1:Namespace .*` is replaced: everything in it/);
    assert.doesNotMatch(text, /! loses its value/);
  });

  it("warns of a database of another name, which begins with an empty volume", async () => {
    add("renamed", {});
    await preview(program, "renamed");
    const base = program.file("before.json");
    writeFileSync(base, readFileSync(program.file("renamed.json")));
    add("renamed", { postgres: { name: "other" } });
    const { text } = await preview(program, "renamed", "--base", base);
    assert.match(
      text,
      /StatefulSet postgres-statefulset\n(?: {5}.*\n)* +! loses the data of its vol/,
    );
  });
});

describe("preview:ci: a bare machine", () => {
  it("has a plan without a kubeconfig, docker, helm or Pulumi, and says what was not checked", function () {
    this.timeout(120_000);
    const empty = new Folder();
    const json = empty.file("plan.json");
    const markdown = empty.file("summary.md");
    const nothing = { PATH: empty.path, HOME: empty.path, KUBECONFIG: empty.file("none") };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        "--import",
        "tsx",
        join(ROOT, "cli/main.ts"),
        "preview:ci",
        "--json",
        json,
        "--markdown",
        markdown,
      ],
      { cwd: ROOT, encoding: "utf8", env: { ...nothing, DOCKER_HOST: "tcp://127.0.0.1:1" } },
    );
    assert.equal(status, 0, stderr);
    const said = "The objects of the Helm chart weren't checked";
    assert.ok(stdout.includes(`! ${said}`), stdout);
    assert.ok(readFileSync(markdown, "utf8").includes(`> [!NOTE]\n> ${said}`));
    const plan = JSON.parse(readFileSync(json, "utf8")) as Plan;
    assert.equal(plan.format, PLAN_FORMAT);
    assert.deepEqual([plan.violations, plan.unchecked.length], [[], 1]);
    assert.ok(plan.resources.length > 20);
    empty.remove();
  });
});

describe("preview:ci: the arguments", () => {
  let folder: string;
  const lines: string[] = [];
  const screen = { isTTY: false, columns: 100, write: (text: string) => (lines.push(text), true) };
  const run = (...argv: string[]) =>
    previewCi.run({ root: ROOT, argv, progress: new ConsoleProgress(screen) });
  before(() => (folder = mkdtempSync(join(tmpdir(), "todo-plan-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes the plan and the summary, and tells by its exit code whether something changes", async () => {
    const [json, markdown] = [join(folder, "plan.json"), join(folder, "summary.md")];
    assert.equal(await run("--json", json, "--markdown", markdown, "--expect-no-changes"), 2);
    assert.match(readFileSync(markdown, "utf8"), /created/);
    lines.length = 0;
    assert.equal(await run("--base", json, "--expect-no-changes"), 0);
    assert.match(lines.join(""), /Stack dev: \d+ unchanged/);
  });

  it("says what is wrong with its arguments and with a base that is no plan", async () => {
    await assert.rejects(run("--nonsense"), /nonsense/);
    await assert.rejects(run("--stack", "none"), /There is no Pulumi\.none\.yaml/);
    await assert.rejects(run("--base", join(folder, "none.json")), /There is no .*none\.json/);
    const other = join(folder, "other.json");
    writeFileSync(other, "{}");
    await assert.rejects(run("--base", other), /is not a plan: its format is undefined/);
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewCi } from "../../../../cli/commands/preview-ci";
import { compare, type Change } from "../../../../cli/preview/compare";
import { inMarkdown } from "../../../../cli/preview/markdown";
import {
  makePlan,
  planFormat,
  type Plan,
  type PlannedResource,
} from "../../../../cli/preview/plan";
import { inText, summary } from "../../../../cli/preview/text";
import { ConsoleProgress } from "../../../../lib/progress/console-progress";
import { root } from "../../../support/stacks";

const namespace = "kubernetes:core/v1:Namespace";

function resource(type: string, name: string, inputs: Record<string, unknown>): PlannedResource {
  return { urn: `urn:pulumi:dev::todo-chatbot::${type}::${name}`, type, name, inputs };
}

function plan(resources: PlannedResource[], over: Partial<Plan> = {}): Plan {
  const facts = { project: "todo-chatbot", stack: "dev", placeholders: [] };
  return { format: planFormat, ...facts, resources, violations: [], unchecked: [], ...over };
}

/** What becomes of one resource. */
function change(type: string, before: object | undefined, after: object | undefined): Change {
  const of = (inputs: object | undefined) =>
    plan(inputs === undefined ? [] : [resource(type, "a", inputs as Record<string, unknown>)]);
  const [only, ...rest] = compare(of(before), of(after));
  assert.ok(only !== undefined && rest.length === 0);
  return only;
}

describe("preview:ci: the plan", () => {
  const plans = new Map<string, Plan>();
  before(async function () {
    this.timeout(120_000);
    for (const stack of ["dev", "prod", "ci"]) plans.set(stack, await makePlan(root, stack));
  });
  const planOf = (stack: string): Plan => {
    const found = plans.get(stack);
    assert.ok(found);
    return found;
  };

  it("has every resource of the program, and breaks no policy", () => {
    for (const stack of ["dev", "prod", "ci"]) {
      const { resources, violations, unchecked } = planOf(stack);
      const types = new Set(resources.map(({ type }) => type));
      for (const type of [
        namespace,
        "kubernetes:core/v1:Secret",
        "kubernetes:core/v1:ConfigMap",
        "kubernetes:apps/v1:Deployment",
        "kubernetes:core/v1:Service",
        "kubernetes:helm.sh/v3:Release",
        "docker:index/image:Image",
      ]) {
        assert.ok(types.has(type), `${stack} has no ${type}`);
      }
      assert.deepEqual([violations, unchecked], [[], []]);
    }
  });

  it("is the same each time, whatever else the process has done", async () => {
    assert.deepEqual(await makePlan(root, "dev"), planOf("dev"));
  });

  it("shows images by their content, and takes the cluster for what the settings ask for", () => {
    const { resources } = planOf("dev");
    const [image] = resources.filter(({ name }) => name === "backend-image");
    assert.match(String(image?.inputs.imageName), /^todo-backend:1\.0\.0-[0-9a-f]{12}$/);
    assert.ok(resources.some(({ name }) => name === "backend-presence"));
  });

  it("has placeholders for the secrets that production lacks, and shows no secret", () => {
    assert.deepEqual(planOf("prod").placeholders, ["databaseUrl", "betterAuthSecret", "jwtSecret"]);
    assert.deepEqual(planOf("dev").placeholders, []);
    const text = JSON.stringify(planOf("prod"));
    assert.ok(text.includes('"DATABASE_URL":"[secret]"'));
    assert.ok(!text.includes("concealed"));
  });

  it("names every wrong setting", async () => {
    const folder = mkdtempSync(join(tmpdir(), "todo-plan-"));
    writeFileSync(join(folder, "Pulumi.yaml"), readFileSync(join(root, "Pulumi.yaml")));
    writeFileSync(
      join(folder, "Pulumi.dev.yaml"),
      "config:\n  todo-chatbot:version: latest\n  todo-chatbot:nonsense: '1'\n",
    );
    await assert.rejects(makePlan(folder, "dev"), (error: Error) => {
      assert.match(error.message, /2 settings are wrong/);
      return true;
    });
    rmSync(folder, { recursive: true });
  });
});

describe("preview:ci: what changes", () => {
  it("is created, changed, replaced or deleted, each with its fields", () => {
    const set = (replicas: number) => ({ spec: { replicas, paused: true } });
    const type = "kubernetes:apps/v1:Deployment";
    assert.equal(change(type, undefined, set(1)).kind, "created");
    assert.equal(change(type, set(1), undefined).kind, "deleted");
    const changed = change(type, set(1), set(2));
    assert.equal(changed.kind, "changed");
    assert.deepEqual(changed.fields, [{ path: "spec.replicas", before: 1, after: 2 }]);
    const selector = (app: string) => ({ spec: { selector: { matchLabels: { app } } } });
    const replaced = change(type, selector("a"), selector("b"));
    assert.equal(replaced.kind, "replaced");
    assert.deepEqual(replaced.reasons, ["Kubernetes can't change a selector"]);
    assert.deepEqual(
      compare(plan([resource(type, "a", set(1))]), plan([resource(type, "a", set(1))])),
      [],
    );
  });

  it("of a ConfigMap is a new one only where it is immutable", () => {
    const type = "kubernetes:core/v1:ConfigMap";
    const of = (value: string, immutable: boolean) => ({ data: { A: value }, immutable });
    assert.equal(change(type, of("1", true), of("2", true)).kind, "replaced");
    assert.equal(change(type, of("1", false), of("2", false)).kind, "changed");
  });

  it("warns of what is lost for good, and of nothing else", () => {
    const claims = (storage: string, whenDeleted: string) => ({
      spec: {
        volumeClaimTemplates: [{ storage }],
        persistentVolumeClaimRetentionPolicy: { whenDeleted },
      },
    });
    const type = "kubernetes:apps/v1:StatefulSet";
    const along = change(type, claims("1Gi", "Delete"), claims("2Gi", "Delete"));
    assert.match(along.loses.join(), /its volumes/);
    assert.deepEqual(change(type, claims("1Gi", "Retain"), claims("2Gi", "Retain")).loses, []);
    assert.match(change(namespace, {}, undefined).loses.join(), /volumes included/);
    const password = "random:index/randomPassword:RandomPassword";
    assert.match(change(password, { length: 1 }, { length: 2 }).loses.join(), /its value/);
    assert.deepEqual(change(type, { spec: { replicas: 1 } }, { spec: { replicas: 2 } }).loses, []);
    assert.deepEqual(change("kubernetes:apps/v1:Deployment", {}, undefined).loses, []);
    const named = (name: string) => ({ metadata: { name } });
    assert.match(
      change(type, named("a"), named("b")).loses.join(),
      /the new one begins with empty/,
    );
  });

  it("leaves out what a resource ignores", () => {
    const of = (length: number): PlannedResource => ({
      ...resource("random:index/randomPassword:RandomPassword", "a", { length, special: false }),
      ignoreChanges: ["length"],
    });
    assert.deepEqual(compare(plan([of(32)]), plan([of(48)])), []);
  });

  it("is everything of a provider that becomes another, and nothing of others", () => {
    const context = (name: string) =>
      resource("pulumi:providers:kubernetes", "cluster", { context: name });
    const { urn: provider } = context("a");
    const mine = { ...resource(namespace, "app", {}), provider };
    const password = resource("random:index/randomPassword:RandomPassword", "a", {});
    const changes = compare(
      plan([context("a"), mine, password]),
      plan([context("b"), mine, password]),
    );
    assert.deepEqual(
      changes.map(({ kind, resource: { name } }) => `${kind} ${name}`),
      ["replaced cluster", "replaced app"],
    );
  });

  const image = (tag: string) =>
    resource("docker:index/image:Image", "backend-image", { imageName: `todo-backend:${tag}` });
  const before_ = plan([image("1"), resource(namespace, "app", { metadata: { name: "a" } })]);
  const after_ = plan([image("2")], { placeholders: ["jwtSecret"] });

  it("reads as text, with the images whose contents change", () => {
    const lines = inText(after_, compare(before_, after_));
    assert.deepEqual(lines, [
      "~  docker:index/image:Image backend-image",
      "     imageName: todo-backend:1 → todo-backend:2",
      "-  core/v1:Namespace app",
      "     ! loses everything in it, volumes included",
      "",
      "Stack dev: 1 changed, 1 deleted, 0 unchanged",
      "Image todo-backend:1 becomes todo-backend:2",
      "Placeholders stand for secrets that are not set: jwtSecret",
    ]);
    assert.equal(summary(after_, []), "1 unchanged");
  });

  it("reads as Markdown, the loss first", () => {
    const markdown = inMarkdown(after_, compare(before_, after_));
    assert.match(
      markdown,
      /^### Pulumi preview of stack `dev`\n\n1 changed, 1 deleted, 0 unchanged\.\n\n> \[!WARNING\]/,
    );
    assert.match(markdown, /> - `core\/v1:Namespace app` is deleted: everything in it/);
    assert.match(
      markdown,
      /<summary>Changed: 1<\/summary>\n\n- `docker:index\/image:Image backend-image`\n {2}- `imageName: todo-backend:1 → todo-backend:2`/,
    );
  });
});

describe("preview:ci: the command", () => {
  let folder: string;
  const lines: string[] = [];
  const screen = { isTTY: false, columns: 100, write: (text: string) => (lines.push(text), true) };
  const run = (...argv: string[]) =>
    previewCi.run({ root, argv, progress: new ConsoleProgress(screen) });
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
    await assert.rejects(run("--base", other), /is no plan: its format is undefined/);
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlan, type Plan } from "../../../../cli/preview/plan";
import { ROOT } from "../../../support/stacks";

const NAMESPACE = "kubernetes:core/v1:Namespace";

describe("preview:ci: the plan", () => {
  const plans = new Map<string, Plan>();
  before(async function () {
    this.timeout(120_000);
    for (const stack of ["dev", "prod", "ci"]) plans.set(stack, await createPlan(ROOT, stack));
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
        NAMESPACE,
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
    assert.deepEqual(await createPlan(ROOT, "dev"), planOf("dev"));
  });

  it("shows images by their content, and takes the cluster for what the settings ask for", () => {
    const { resources } = planOf("dev");
    const [image] = resources.filter(({ name }) => name === "backend-image");
    assert.match(String(image?.inputs.imageName), /^todo-backend:1\.0\.0-[0-9a-f]{12}$/);
    assert.ok(resources.some(({ name }) => name === "backend-presence"));
    const build = image?.inputs.build as object;
    assert.ok(!("platform" in build), "a plan is the same on machines of every architecture");
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
    writeFileSync(join(folder, "Pulumi.yaml"), readFileSync(join(ROOT, "Pulumi.yaml")));
    writeFileSync(
      join(folder, "Pulumi.dev.yaml"),
      "config:\n  todo-chatbot:version: latest\n  todo-chatbot:nonsense: '1'\n",
    );
    await assert.rejects(createPlan(folder, "dev"), (error: Error) => {
      assert.match(error.message, /2 settings are wrong/);
      return true;
    });
    rmSync(folder, { recursive: true });
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackConfig } from "../../../../cli/stack/stack-config";

describe("a stack's configuration, read without Pulumi", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: shop
runtime: nodejs
config:
  context: { type: string, default: minikube }
  backend: { type: object, default: {} }
  plain: 3
  shop:prefixed: { value: yes it is }
  databaseUrl: { default: "", secret: true }
`,
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const stack = (yaml: string) => {
    writeFileSync(join(folder, "Pulumi.dev.yaml"), yaml);
    return readStackConfig(folder, "dev");
  };

  it("has the project's defaults where the stack has no file", () => {
    assert.deepEqual(readStackConfig(folder, "none").values, {
      context: "minikube",
      backend: "{}",
      plain: "3",
      prefixed: "yes it is",
      databaseUrl: "",
    });
  });
  it("has the stack's values in the place of the defaults, as strings or JSON", () => {
    const { values } = stack(
      "config:\n  shop:context: other\n  shop:backend: { replicas: 3 }\n  shop:flag: true\n",
    );
    assert.equal(values.context, "other");
    assert.equal(values.backend, '{"replicas":3}');
    assert.equal(values.flag, "true");
  });
  it("leaves out what belongs to providers and other projects, and names it", () => {
    const { values, foreign } = stack("config:\n  kubernetes:context: another\n  old:context: x\n");
    assert.equal(values.context, "minikube");
    assert.deepEqual(foreign, ["kubernetes:context", "old:context"]);
  });
  it("has the keys of the older form, and those of another file", () => {
    assert.equal(stack("config:\n  shop:config:context: other\n").values.context, "other");
    writeFileSync(join(folder, "extra.yaml"), "config:\n  shop:context: extra\n");
    assert.equal(readStackConfig(folder, "dev", "extra.yaml").values.context, "extra");
  });
  it("says whether the file imports ESC environments", () => {
    assert.equal(stack("environment: [shop/dev]\n").hasEnvironments, true);
    assert.equal(stack("environment: { imports: [shop/dev] }\n").hasEnvironments, true);
    assert.equal(stack("environment: []\n").hasEnvironments, false);
  });
  it("puts something that fits in the place of secrets, and names their keys", () => {
    const { values, secret } = stack(
      "config:\n  shop:databaseUrl: { secure: v1:abc }\n  shop:list: [{ secure: v1:x }, plain]\n",
    );
    assert.deepEqual(secret, ["databaseUrl", "list"]);
    assert.match(values.databaseUrl ?? "", /^postgresql:\/\/\S+$/);
    assert.doesNotMatch(JSON.stringify(values), /v1:/);
  });
  it("says which file is no YAML", () => {
    assert.throws(() => stack("config: [\n"), /Pulumi\.dev\.yaml is no YAML/);
  });
});

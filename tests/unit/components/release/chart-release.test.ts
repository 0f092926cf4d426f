import assert from "node:assert/strict";
import { appendFileSync, chmodSync, cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { ChartRelease, chartReleaseArgs, Ownership } from "../../../../components";
import { chartFiles } from "../../../../components/release/chart-files";
import { hashContents } from "../../../../lib/hash-files";
import { visible } from "../../../../lib/pulumi/values";
import { CHOSEN_NODE_PORT } from "../../../support/cloud";
import { assertComponent, deployComponent } from "../../../support/component";
import { fakeSecrets, settingsWith } from "../../../support/fixtures";
import { Folder } from "../../../support/folder";
import { ROOT } from "../../../support/stacks";

const TYPE = "todo-chatbot:chart:Release";
const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";
const SERVICE_TYPE = "kubernetes:core/v1:Service";
const CHART = path.join(ROOT, "helm/todo-app");

/** The release's arguments for a chart of settings, with a database outside of the cluster. */
function releaseArgs(settings: Record<string, unknown> = {}) {
  const given = settingsWith({
    databaseUrl: fakeSecrets.databaseUrl,
    ...settings,
    chart: { path: CHART, ...(settings.chart ?? {}) },
  });
  return chartReleaseArgs(given, {
    namespace: "mine",
    images: { backend: "todo-backend:1", frontend: "todo-frontend:1" },
    configMapName: "config-1",
    ipv6: false,
    secretName: "secret-1",
    podAnnotations: {},
    checkObjects: new Ownership("mine").check,
  });
}

function release(settings: Record<string, unknown> = {}, preview = false) {
  return deployComponent(
    (inCluster) => {
      const component = new ChartRelease("chart", releaseArgs(settings), inCluster);
      return {
        backend: component.nodePort("backend"),
        frontend: component.nodePort("frontend"),
      };
    },
    { preview },
  );
}

describe("components: ChartRelease", () => {
  it("is one release that goes back by itself, within its time", async () => {
    const { resources } = await release();
    assertComponent(resources, TYPE, "chart", [`${RELEASE_TYPE} chart-release`]);
    const found = resources.one(RELEASE_TYPE);
    const { values, ...inputs } = found.inputs as Record<string, unknown>;
    assert.ok(values);
    assert.deepEqual(inputs, {
      name: "todo-app",
      chart: CHART,
      namespace: "mine",
      createNamespace: false,
      atomic: true,
      cleanupOnFail: true,
      timeout: 240,
      maxHistory: 5,
      compat: "true",
    });
    // Pulumi waits longer than Helm, so that Helm's own reason is heard.
    assert.deepEqual(found.timeouts, { create: "300s", update: "300s", delete: "300s" });
  });

  it("follows its settings", async () => {
    const settings = { chart: { releaseName: "mine", timeoutSeconds: 60, maxHistory: 2 } };
    const found = (await release(settings)).resources.one(RELEASE_TYPE);
    const { name, timeout, maxHistory } = found.inputs as Record<string, unknown>;
    assert.deepEqual([name, timeout, maxHistory], ["mine", 60, 2]);
    assert.equal(found.timeouts.update, "120s");
  });

  it("sends no secret, wrapped or not: Helm keeps its values readable in the cluster", async () => {
    const { resources } = await release(fakeSecrets);
    const found = resources.one(RELEASE_TYPE);
    assert.doesNotMatch(JSON.stringify(found.inputs), /hush|neon/);
    assert.doesNotMatch(visible(found.wire), /hush|neon/);
  });

  it("shows an edit anywhere in the chart", async () => {
    const folder = new Folder();
    cpSync(CHART, folder.path, { recursive: true });
    const hash = async () =>
      (await release({ chart: { path: folder.path } })).resources
        .one(RELEASE_TYPE)
        .input("values.annotations.todo-app/chart-hash");
    const hashes = [await hash()];
    assert.match(String(hashes[0]), /^[0-9a-f]{12}$/);
    assert.equal(await hash(), hashes[0]);
    const files = chartFiles(folder.path);
    assert.ok(files.length > 10);
    for (const name of files) {
      appendFileSync(folder.file(name), "\n");
      hashes.push(await hash());
    }
    folder.write("templates/more.yaml", "");
    hashes.push(await hash());
    assert.equal(new Set(hashes).size, hashes.length);
    folder.remove();
  }).timeout(240_000);
});

describe("components: the chart's hash", () => {
  const hash = (folder: string) => hashContents(folder, chartFiles(folder));

  it("stays with what helm doesn't load or look at: other files, line endings, permissions", () => {
    const folder = new Folder();
    cpSync(CHART, folder.path, { recursive: true });
    const before = hash(folder.path);
    for (const name of [
      ...[".DS_Store", "templates/.DS_Store", "files/tests/._lib.mjs", "Thumbs.db"],
      ...["values.yaml~", "values.yaml.orig", "templates/.#hpa.yaml", "#values.yaml#"],
      ...["templates/hpa.yaml.swp", ".idea/workspace.xml", ".vscode/settings.json", "ci/more.yaml"],
    ]) {
      folder.write(name, "noise");
      assert.equal(hash(folder.path), before, name);
    }
    for (const name of chartFiles(folder.path)) {
      const text = readFileSync(folder.file(name), "utf8");
      folder.write(name, text.replaceAll("\n", "\r\n"));
      chmodSync(folder.file(name), 0o777);
    }
    assert.equal(hash(folder.path), before);
    folder.remove();
  });
});

describe("components: NodePorts of the release's Services", () => {
  it("are those that are fixed, without a look", async () => {
    const { value, resources } = await release();
    assert.equal(await valueOf(value.frontend), 30080);
    assert.equal(await valueOf(value.backend), undefined);
    assert.deepEqual(resources.ofType(SERVICE_TYPE), []);
  });

  it("are looked up where the cluster chose them, once the release is there", async () => {
    const settings = { frontend: { service: { nodePort: null } } };
    const { value, resources } = await release(settings);
    const service = resources.one(SERVICE_TYPE, "frontend-of-release");
    assert.ok(service.isRead);
    assert.equal(service.id, "mine/todo-frontend");
    assert.equal(await valueOf(value.frontend), CHOSEN_NODE_PORT);
    const preview = await release(settings, true);
    assert.equal(await valueOf(preview.value.frontend), undefined);
  });

  it("are looked up by the Service's own name", async () => {
    const settings = { frontend: { service: { name: "web", nodePort: null } } };
    const { resources } = await release(settings);
    assert.equal(resources.one(SERVICE_TYPE).id, "mine/web");
  });
});

describe("components: ChartRelease's arguments", () => {
  const refused = (over: object, message: RegExp) =>
    assert.rejects(
      deployComponent(
        (inCluster) => new ChartRelease("chart", { ...releaseArgs(), ...over }, inCluster),
      ),
      ({ message: found }: Error) => {
        assert.match(found, message);
        return true;
      },
    );

  it("refuse a NodePort of a Service that has none", async () => {
    const { services } = releaseArgs();
    const backend = { ...services.backend, nodePort: 30081 };
    await refused(
      { services: { ...services, backend } },
      /^ChartRelease "chart": services\.backend\.nodePort is 30081, but hasNodePort is false: /,
    );
  });

  it("refuse a release without time", async () => {
    await refused(
      { timeoutSeconds: 0 },
      /^ChartRelease "chart": timeoutSeconds is 0; expected 1 or more\.$/,
    );
  });

  it("have placeholders in the values of the check for all that only an update knows", () => {
    const { preview, values } = releaseArgs();
    assert.deepEqual(Object.keys(preview.values), Object.keys(values));
    assert.deepEqual(preview.values.configMap, { existingConfigMap: "any" });
    assert.deepEqual(values.configMap, { existingConfigMap: "config-1" });
    assert.deepEqual(preview.values.networkPolicy, values.networkPolicy);
  });
});

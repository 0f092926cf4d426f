import assert from "node:assert/strict";
import { assertCode } from "../support/e2e/project";
import { app, cluster, PROFILE, project } from "../support/e2e/system";

describe("npm run destroy", () => {
  it("leaves nothing in the cluster, and shows so", async () => {
    const destroy = await project.npm("destroy");
    assertCode(destroy);
    assert.match(destroy.output, /nothing/i);
    await assertNothingLeft();
  });

  it("is followed by an up with workloads: chart, on a Minikube that was stopped, whose page answers", async () => {
    await project.tool("minikube", "-p", PROFILE, "stop");
    project.configure({ workloads: "chart" });
    assertCode(await project.npm("up"));
    assert.match(await app.page(), /<title>[^<]*todo/i);
    await app.addTask("from the chart's pods");
    const owner = "jsonpath={.metadata.annotations.meta\\.helm\\.sh/release-name}";
    assert.equal(await cluster.kubectl("get", "deployment/todo-backend", "-o", owner), "todo-app");
    assertCode(await project.up("--expect-no-changes"));
  });

  it("leaves nothing of that either, after Minikube has restarted, which forgets older volumes", async () => {
    await project.tool("minikube", "-p", PROFILE, "stop");
    assertCode(await project.npm("destroy"));
    await assertNothingLeft();
  });
});

async function assertNothingLeft(): Promise<void> {
  const context = ["--context", PROFILE];
  const namespaces = await project.tool("kubectl", ...context, "get", "namespaces", "-o", "name");
  assert.ok(!namespaces.includes("todo-app"), namespaces);
  const volumes = await project.tool("kubectl", ...context, "get", "pv", "-o", "name");
  assert.equal(volumes.trim(), "");
  const folder = ["sudo", "find", "/tmp/hostpath-provisioner", "-name", "pgdata"];
  const data = await project.tool("minikube", "-p", PROFILE, "ssh", "--", ...folder);
  assert.equal(data.trim(), "");
  const images = await project.tool("minikube", "-p", PROFILE, "image", "ls");
  assert.ok(!/todo-(back|front)end/.test(images), images);
}

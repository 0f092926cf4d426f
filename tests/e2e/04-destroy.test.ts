import assert from "node:assert/strict";
import { assertCode } from "../support/e2e/project";
import { app, cluster, PROFILE, project } from "../support/e2e/system";

describe("npm run destroy", () => {
  it("by pulumi, typed by hand after the namespace was deleted, leaves nothing in the cluster", async () => {
    await project.tool("kubectl", "--context", PROFILE, "delete", "namespace", "todo-app");
    assertCode(await project.pulumi("destroy", "--stack", "dev", "--yes", "--skip-preview"));
    await assertNothingLeft();
    const destroy = await project.npm("destroy");
    assertCode(destroy);
    assert.match(destroy.output, /Left in the cluster: nothing/);
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

  it("leaves nothing of that either, after helm uninstall and a restart of Minikube, which forgets older volumes", async () => {
    const release = ["--kube-context", PROFILE, "-n", "todo-app", "uninstall", "todo-app"];
    await project.tool("helm", ...release);
    await project.tool("minikube", "-p", PROFILE, "stop");
    assertCode(await project.npm("destroy"));
    await assertNothingLeft();
  });

  it("refuses an up into a namespace of others, and into one that can't hold the stack", async () => {
    const kubectl = (...args: string[]) => project.tool("kubectl", "--context", PROFILE, ...args);
    await kubectl("create", "namespace", "todo-app");
    try {
      await kubectl("create", "quota", "team", "-n", "todo-app", "--hard=limits.cpu=200m");
      const up = await project.npm("up");
      assertCode(up, 1);
      assert.match(up.output, /"todo-app" exists already, and this stack didn't create it/);
      assert.match(up.output, /ResourceQuota team in todo-app has too little room.*limits\.cpu/);
      assert.doesNotMatch(up.output, /Deploy stack/);
    } finally {
      await kubectl("delete", "namespace", "todo-app");
    }
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

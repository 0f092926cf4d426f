import assert from "node:assert/strict";
import { App } from "../support/e2e/app";
import { ClusterView } from "../support/e2e/cluster";
import { assertCode, Project } from "../support/e2e/project";

const PROFILE = "todo-e2e-containerd";
const NODE_PORT = 30481;

describe("a Minikube with containerd", () => {
  const project = new Project("containerd", {
    context: PROFILE,
    minikube: { containerRuntime: "containerd", memory: 4096 },
    frontend: { service: { nodePort: NODE_PORT } },
  });
  const cluster = new ClusterView(project, PROFILE, "todo-app");
  const app = new App(`http://127.0.0.1:${NODE_PORT}`);
  const images = () => project.tool("minikube", "-p", PROFILE, "image", "ls");

  after(async () => {
    await project.tool("minikube", "delete", "-p", PROFILE).catch(console.error);
    project.remove();
  });

  it("gets its images loaded into the node", async () => {
    assertCode(await project.npm("up"));
    assert.match(await app.page(), /<title>[^<]*todo/i);
    await app.addTask("from a loaded image");
    assert.match(await images(), /todo-backend:1\.0\.0-/);
  });

  it("is given back an image that it has lost, and then nothing changes", async () => {
    const path = "jsonpath={.spec.template.spec.containers[0].image}";
    const image = await cluster.kubectl("get", "deployment/todo-backend", "-o", path);
    await project.tool("minikube", "-p", PROFILE, "image", "rm", image);
    assert.ok(!(await images()).includes(image));
    assertCode(await project.up());
    assert.ok((await images()).includes(image));
    assertCode(await project.up("--expect-no-changes"));
  });

  it("is left empty by destroy", async () => {
    assertCode(await project.npm("destroy"));
    assert.ok(!/todo-(back|front)end/.test(await images()));
  });
});

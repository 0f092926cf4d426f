import assert from "node:assert/strict";
import { assertCode } from "../support/e2e/project";
import { startRegistry } from "../support/e2e/registry";
import { app, cluster, PROFILE, project, REGISTRY_PORT } from "../support/e2e/system";

describe("images.registry", () => {
  it("pushes the images, and the pods refer to them by digest", async () => {
    await startRegistry(project, PROFILE);
    project.configure({
      workloads: "pulumi",
      images: { registry: { server: `127.0.0.1:${REGISTRY_PORT}` } },
    });
    assertCode(await project.npm("up"));
    await app.addTask("from a pushed image");
    const path = "jsonpath={.spec.template.spec.containers[0].image}";
    for (const name of ["todo-backend", "todo-frontend"]) {
      const image = await cluster.kubectl("get", `deployment/${name}`, "-o", path);
      assert.match(
        image,
        new RegExp(`^127\\.0\\.0\\.1:${REGISTRY_PORT}/${name}@sha256:[0-9a-f]{64}$`),
      );
    }
  });

  it("changes nothing when it is run again", async () => {
    assertCode(await project.up("--expect-no-changes"));
    assertCode(await project.npm("destroy"));
  });
});

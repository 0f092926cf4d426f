import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Load } from "../support/e2e/load";
import { assertCode } from "../support/e2e/project";
import { app, cluster, PROFILE, project } from "../support/e2e/system";

async function imageOfBackend(): Promise<string> {
  const path = "jsonpath={.spec.template.spec.containers[0].image}";
  return cluster.kubectl("get", "deployment/todo-backend", "-o", path);
}

async function nodeHas(image: string): Promise<boolean> {
  const images = (await project.tool("minikube", "-p", PROFILE, "image", "ls")).split("\n");
  return images.some((name) => name.endsWith(image));
}

/** Repeats assertions until they pass, for a minute. */
async function eventually(assertions: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await assertions();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(2000);
  }
}

/** Name of the objects by which tests let the cluster refuse pods. */
const NAME = "refusing";

function kind(apiVersion: string, name: string) {
  return { apiVersion, kind: name, metadata: { name: NAME } };
}

/** Writes an object to a file next to the project, and returns its path. */
function file(name: string, object: object): string {
  const path = join(project.folder, name);
  writeFileSync(path, JSON.stringify(object));
  return path;
}

/** Waits until the API server refuses pods: it takes a few seconds to read a policy. */
async function policyIsInForce(): Promise<void> {
  const securityContext = {
    ...{ allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 10001 },
    ...{ capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } },
  };
  const containers = [{ name: "probe", image: "none", securityContext }];
  const pod = file("pod.json", { ...kind("v1", "Pod"), spec: { containers } });
  await eventually(async () => {
    const answer = await cluster.kubectl("create", "--dry-run=server", "-f", pod).catch(String);
    assert.match(answer, /no pods today/);
  });
}

const preview = () => project.pulumi("preview", "--stack", "dev");

describe("a fault", () => {
  it("an image that the node has lost is noticed and brought back, with and without a refresh", async () => {
    const image = await imageOfBackend();
    // The running pods hold the layers, so only the name can go; the next pod would not start.
    await project.tool("minikube", "-p", PROFILE, "ssh", "--", "docker", "tag", image, "kept:1");
    await project.tool("minikube", "-p", PROFILE, "ssh", "--", "docker", "rmi", image);
    assert.equal(await nodeHas(image), false);
    assertCode(await project.up());
    assert.equal(await nodeHas(image), true);
    assertCode(await project.up("--expect-no-changes"));

    // The same after a refresh, as `npm run up` does it after a `minikube delete`.
    await project.tool("minikube", "-p", PROFILE, "ssh", "--", "docker", "rmi", image);
    assertCode(await project.pulumi("refresh", "--stack", "dev", "--yes", "--run-program"));
    assertCode(await project.up());
    assert.equal(await nodeHas(image), true);
    assertCode(await project.up("--expect-no-changes"));
    await project.tool("minikube", "-p", PROFILE, "ssh", "--", "docker", "rmi", "kept:1");
  });

  it("a broken image fails in under 3 minutes with the pod's own reason; the old version serves on", async () => {
    const healthy = await imageOfBackend();
    project.edit("docker/backend/src/main.ts", (text) =>
      text.replace(
        "async function start(): Promise<void> {",
        'async function start(): Promise<void> {\n  if (process.uptime() > 0) throw new Error("broken on purpose");',
      ),
    );
    const load = new Load(app.url, await app.session());
    const failed = await project.up();
    const { requests, failures } = await load.stop();
    console.log(
      `      failed after ${failed.seconds.toFixed(0)} s; ${requests} requests meanwhile`,
    );
    // Restored before the assertions, so that the tests after this one find a running system.
    project.edit("docker/backend/src/main.ts", (text) =>
      text.replace('\n  if (process.uptime() > 0) throw new Error("broken on purpose");', ""),
    );
    assertCode(await project.up());
    assert.equal(await imageOfBackend(), healthy);

    assert.notEqual(failed.code, 0);
    assert.match(failed.output, /broken on purpose/);
    assert.ok(failed.seconds < 180, `it took ${failed.seconds.toFixed(0)} s`);
    assert.deepEqual(failures, []);
  });

  it("a LimitRange that the pods don't fit is named before anything changes", async () => {
    const limits = { limits: [{ type: "Container", max: { cpu: "200m" } }] };
    const range = file("limits.json", { ...kind("v1", "LimitRange"), spec: limits });
    await cluster.kubectl("create", "-f", range);
    const refused = await project.npm("up");
    await cluster.kubectl("delete", "-f", range);
    assertCode(refused, 1);
    assert.match(refused.output, /LimitRange/);
    assert.doesNotMatch(refused.output, /Deploy stack/);
  });

  it("what the API server refuses ends an update in order, with that cause; the next one works", async () => {
    // A policy of the cluster, which is known only when it refuses a pod.
    const api = "admissionregistration.k8s.io/v1";
    const rule = {
      apiGroups: [""],
      apiVersions: ["v1"],
      operations: ["CREATE"],
      resources: ["pods"],
    };
    const policy = file("policy.json", {
      ...kind(api, "ValidatingAdmissionPolicy"),
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: "false", message: "no pods today" }],
      },
    });
    const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": "todo-app" } };
    const binding = file("binding.json", {
      ...kind(api, "ValidatingAdmissionPolicyBinding"),
      spec: {
        policyName: NAME,
        validationActions: ["Deny"],
        matchResources: { namespaceSelector },
      },
    });
    await cluster.kubectl("create", "-f", policy, "-f", binding);
    await policyIsInForce();
    const load = new Load(app.url, await app.session());
    project.configure({ backend: { env: { NOTE: "refused" } } });
    const failed = await project.npm("up", "--skip-preview");
    const { failures } = await load.stop();
    console.log(`      ended after ${failed.seconds.toFixed(0)} s`);
    // Restored before the assertions, so that the tests after this one find a running system.
    await cluster.kubectl("delete", "-f", policy, "-f", binding);
    project.edit("Pulumi.dev.yaml", (text) => text.replace(/\n +env:\n +NOTE: refused/, ""));
    const next = await project.npm("up", "--skip-preview");
    assertCode(next);

    assert.notEqual(failed.code, 0);
    assert.match(failed.output, /^✗ .*no pods today/m);
    assert.match(failed.output, /^✗ The cluster's ValidatingAdmissionPolicy "refusing" refuses/m);
    assert.match(failed.output, /the update is ended now, in order/);
    assert.ok(failed.seconds < 120, `it took ${failed.seconds.toFixed(0)} s`);
    assert.deepEqual(failures, []);
  });

  it("changes by hand show as drift, and are taken back by an up that looks first", async () => {
    assertCode(await project.npm("drift"));
    await cluster.kubectl("scale", "deployment/todo-backend", "--replicas=1");
    const patch = (maxUnavailable: number) =>
      cluster.kubectl(
        ...["patch", "pdb", "todo-backend", "--type=merge", "--patch"],
        JSON.stringify({ spec: { maxUnavailable } }),
      );
    await patch(2);
    const env = (...change: string[]) =>
      cluster.kubectl("set", "env", "deployment/todo-frontend", ...change);
    const label = (...change: string[]) =>
      cluster.kubectl("label", "networkpolicy", "todo-backend", ...change);
    await env("BY_HAND=1");
    await label("example.org/by-hand=yes");
    const drifted = await project.npm("drift");
    assertCode(drifted, 1);
    assert.match(drifted.output, /replicas/);
    assert.match(drifted.output, /maxUnavailable: 2/);
    assert.match(drifted.output, /todo-frontend: .*BY_HAND.* is stated nowhere \(kubectl-set/);
    assert.match(drifted.output, /todo-backend: .*by-hand.* is stated nowhere \(kubectl-label/);
    await patch(1);
    await env("BY_HAND-");
    await label("example.org/by-hand-");
    assertCode(await project.up("--refresh", "--run-program"));
    const path = "jsonpath={.spec.replicas}";
    assert.equal(await cluster.kubectl("get", "deployment/todo-backend", "-o", path), "2");
    assertCode(await project.npm("drift"));
  });

  it("another context is refused by up and destroy, and everything still runs", async () => {
    project.configure({ context: "nowhere" });
    const refused = [await project.npm("destroy"), await project.npm("up")];
    project.configure({ context: PROFILE });
    for (const outcome of refused) {
      assertCode(outcome, 1);
      assert.match(
        outcome.output,
        /deployed to the cluster "todo-e2e" \(.*\), but its settings name "nowhere"/,
      );
      assert.match(outcome.output, /To go back: .* To move: .* forget it: /);
    }
    const profiles = await project.tool("minikube", "profile", "list", "--output", "json");
    assert.doesNotMatch(profiles, /nowhere/);
    assert.match(await app.page(), /<title>[^<]*todo/i);
    assertCode(await project.up("--expect-no-changes"));
  });

  it("data that the password doesn't open is left alone, named by the pod, and kept on request", async () => {
    await app.addTask("from the earlier database");
    await cluster.sql("ALTER ROLE todo PASSWORD 'of-another-stack'");
    await cluster.kubectl("delete", "pod", "todo-postgres-0");
    const message =
      "jsonpath={.status.initContainerStatuses[0].lastState.terminated.message}{.status.initContainerStatuses[0].state.terminated.message}";
    await eventually(async () => {
      const found = await cluster.kubectl("get", "pod", "todo-postgres-0", "-o", message);
      assert.match(found, /The volume has data of an earlier database/);
      assert.match(found, /Set postgres\.existingData to keep.*or to drop/);
    });
    project.configure({ postgres: { existingData: "keep" } });
    // By `npm run up`: Kubernetes updates no pod that fails, so that someone has to delete it.
    assertCode(await project.npm("up"));
    assert.equal((await app.tasks("from the earlier database")).length, 1);
  });

  it("what the database's data can't follow is refused before anything changes", async () => {
    const before = await cluster.podUids("database");
    project.configure({ postgres: { database: "other", user: "other", storageClass: "other" } });
    const refused = await preview();
    project.configure({ postgres: { database: "todo", user: "todo", storageClass: undefined } });
    assert.notEqual(refused.code, 0);
    for (const setting of ["database", "user", "storageClass"]) {
      assert.match(refused.output, new RegExp(`postgres\\.${setting} can't change: `));
    }
    project.configure({ postgres: { storage: "2Gi" } });
    const grown = await project.npm("up");
    project.configure({ postgres: { storage: "1Gi" } });
    assert.notEqual(grown.code, 0);
    assert.match(grown.output, /has 1Gi, and can't grow to 2Gi[\s\S]*Set postgres\.storage back/);
    assert.deepEqual(await cluster.podUids("database"), before);
  });

  it("settings that are wrong are all named at once, before anything is touched", async () => {
    project.configure({ frontend: { replicas: 0 }, nonsense: "1" });
    const outcome = await project.up();
    project.configure({ frontend: { replicas: 2 } });
    project.edit("Pulumi.dev.yaml", (text) => text.replace(/^.*nonsense.*\n/m, ""));
    assert.notEqual(outcome.code, 0);
    assert.match(
      outcome.output,
      /frontend\.replicas: found 0; expected a whole number from 1 to 100/,
    );
    assert.match(outcome.output, /nonsense: found a key that doesn't exist/);
  });
});

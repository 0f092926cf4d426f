import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest } from "../support/chart/helm";
import { render } from "../support/chart/helm";
import { AROUND, DEFAULTS, EVERYTHING } from "../support/chart/scenarios";

interface PodSpec {
  readonly containers: readonly unknown[];
  readonly [key: string]: unknown;
}

/** The specification of the pods that an object makes, or is. */
function podSpec({ kind, spec }: Manifest): PodSpec | undefined {
  const found = kind === "Pod" ? spec : at(spec, "template.spec");
  return found as PodSpec | undefined;
}

/** Asserts what the Pod Security standard 'restricted' asks, and what this project asks on top. */
function assertRestricted(pod: PodSpec, where: string): void {
  assert.deepEqual(
    pod.securityContext,
    {
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      seccompProfile: { type: "RuntimeDefault" },
    },
    where,
  );
  for (const key of ["hostNetwork", "hostPID", "hostIPC", "initContainers"]) {
    assert.equal(pod[key], undefined, `${where}: ${key}`);
  }
  assert.equal(pod.automountServiceAccountToken, false, where);
  assert.equal(pod.enableServiceLinks, false, where);
  for (const volume of (pod.volumes ?? []) as object[]) {
    assert.deepEqual(Object.keys(volume), ["name", "emptyDir"], where);
    assert.match(String(at(volume, "emptyDir.sizeLimit")), /^\d+Mi$/, where);
  }
  assert.equal(pod.containers.length, 1, where);
  for (const container of pod.containers) {
    assert.deepEqual(
      at(container, "securityContext"),
      {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      where,
    );
    for (const kind of ["requests", "limits"]) {
      assert.match(String(at(container, `resources.${kind}.cpu`)), /^\d+m$/, where);
      assert.match(String(at(container, `resources.${kind}.memory`)), /^\d+[MG]i$/, where);
    }
    assert.equal(at(container, "terminationMessagePolicy"), "FallbackToLogsOnError", where);
    assert.equal(at(container, "imagePullPolicy"), "IfNotPresent", where);
    assert.equal(at(container, "ports.0.hostPort"), undefined, where);
  }
}

describe("chart: pods", () => {
  for (const [name, values] of Object.entries({ DEFAULTS, AROUND, EVERYTHING })) {
    it(`are restricted, all of them, with the values ${name}`, async () => {
      const pods: string[] = [];
      for (const object of await render(values)) {
        const pod = podSpec(object);
        if (pod === undefined) continue;
        const where = `${object.kind} ${object.metadata.name}`;
        pods.push(where);
        assertRestricted(pod, where);
      }
      const own = ["Job todo-app-migration", "Pod todo-app-test-health", "Pod todo-app-test-tasks"];
      const workloads = ["Deployment todo-backend", "Deployment todo-frontend"];
      assert.deepEqual(pods.sort(), values === AROUND ? own : [...workloads, ...own]);
    });
  }

  it("run as the configured user, however large its number", async () => {
    const ids = { runAsUser: 1000660000, runAsGroup: 1000660001, fsGroup: 1000660002 };
    for (const object of await render({ securityContext: ids })) {
      const pod = podSpec(object);
      if (pod === undefined) continue;
      assert.deepEqual(pod.securityContext, {
        runAsNonRoot: true,
        ...ids,
        seccompProfile: { type: "RuntimeDefault" },
      });
    }
  });

  it("get the secrets for pulling images", async () => {
    for (const object of await render({ imagePullSecrets: [{ name: "registry" }] })) {
      const pod = podSpec(object);
      if (pod !== undefined) assert.deepEqual(pod.imagePullSecrets, [{ name: "registry" }]);
    }
  });

  it("write only where a path is given", async () => {
    const objects = await render({ backend: { writablePaths: [] } });
    const mounts = new Map(
      objects.map((object) => [
        `${object.kind} ${object.metadata.name}`,
        at(podSpec(object), "containers.0.volumeMounts"),
      ]),
    );
    assert.equal(mounts.get("Deployment todo-backend"), undefined);
    assert.deepEqual(mounts.get("Deployment todo-frontend"), [
      { name: "tmp", mountPath: "/tmp" },
      { name: "next-cache", mountPath: "/app/.next/cache" },
    ]);
    assert.deepEqual(mounts.get("Job todo-app-migration"), [{ name: "tmp", mountPath: "/tmp" }]);
  });
});

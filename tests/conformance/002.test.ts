import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import { find } from "../support/chart/helm";
import { models } from "../support/conformance/model";
import { components, containerOf, podsOf, portsOf, sizesOf } from "../support/conformance/objects";

const model = models["002"];
const names = ["todo-backend", "todo-frontend"] as const;

describe("conformance: data model 002", () => {
  it("calls images and Deployments todo-backend and todo-frontend, in the namespace todo-app", () =>
    model.always(({ objects }) => {
      for (const name of names) {
        assert.match(containerOf(objects, name).image, new RegExp(`^${name}:3\\.0\\.0-`));
        for (const kind of ["Deployment", "Service"]) {
          assert.equal(find(objects, kind, name).metadata.namespace, "todo-app");
        }
      }
      assert.ok(find(objects, "Namespace", "todo-app"));
    }));

  it("listens on 7860 and 3000, where its images do", () =>
    model.always(({ objects }) => {
      const ports = names.map((name) => containerOf(objects, name).ports[0]?.containerPort);
      assert.deepEqual(ports, [7860, 3000]);
    }));

  it("runs one pod each, and pulls what isn't there", () =>
    model.always(({ objects }) => {
      for (const name of names) {
        assert.equal(at(find(objects, "Deployment", name), "spec.replicas"), 1);
        assert.equal(containerOf(objects, name).imagePullPolicy, "IfNotPresent");
      }
    }));

  it("pulls always where that is set, as for images of a registry", async () => {
    const { objects } = await model.run({ images: { pullPolicy: "Always" } });
    for (const name of names) assert.equal(containerOf(objects, name).imagePullPolicy, "Always");
  });

  it("runs as the user 1000", () =>
    model.always(({ objects }) => {
      const pods = podsOf(objects).filter(({ name }) => name.startsWith("todo-app-"));
      for (const { pod } of [
        ...pods,
        ...podsOf(objects).filter(({ name }) => (names as readonly string[]).includes(name)),
      ]) {
        assert.equal(at(pod, "spec.securityContext.runAsUser"), 1000);
        assert.equal(at(pod, "spec.securityContext.runAsGroup"), 1000);
      }
    }));

  it("gives the pods its sizes, and 10 s to end", () =>
    model.always(({ objects }) => {
      for (const name of names) {
        assert.deepEqual(sizesOf(containerOf(objects, name)), {
          requests: { cpu: "250m", memory: "256Mi" },
          limits: { cpu: "500m", memory: "512Mi" },
        });
        const path = "spec.template.spec.terminationGracePeriodSeconds";
        assert.equal(at(find(objects, "Deployment", name), path), 10);
      }
    }));

  it("asks by three probes, in its rhythm", () =>
    model.always(({ objects }) => {
      const { ports, livenessProbe, readinessProbe, startupProbe } = containerOf(
        objects,
        "todo-backend",
      );
      const of = (
        path: string,
        periodSeconds: number,
        timeoutSeconds: number,
        failureThreshold: number,
      ) => ({
        httpGet: { path, port: ports[0]?.containerPort },
        ...{ periodSeconds, timeoutSeconds, failureThreshold, successThreshold: 1 },
      });
      for (const [probe, expected] of [
        [livenessProbe, of("/health/live", 10, 2, 3)],
        [readinessProbe, of("/health/ready", 5, 5, 3)],
        [startupProbe, of("/health/live", 5, 2, 6)],
      ] as const) {
        const { initialDelaySeconds, ...rest } = probe;
        assert.ok(Number.isInteger(initialDelaySeconds));
        const port = rest.httpGet.port === ("http" as unknown) ? 7860 : rest.httpGet.port;
        assert.deepEqual({ ...rest, httpGet: { ...rest.httpGet, port } }, expected);
      }
      for (const kind of ["livenessProbe", "readinessProbe", "startupProbe"] as const) {
        const { httpGet, initialDelaySeconds, ...timing } = containerOf(objects, names[1])[kind];
        const {
          httpGet: _,
          initialDelaySeconds: __,
          ...same
        } = containerOf(objects, names[0])[kind];
        assert.ok(httpGet.path.startsWith("/api/") && Number.isInteger(initialDelaySeconds));
        assert.deepEqual(timing, same);
      }
    }));

  it("labels objects and pods by app, component and version", () =>
    model.always(({ objects }) => {
      for (const component of components) {
        const expected = { app: "todo-app", component, version: "3.0.0" };
        const deployment = find(objects, "Deployment", `todo-${component}`);
        for (const labels of [
          deployment.metadata.labels,
          at(deployment, "spec.template.metadata.labels") as Record<string, string>,
        ]) {
          assert.deepEqual({ ...labels, ...expected }, labels);
        }
      }
    }));

  it("has the Services of its mapping, each to its own pods", () =>
    model.always(({ objects }) => {
      for (const [component, type, port] of [
        ["backend", "ClusterIP", 7860],
        ["frontend", "LoadBalancer", 3000],
      ] as const) {
        const name = `todo-${component}`;
        const found = portsOf(objects, name);
        assert.deepEqual([found.type, found.port], [type, port]);
        assert.equal(containerOf(objects, name).ports[0]?.containerPort, port);
        const service = find(objects, "Service", name);
        assert.deepEqual(at(service, "spec.selector"), { app: "todo-app", component });
        // The DNS name is made of these two, by Kubernetes.
        assert.equal(service.metadata.namespace, "todo-app");
      }
    }));

  it("tells its version to the processes, for their health answers", () =>
    model.always(({ objects }) => {
      for (const name of names) {
        const { env } = containerOf(objects, name);
        assert.equal(env.find((one) => one.name === "VERSION")?.value, "3.0.0");
      }
    }));

  it("is a release of the chart todo-app, which can make its Deployments too", async () => {
    const { resources } = await model.deployed("chart");
    assert.deepEqual(resources.ofType("kubernetes:apps/v1:Deployment"), []);
    assert.equal(resources.one("kubernetes:helm.sh/v3:Release").input("name"), "todo-app");
  });
});

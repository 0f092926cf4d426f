import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import { find } from "../support/chart/helm";
import { models } from "../support/conformance/model";
import { asked, containerOf, portsOf, sizesOf } from "../support/conformance/objects";

const model = models["001"];
const BACKEND = "todo-chatbot-backend";
const FRONTEND = "todo-chatbot-frontend";

describe("conformance: data model 001", () => {
  it("calls images and Deployments todo-chatbot-frontend and -backend, tagged from 0.1.0 on", () =>
    model.always(({ objects }) => {
      for (const name of [BACKEND, FRONTEND]) {
        assert.match(containerOf(objects, name).image, new RegExp(`^${name}:0\\.1\\.0-`));
      }
    }));

  it("runs two pods each, on the ports 3000 and 8000, and as many as are set", async () => {
    await model.always(({ objects }) => {
      for (const [name, port] of [
        [BACKEND, 8000],
        [FRONTEND, 3000],
      ] as const) {
        assert.equal(at(find(objects, "Deployment", name), "spec.replicas"), 2);
        assert.equal(containerOf(objects, name).ports[0]?.containerPort, port);
      }
    });
    const more = { backend: { ...(model.file.backend as object), replicas: 3 } };
    const { objects } = await model.run(more);
    assert.equal(at(find(objects, "Deployment", BACKEND), "spec.replicas"), 3);
  });

  it("gives the pods its sizes", () =>
    model.always(({ objects }) => {
      assert.deepEqual(sizesOf(containerOf(objects, FRONTEND)), {
        requests: { cpu: "100m", memory: "128Mi" },
        limits: { cpu: "500m", memory: "512Mi" },
      });
      assert.deepEqual(sizesOf(containerOf(objects, BACKEND)), {
        requests: { cpu: "200m", memory: "256Mi" },
        limits: { cpu: "1000m", memory: "1Gi" },
      });
    }));

  it("asks its health addresses after 10 s and each 10 s, its readiness after 5 s and each 5 s", () =>
    model.always(({ objects }) => {
      for (const [name, live, ready] of [
        [BACKEND, "/health", "/ready"],
        [FRONTEND, "/api/health", "/api/ready"],
      ] as const) {
        const { livenessProbe, readinessProbe } = containerOf(objects, name);
        assert.deepEqual(asked(livenessProbe), { path: live, delay: 10, period: 10 });
        assert.deepEqual(asked(readinessProbe), { path: ready, delay: 5, period: 5 });
      }
    }));

  it("has a Service from 80 to 3000 outside, and one from 8000 to 8000 inside, selected by app", () =>
    model.always(({ objects }) => {
      for (const [name, type, port] of [
        [FRONTEND, "NodePort", 80],
        [BACKEND, "ClusterIP", 8000],
      ] as const) {
        const found = portsOf(objects, name);
        assert.deepEqual([found.type, found.port], [type, port]);
        assert.deepEqual(at(find(objects, "Service", name), "spec.selector"), { app: name });
      }
    }));

  it("takes LoadBalancer for NodePort where that is set", async () => {
    const { frontend: given } = model.file as { frontend: { service: object } };
    const over = { ...given, service: { ...given.service, type: "LoadBalancer" } };
    const { objects } = await model.run({ frontend: over });
    assert.equal(portsOf(objects, FRONTEND).type, "LoadBalancer");
  });

  it("keeps the configuration's keys in todo-chatbot-config", () =>
    model.always(({ objects }) => {
      assert.deepEqual(at(find(objects, "ConfigMap", "todo-chatbot-config"), "data"), {
        BACKEND_URL: "http://todo-chatbot-backend:8000",
        FRONTEND_URL: "http://localhost:3000",
        LOG_LEVEL: "info",
        NODE_ENV: "production",
        PYTHON_ENV: "production",
      });
    }));

  it("keeps the secrets' keys in todo-chatbot-secrets, for the backend", () =>
    model.always(({ objects }) => {
      const data = at(find(objects, "Secret", "todo-chatbot-secrets"), "stringData");
      assert.deepEqual(Object.keys(data as object).sort(), [
        "BETTER_AUTH_SECRET",
        "BETTER_AUTH_URL",
        "COHERE_API_KEY",
        "DATABASE_URL",
        "JWT_SECRET",
      ]);
      const variables = (name: string) =>
        containerOf(objects, name).env.flatMap(({ name: variable, valueFrom }) =>
          valueFrom === undefined ? [] : [variable],
        );
      assert.deepEqual(variables(BACKEND).sort(), Object.keys(data as object).sort());
      assert.deepEqual(variables(FRONTEND), []);
    }));

  it("is one release, todo-chatbot, whose chart makes the Deployments and Services", async () => {
    const { resources, values } = await model.deployed();
    const release = resources.one("kubernetes:helm.sh/v3:Release");
    assert.equal(release.input("name"), "todo-chatbot");
    assert.deepEqual(resources.ofType("kubernetes:apps/v1:Deployment"), []);
    assert.equal(at(values, "nameOverride"), "todo-chatbot");
  });

  it("sets tags, replicas, sizes, Service types and what is of an environment by values", async () => {
    const { values } = await model.deployed();
    for (const side of ["backend", "frontend"]) {
      assert.match(String(at(values, `${side}.image.tag`)), /^0\.1\.0-/);
      assert.equal(at(values, `${side}.replicas`), 2);
      assert.ok(at(values, `${side}.resources.limits.memory`));
      assert.ok(at(values, `${side}.service.type`));
      assert.ok(at(values, `${side}.env`));
    }
  });
});

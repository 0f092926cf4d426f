import assert from "node:assert/strict";
import { parse } from "yaml";
import { creationArguments } from "../../cli/environment/provide/start-minikube";
import { at } from "../../lib/pulumi/values";
import { find } from "../support/chart/helm";
import { models } from "../support/conformance/model";
import { asked, components, containerOf, portsOf, sizesOf } from "../support/conformance/objects";

const model = models["000"];

describe("conformance: data model 000", () => {
  it("calls images, Deployments and Services todo-backend and todo-frontend", () =>
    model.always(({ objects }) => {
      for (const name of ["todo-backend", "todo-frontend"]) {
        const { image, ports } = containerOf(objects, name);
        assert.match(image, new RegExp(`^${name}:1\\.0\\.0-`));
        assert.equal(ports.length, 1);
        find(objects, "Service", name);
      }
    }));

  it("has the values of its block: replicas, pull policy, sizes, Service, probes", () =>
    model.always(({ objects }) => {
      const values = parse(model.document.block(141)) as {
        replicaCount: number;
        image: { tag: string; pullPolicy: string };
        resources: object;
        service: { type: string; port: number; targetPort: number; nodePort: number };
        healthCheck: { path: string; initialDelaySeconds: number; periodSeconds: number };
      };
      for (const component of components) {
        const name = `todo-${component}`;
        const container = containerOf(objects, name);
        const { tag, pullPolicy } = values.image;
        assert.equal(at(find(objects, "Deployment", name), "spec.replicas"), values.replicaCount);
        assert.ok(container.image.includes(`:${tag}-`));
        assert.equal(container.imagePullPolicy, pullPolicy);
        assert.deepEqual(sizesOf(container), values.resources);
        const { initialDelaySeconds: delay, periodSeconds: period } = values.healthCheck;
        // The page's own address is /api/health: below /api is what isn't a page.
        const path = component === "backend" ? values.healthCheck.path : "/api/health";
        const ready = component === "backend" ? path : "/api/ready";
        assert.deepEqual(asked(container.livenessProbe), { path, delay, period });
        assert.equal(container.readinessProbe.httpGet.path, ready);
      }
      const { type, port, nodePort } = portsOf(objects, "todo-frontend");
      assert.deepEqual(
        {
          type,
          port,
          targetPort: containerOf(objects, "todo-frontend").ports[0]?.containerPort,
          nodePort,
        },
        values.service,
      );
    }));

  it("keeps the configuration's keys in app-config", () =>
    model.always(({ objects }) => {
      const data = at(find(objects, "ConfigMap", "app-config"), "data");
      assert.equal(at(data, "ENVIRONMENT"), "development");
      assert.equal(at(data, "LOG_LEVEL"), "info");
      assert.equal(at(data, "FRONTEND_URL"), "http://todo-frontend:80");
      assert.equal(at(data, "BACKEND_URL"), "http://todo-backend:7860");
      for (const name of ["todo-backend", "todo-frontend"]) {
        assert.deepEqual(containerOf(objects, name).envFrom, [
          { configMapRef: { name: "app-config" } },
        ]);
      }
    }));

  it("keeps the secrets' keys in app-secrets, of the type Opaque", () =>
    model.always(({ objects }) => {
      const secret = find(objects, "Secret", "app-secrets");
      assert.equal(at(secret, "type"), "Opaque");
      assert.deepEqual(Object.keys(at(secret, "stringData") as object).sort(), [
        "BETTER_AUTH_SECRET",
        "COHERE_API_KEY",
        "DATABASE_URL",
        "JWT_SECRET_KEY",
      ]);
      const names = containerOf(objects, "todo-backend").env.flatMap(
        ({ valueFrom }) => valueFrom?.secretKeyRef.name ?? [],
      );
      assert.deepEqual(new Set(names), new Set(["app-secrets"]));
    }));

  it("makes the Minikube of its command", () => {
    const { minikube, context: profile } = model.settings;
    const { memory: memoryMiB, ...rest } = minikube;
    const args = creationArguments({ ...rest, profile, memoryMiB, nodePorts: [30080] });
    const said = model.document
      .block(195)
      .split(/[\s\\]+/)
      .filter((word) => word !== "minikube" && word !== "");
    assert.ok(said.length === 5);
    for (const word of said) assert.ok(args.includes(word), `${word} among ${args.join(" ")}`);
  });
});

import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest } from "../support/chart/helm";
import { find, names, render } from "../support/chart/helm";
import { AROUND, EVERYTHING } from "../support/chart/scenarios";

const SIDES = {
  backend: { name: "todo-backend", port: 7860 },
  frontend: { name: "todo-frontend", port: 3000 },
} as const;

const container = (deployment: Manifest) => at(deployment, "spec.template.spec.containers.0");

describe("chart: Deployments and Services", () => {
  let objects: Manifest[];
  before(async () => {
    objects = await render();
  });

  it("makes both by default, and neither where another tool owns them", async () => {
    const both = ["todo-backend", "todo-frontend"];
    assert.deepEqual(names(objects, "Deployment"), both);
    assert.deepEqual(names(objects, "Service"), both);

    const around = await render(AROUND);
    assert.deepEqual(names(around, "Deployment"), []);
    assert.deepEqual(names(around, "Service"), []);
    // What goes around them is the same in both modes.
    const rest = objects.filter(({ kind }) => !["Deployment", "Service"].includes(kind));
    assert.deepEqual(around, rest);
  });

  for (const [component, { name, port }] of Object.entries(SIDES)) {
    describe(component, () => {
      it("is selected by app and component, and nothing else", () => {
        const deployment = find(objects, "Deployment", name);
        const selector = { app: "todo-app", component };
        assert.deepEqual(at(deployment, "spec.selector.matchLabels"), selector);
        assert.deepEqual(at(find(objects, "Service", name), "spec.selector"), selector);
        assert.deepEqual(at(deployment, "spec.template.spec.topologySpreadConstraints"), [
          {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: selector },
          },
        ]);
      });

      it("carries the data model's labels and the standard ones", () => {
        const pod = {
          app: "todo-app",
          component,
          version: "1.0.0",
          "app.kubernetes.io/name": "todo-app",
          "app.kubernetes.io/instance": "todo-app",
          "app.kubernetes.io/version": "1.0.0",
          "app.kubernetes.io/component": component,
          "app.kubernetes.io/part-of": "todo-app",
        };
        const object = {
          ...pod,
          "helm.sh/chart": "todo-app-1.0.0",
          "app.kubernetes.io/managed-by": "Helm",
        };
        const deployment = find(objects, "Deployment", name);
        assert.deepEqual(at(deployment, "spec.template.metadata.labels"), pod);
        assert.deepEqual(deployment.metadata.labels, object);
        assert.deepEqual(find(objects, "Service", name).metadata.labels, object);
      });

      it("listens on the same port everywhere", () => {
        const deployment = find(objects, "Deployment", name);
        assert.deepEqual(at(container(deployment), "ports"), [
          { name: "http", containerPort: port, protocol: "TCP" },
        ]);
        for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
          assert.equal(at(container(deployment), `${probe}.httpGet.port`), port);
        }
        assert.deepEqual(at(container(deployment), "env.1"), { name: "PORT", value: `${port}` });
      });

      it("loses no capacity in a rollout, and gives a going pod time", () => {
        const deployment = find(objects, "Deployment", name);
        assert.equal(at(deployment, "spec.replicas"), 2);
        assert.equal(at(deployment, "spec.progressDeadlineSeconds"), 90);
        assert.equal(at(deployment, "spec.revisionHistoryLimit"), 3);
        assert.deepEqual(at(deployment, "spec.strategy"), {
          type: "RollingUpdate",
          rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        });
        assert.deepEqual(at(container(deployment), "lifecycle"), {
          preStop: { sleep: { seconds: 5 } },
        });
        assert.equal(at(deployment, "spec.template.spec.terminationGracePeriodSeconds"), 30);
      });
    });
  }

  it("asks live and ready at the addresses and in the rhythm of the data model", () => {
    const timing = {
      startupProbe: [0, 5, 2, 6, 1],
      livenessProbe: [30, 10, 5, 3, 1],
      readinessProbe: [10, 5, 3, 2, 1],
    };
    const paths = {
      "todo-backend": ["/health/live", "/health/live", "/health/ready"],
      "todo-frontend": ["/api/health", "/api/health", "/api/ready"],
    };
    for (const [name, [startup, liveness, readiness]] of Object.entries(paths)) {
      const path = {
        startupProbe: startup,
        livenessProbe: liveness,
        readinessProbe: readiness,
      };
      for (const probe of Object.keys(timing) as (keyof typeof timing)[]) {
        const found = at(container(find(objects, "Deployment", name)), probe);
        assert.equal(at(found, "httpGet.path"), path[probe]);
        assert.deepEqual(
          [
            "initialDelaySeconds",
            "periodSeconds",
            "timeoutSeconds",
            "failureThreshold",
            "successThreshold",
          ].map((key) => at(found, key)),
          timing[probe],
        );
      }
    }
  });

  it("reserves what the data model says", () => {
    assert.deepEqual(at(container(find(objects, "Deployment", "todo-backend")), "resources"), {
      requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "256Mi" },
    });
    assert.deepEqual(at(container(find(objects, "Deployment", "todo-frontend")), "resources"), {
      requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" },
    });
  });

  it("reads settings from the ConfigMap and secrets from the Secret, each by its name", async () => {
    const named = await render({
      configMap: { existingConfigMap: "todo-config-1a2b" },
      secret: { existingSecret: "todo-secrets-3c4d", keys: { DATABASE_URL: "database-url" } },
    });
    for (const { name } of Object.values(SIDES)) {
      assert.deepEqual(at(container(find(named, "Deployment", name)), "envFrom"), [
        { configMapRef: { name: "todo-config-1a2b" } },
      ]);
    }
    const from = (key: string, optional = {}) => ({
      valueFrom: { secretKeyRef: { name: "todo-secrets-3c4d", key, ...optional } },
    });
    assert.deepEqual(at(container(find(named, "Deployment", "todo-backend")), "env"), [
      { name: "VERSION", value: "1.0.0" },
      { name: "PORT", value: "7860" },
      { name: "DATABASE_URL", ...from("database-url") },
      // Without a key of the language model the chat answers by rules, so the pod has to start.
      { name: "COHERE_API_KEY", ...from("COHERE_API_KEY", { optional: true }) },
      { name: "BETTER_AUTH_SECRET", ...from("BETTER_AUTH_SECRET") },
      { name: "JWT_SECRET", ...from("JWT_SECRET") },
    ]);
    // The frontend hands calls on and keeps no secret.
    assert.deepEqual(at(container(find(named, "Deployment", "todo-frontend")), "env"), [
      { name: "VERSION", value: "1.0.0" },
      { name: "PORT", value: "3000" },
    ]);
  });

  it("refers to an image by tag, or by digest alone", async () => {
    const digest = `sha256:${"0a".repeat(32)}`;
    const image = { repository: "registry:5000/todo-backend", tag: "1.0.0-0123456789ab" };
    const tagged = await render({ backend: { image } });
    assert.equal(
      at(container(find(tagged, "Deployment", "todo-backend")), "image"),
      "registry:5000/todo-backend:1.0.0-0123456789ab",
    );
    const pinned = await render({ backend: { image: { ...image, tag: "", digest } } });
    for (const where of [
      at(container(find(pinned, "Deployment", "todo-backend")), "image"),
      at(find(pinned, "Job", "todo-app-migration"), "spec.template.spec.containers.0.image"),
      at(find(pinned, "Pod", "todo-app-test-tasks"), "spec.containers.0.image"),
    ]) {
      assert.equal(where, `registry:5000/todo-backend@${digest}`);
    }
  });

  it("leaves replicas out while the autoscaler sets them", async () => {
    const scaled = await render({ backend: { autoscaling: { enabled: true } } });
    assert.equal(at(find(scaled, "Deployment", "todo-backend"), "spec.replicas"), undefined);
    assert.equal(at(find(scaled, "Deployment", "todo-frontend"), "spec.replicas"), 2);
    assert.deepEqual(names(scaled, "HorizontalPodAutoscaler"), ["todo-backend"]);
    assert.deepEqual(find(scaled, "HorizontalPodAutoscaler", "todo-backend").spec, {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "todo-backend" },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
        },
      ],
    });
  });

  it("leaves out the pause where it is 0, and a command where the image has its own", async () => {
    assert.equal(at(container(find(objects, "Deployment", "todo-backend")), "command"), undefined);
    const changed = await render({ backend: { preStopSeconds: 0, command: ["node", "x.js"] } });
    const found = container(find(changed, "Deployment", "todo-backend"));
    assert.equal(at(found, "lifecycle"), undefined);
    assert.deepEqual(at(found, "command"), ["node", "x.js"]);
  });

  it("takes pods one at a time from a drained node", () => {
    assert.deepEqual(find(objects, "PodDisruptionBudget", "todo-frontend").spec, {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { app: "todo-app", component: "frontend" } },
    });
  });

  it("takes names that YAML would take for something else", async () => {
    const odd = await render({
      labels: { app: "1.5" },
      version: "2",
      configMap: { name: "1234", data: { BETTER_AUTH_URL: "https://todo.example.org" } },
      secret: { existingSecret: "5678", keys: { JWT_SECRET: "1e3" } },
      backend: { name: "on", component: "yes", env: { Y: "off" } },
      ingress: { enabled: true, host: "*.example.org" },
    });
    const deployment = find(odd, "Deployment", "on");
    const pod = container(deployment);
    assert.equal(at(pod, "name"), "yes");
    assert.equal(at(pod, "envFrom.0.configMapRef.name"), "1234");
    assert.deepEqual(at(pod, "env.0"), { name: "VERSION", value: "2" });
    assert.deepEqual(at(pod, "env.5.valueFrom.secretKeyRef"), { name: "5678", key: "1e3" });
    assert.deepEqual(at(pod, "env.6"), { name: "Y", value: "off" });
    assert.deepEqual(at(deployment, "spec.selector.matchLabels"), { app: "1.5", component: "yes" });
    assert.equal(deployment.metadata.labels.version, "2");
    assert.equal(at(find(odd, "Ingress", "todo-frontend"), "spec.rules.0.host"), "*.example.org");
    for (const { spec } of odd.filter(({ kind }) => kind === "NetworkPolicy")) {
      assert.equal(at(spec, "podSelector.matchLabels.app"), "1.5");
    }
  });

  it("puts annotations on every object, and only podAnnotations on pods", async () => {
    for (const object of await render(EVERYTHING)) {
      const where = `${object.kind} ${object.metadata.name}`;
      assert.equal(object.metadata.annotations?.["example.org/chart-hash"], "abc", where);
      const template = at(object, "spec.template.metadata.annotations");
      if (template === undefined) continue;
      const {
        "checksum/config": _config,
        "checksum/secret": _secret,
        // Of the pods that end alone.
        "linkerd.io/inject": _inject,
        ...rest
      } = template as Record<string, string>;
      assert.deepEqual(rest, { "example.org/roll": "1" }, where);
    }
  });
});

describe("chart: Service types", () => {
  const service = async (values: Record<string, unknown>) =>
    find(await render({ frontend: { service: values } }), "Service", "todo-frontend").spec;
  const selector = { app: "todo-app", component: "frontend" };
  const port = { name: "http", port: 3000, targetPort: 3000, protocol: "TCP" };

  it("NodePort with its port, or one that the cluster chooses", async () => {
    assert.deepEqual(await service({}), {
      type: "NodePort",
      selector,
      ports: [{ ...port, nodePort: 30080 }],
    });
    assert.deepEqual(await service({ nodePort: null }), {
      type: "NodePort",
      selector,
      ports: [port],
    });
  });

  it("ClusterIP without a port of the node", async () => {
    assert.deepEqual(await service({ type: "ClusterIP" }), {
      type: "ClusterIP",
      selector,
      ports: [port],
    });
  });

  it("LoadBalancer, on another port than the container's", async () => {
    assert.deepEqual(await service({ type: "LoadBalancer", port: 80, nodePort: null }), {
      type: "LoadBalancer",
      selector,
      ports: [{ ...port, port: 80 }],
    });
  });

  it("a name of its own", async () => {
    const objects = await render({ frontend: { service: { name: "web" } } });
    assert.deepEqual(names(objects, "Service"), ["todo-backend", "web"]);
  });
});

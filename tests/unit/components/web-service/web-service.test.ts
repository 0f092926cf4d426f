import assert from "node:assert/strict";
import { valueOf } from "../../../../cli/preview/registered-resource";
import { WebService, webServiceArgs } from "../../../../components";
import { CHOSEN_NODE_PORT } from "../../../support/cloud";
import { assertComponent, deployComponent } from "../../../support/component";
import { settingsWith } from "../../../support/fixtures";

const DEPLOYMENT_TYPE = "kubernetes:apps/v1:Deployment";
const SERVICE_TYPE = "kubernetes:core/v1:Service";
const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.0`;

interface Options {
  settings?: Record<string, unknown>;
  podAnnotations?: Record<string, string>;
  preview?: boolean;
}

/** One of the web services, with its Deployment and its Service. */
async function web(
  component: "backend" | "frontend",
  { settings: given = {}, podAnnotations = {}, preview = false }: Options = {},
) {
  const settings = settingsWith(given);
  const { value, resources } = await deployComponent(
    (inCluster) =>
      new WebService(
        component,
        webServiceArgs(settings, component, {
          namespace: "mine",
          image: `todo-${component}:1.0.0-abc`,
          configMap: { name: "config-1", podAnnotations },
          secret: { name: "secret-1", podAnnotations: {} },
        }),
        inCluster,
      ),
    { preview },
  );
  const registered = assertComponent(resources, "todo-chatbot:app:WebService", component, [
    `${DEPLOYMENT_TYPE} ${component}-deployment`,
    `${SERVICE_TYPE} ${component}-service`,
  ]);
  return {
    value,
    outputs: registered.outputs,
    deployment: resources.one(DEPLOYMENT_TYPE),
    service: resources.one(SERVICE_TYPE),
  };
}

describe("components: WebService's Deployment", () => {
  for (const component of ["backend", "frontend"] as const) {
    it(`${component}: keeps the 'restricted' standard, with a read-only root`, async () => {
      const { deployment } = await web(component);
      assert.deepEqual(deployment.input(`${POD}.securityContext`), {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: "RuntimeDefault" },
      });
      assert.deepEqual(deployment.input(`${CONTAINER}.securityContext`), {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      // A ServiceAccount of its own, which the release makes; but no token.
      assert.equal(deployment.input(`${POD}.serviceAccountName`), `todo-${component}`);
      assert.equal(deployment.input(`${POD}.automountServiceAccountToken`), false);
      assert.equal(deployment.input(`${POD}.enableServiceLinks`), false);
      for (const key of ["hostNetwork", "hostPID", "hostIPC", "initContainers"]) {
        assert.equal(deployment.input(`${POD}.${key}`), undefined, key);
      }
    });

    it(`${component}: runs as the user that is set`, async () => {
      const { deployment } = await web(component, { settings: { images: { runAsUser: 1000 } } });
      const context = `${POD}.securityContext`;
      for (const id of ["runAsUser", "runAsGroup", "fsGroup"]) {
        assert.equal(deployment.input(`${context}.${id}`), 1000);
      }
    });

    it(`${component}: replaces pods without a gap, and fails promptly with the pod's own reason`, async () => {
      const { deployment } = await web(component);
      assert.deepEqual(deployment.input("spec.strategy"), {
        type: "RollingUpdate",
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      });
      assert.deepEqual(deployment.input(`${CONTAINER}.lifecycle`), {
        preStop: { sleep: { seconds: 5 } },
      });
      assert.equal(deployment.input(`${POD}.terminationGracePeriodSeconds`), 30);
      assert.equal(deployment.input("spec.progressDeadlineSeconds"), 90);
      const annotations = deployment.input("metadata.annotations");
      assert.deepEqual(annotations, { "pulumi.com/patchForce": "true" });
      assert.equal(deployment.input("spec.revisionHistoryLimit"), 3);
      assert.deepEqual(deployment.timeouts, { create: "120s", update: "120s" });
      assert.equal(
        deployment.input(`${CONTAINER}.terminationMessagePolicy`),
        "FallbackToLogsOnError",
      );
    });

    it(`${component}: selects its own pods, labels them in full and spreads them`, async () => {
      const { deployment, service } = await web(component);
      const selector = { app: "todo-app", component };
      const labels = {
        ...selector,
        version: "1.0.0",
        "app.kubernetes.io/name": "todo-app",
        "app.kubernetes.io/instance": "todo-app",
        "app.kubernetes.io/version": "1.0.0",
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/part-of": "todo-app",
      };
      const ours = { ...labels, "app.kubernetes.io/managed-by": "pulumi" };
      assert.deepEqual(deployment.input("spec.selector.matchLabels"), selector);
      assert.deepEqual(service.input("spec.selector"), selector);
      assert.deepEqual(deployment.input("spec.template.metadata.labels"), labels);
      assert.deepEqual(deployment.input("metadata.labels"), ours);
      assert.deepEqual(service.input("metadata.labels"), ours);
      assert.deepEqual(deployment.input(`${POD}.topologySpreadConstraints`), [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: selector },
        },
      ]);
    });
  }

  it("has its name, image, port, sizes, replicas and environment", async () => {
    const { deployment } = await web("backend", {
      settings: { backend: { env: { B: "2", A: "1" } } },
    });
    assert.equal(deployment.input("metadata.name"), "todo-backend");
    assert.equal(deployment.input("metadata.namespace"), "mine");
    assert.equal(deployment.input("spec.replicas"), 2);
    assert.equal(deployment.input(`${CONTAINER}.name`), "backend");
    assert.equal(deployment.input(`${CONTAINER}.image`), "todo-backend:1.0.0-abc");
    assert.equal(deployment.input(`${CONTAINER}.imagePullPolicy`), "IfNotPresent");
    assert.deepEqual(deployment.input(`${CONTAINER}.ports`), [
      { name: "http", containerPort: 7860, protocol: "TCP" },
    ]);
    assert.deepEqual(deployment.input(`${CONTAINER}.resources`), {
      requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "256Mi" },
    });
    assert.deepEqual(deployment.input(`${CONTAINER}.envFrom`), [
      { configMapRef: { name: "config-1" } },
    ]);
    const fromSecret = (key: string, optional = {}) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: "secret-1", key, ...optional } },
    });
    assert.deepEqual(deployment.input(`${CONTAINER}.env`), [
      { name: "VERSION", value: "1.0.0" },
      { name: "PORT", value: "7860" },
      fromSecret("DATABASE_URL"),
      // Without it the chat answers by rules; any other that is missing stops the pod.
      fromSecret("COHERE_API_KEY", { optional: true }),
      fromSecret("BETTER_AUTH_SECRET"),
      fromSecret("JWT_SECRET"),
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ]);
  });

  it("gives the frontend no secret, and its cache a place to write", async () => {
    const { deployment } = await web("frontend");
    assert.doesNotMatch(JSON.stringify(deployment.inputs), /secret/i);
    assert.deepEqual(deployment.input(`${POD}.volumes`), [
      { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
      { name: "next-cache", emptyDir: { sizeLimit: "128Mi" } },
    ]);
    assert.deepEqual(deployment.input(`${CONTAINER}.volumeMounts`), [
      { name: "tmp", mountPath: "/tmp" },
      { name: "next-cache", mountPath: "/app/.next/cache" },
    ]);
  });

  it("asks by three probes, liveness never the database", async () => {
    const { deployment } = await web("backend");
    const probe = (
      path: string,
      initialDelaySeconds: number,
      periodSeconds: number,
      timeoutSeconds: number,
      failureThreshold: number,
    ) => ({
      httpGet: { path, port: 7860 },
      ...{ initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold },
      successThreshold: 1,
    });
    assert.deepEqual(
      deployment.input(`${CONTAINER}.startupProbe`),
      probe("/health/live", 0, 5, 2, 6),
    );
    assert.deepEqual(
      deployment.input(`${CONTAINER}.livenessProbe`),
      probe("/health/live", 30, 10, 5, 3),
    );
    assert.deepEqual(
      deployment.input(`${CONTAINER}.readinessProbe`),
      probe("/health/ready", 10, 5, 3, 2),
    );
  });

  it("leaves the replicas to the autoscaler where it is on", async () => {
    const { deployment } = await web("backend", {
      settings: { backend: { autoscaling: { enabled: true } } },
    });
    assert.ok(!("replicas" in (deployment.input("spec") as object)));
    assert.deepEqual(deployment.ignoreChanges, ["spec.replicas"]);
    assert.deepEqual((await web("backend")).deployment.ignoreChanges, []);
  });

  it("has no pause where it is set to 0, and pull secrets where they are set", async () => {
    const { deployment } = await web("backend", {
      settings: { backend: { preStopSeconds: 0 }, images: { pullSecrets: ["pull"] } },
    });
    assert.equal(deployment.input(`${CONTAINER}.lifecycle`), undefined);
    assert.deepEqual(deployment.input(`${POD}.imagePullSecrets`), [{ name: "pull" }]);
  });

  it("rolls its pods by annotations, and has none where there are none", async () => {
    const annotated = await web("backend", { podAnnotations: { "todo-app/config-revision": "1" } });
    assert.deepEqual(annotated.deployment.input("spec.template.metadata.annotations"), {
      "todo-app/config-revision": "1",
    });
    const plain = await web("backend");
    assert.equal(plain.deployment.input("spec.template.metadata.annotations"), undefined);
  });

  it("follows other labels, timeouts and rollout settings", async () => {
    const { deployment } = await web("frontend", {
      settings: {
        frontend: { selectorLabels: { app: "todo-chatbot-frontend" } },
        rollout: { timeoutSeconds: 60, maxSurge: 2, maxUnavailable: 1 },
      },
    });
    assert.equal(deployment.input("spec.template.metadata.labels.app"), "todo-chatbot-frontend");
    assert.deepEqual(deployment.timeouts, { create: "60s", update: "60s" });
    assert.deepEqual(deployment.input("spec.strategy.rollingUpdate"), {
      maxSurge: 2,
      maxUnavailable: 1,
    });
  });
});

describe("components: WebService's Service", () => {
  const port = { name: "http", protocol: "TCP" };

  it("backend: is inside the cluster alone", async () => {
    const { value, service } = await web("backend");
    assert.equal(service.input("metadata.name"), "todo-backend");
    assert.equal(service.input("spec.type"), "ClusterIP");
    assert.deepEqual(service.input("spec.ports"), [{ ...port, port: 7860, targetPort: 7860 }]);
    assert.equal(await valueOf(value.nodePort), undefined);
  });

  it("frontend: is on its NodePort, known at preview", async () => {
    const { value, outputs, service } = await web("frontend", { preview: true });
    assert.deepEqual(outputs, { nodePort: 30080 });
    assert.equal(service.input("spec.type"), "NodePort");
    assert.deepEqual(service.input("spec.ports"), [
      { ...port, port: 3000, targetPort: 3000, nodePort: 30080 },
    ]);
    assert.equal(await valueOf(value.nodePort), 30080);
  });

  it("has the NodePort that the cluster chose where none is fixed, unknown at preview", async () => {
    const settings = { frontend: { service: { nodePort: null } } };
    const { value, service } = await web("frontend", { settings });
    assert.deepEqual(service.input("spec.ports"), [{ ...port, port: 3000, targetPort: 3000 }]);
    assert.equal(await valueOf(value.nodePort), CHOSEN_NODE_PORT);
    const preview = await web("frontend", { settings, preview: true });
    assert.equal(await valueOf(preview.value.nodePort), undefined);
  });

  it("drops a NodePort that its type can't have", async () => {
    const { value, service } = await web("frontend", {
      settings: { frontend: { service: { type: "ClusterIP" } } },
    });
    assert.equal(service.input("spec.ports.0.nodePort"), undefined);
    assert.equal(await valueOf(value.nodePort), undefined);
  });

  it("may have a name, a port and a type of its own", async () => {
    const { service } = await web("frontend", {
      settings: { frontend: { service: { name: "web", type: "LoadBalancer", port: 80 } } },
    });
    assert.equal(service.input("metadata.name"), "web");
    assert.equal(service.input("spec.type"), "LoadBalancer");
    assert.deepEqual(service.input("spec.ports"), [
      { ...port, port: 80, targetPort: 3000, nodePort: 30080 },
    ]);
  });

  it("isn't awaited in addition to its Deployment, and is deleted before one that replaces it", async () => {
    const { service } = await web("backend");
    assert.deepEqual(service.input("metadata.annotations"), { "pulumi.com/skipAwait": "true" });
    assert.equal(service.deleteBeforeReplace, true);
  });
});

describe("components: WebService's arguments", () => {
  const args = webServiceArgs(settingsWith(), "frontend", {
    namespace: "mine",
    image: "todo-frontend:1.0.0-abc",
    configMap: { name: "config-1", podAnnotations: {} },
    secret: { name: "secret-1", podAnnotations: {} },
  });

  for (const [what, over, message] of [
    [
      "a NodePort of a Service that is ClusterIP",
      { serviceType: "ClusterIP" },
      /nodePort is 30080, but serviceType is ClusterIP, which has no NodePort: set serviceType/,
    ],
    ["a selector without labels", { selectorLabels: {} }, /selectorLabels is empty/],
    [
      "a rollout that can replace no pod",
      { maxSurge: 0, maxUnavailable: 0 },
      /maxSurge and maxUnavailable are both 0/,
    ],
    [
      "a pause that leaves no time to drain",
      { preStopSeconds: 30 },
      /preStopSeconds is 30, which leaves no time to drain within terminationGracePeriodSeconds, 30/,
    ],
    ["root", { runAsUser: 0 }, /runAsUser is 0; expected 1 or more/],
  ] as const) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(
        deployComponent((inCluster) => new WebService("frontend", { ...args, ...over }, inCluster)),
        ({ message: found }: Error) => {
          assert.match(found, /^WebService "frontend": /);
          assert.match(found, message);
          return true;
        },
      );
    });
  }
});

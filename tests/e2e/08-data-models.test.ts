import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stringify } from "yaml";
import { parseSettings, secretEnvNames } from "../../settings";
import { stackFile } from "../support/conformance/model";
import { App } from "../support/e2e/app";
import { ClusterView } from "../support/e2e/cluster";
import { assertCode } from "../support/e2e/project";
import { PROFILE, project } from "../support/e2e/system";
import { needsMinutes } from "../support/e2e/time";
import { asConfig } from "../support/values";

/** The most megabytes that each data model allows for the images of backend and frontend. */
const models = {
  "000": { backend: 200, frontend: 300 },
  "001": { backend: 150, frontend: 200 },
  "002": { backend: 500, frontend: 300 },
  // "Reasonable": no more than the strictest of the others allows.
  "003": { backend: 150, frontend: 200 },
  "004": undefined,
} as const;

interface Pod {
  metadata: { name: string; creationTimestamp: string };
  status: {
    phase: string;
    conditions: { type: string; status: string; lastTransitionTime: string }[];
    containerStatuses: {
      ready: boolean;
      restartCount: number;
      state: { running?: { startedAt: string } };
    }[];
  };
}

/** The items of a list that kubectl prints as JSON. */
async function items<T>(cluster: ClusterView, ...args: string[]): Promise<T[]> {
  const list = await cluster.kubectl("get", ...args, "-o", "json");
  return (JSON.parse(list) as { items: T[] }).items;
}

/** Seconds from one time stamp of Kubernetes to another. */
function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

describe("the data models, deployed", () => {
  // What the tests before have left would take the names and the ports.
  before("nothing else is deployed", async () => {
    assertCode(await project.npm("destroy"));
  });

  for (const [id, sizes] of Object.entries(models)) {
    describe(`data model ${id}`, () => {
      const stack = `model-${id}`;
      const file: Record<string, unknown> = { ...stackFile(id), context: PROFILE };
      const settings = parseSettings(asConfig(file));
      const { backend, frontend } = settings;
      const cluster = new ClusterView(project, PROFILE, settings.namespace);
      let app: App;
      const pods = async () => [
        ...(await items<Pod>(cluster, "pods", "-l", labels(backend.selectorLabels))),
        ...(await items<Pod>(cluster, "pods", "-l", labels(frontend.selectorLabels))),
      ];

      before("npm run up", async function () {
        const config = Object.fromEntries(
          Object.entries(file).map(([key, value]) => [`todo-chatbot:${key}`, value]),
        );
        writeFileSync(join(project.folder, `Pulumi.${stack}.yaml`), stringify({ config }));
        needsMinutes(this, 3);
        const outcome = await project.npm("up", "--stack", stack, "--skip-preview");
        assertCode(outcome);
        console.log(`      up: ${outcome.seconds.toFixed(0)} s`);
        const output = ["stack", "output", "frontendUrl", "--stack", stack];
        app = new App((await project.tool("pulumi", ...output)).trim());
      });

      after("npm run destroy", async () => {
        assertCode(await project.npm("destroy", "--stack", stack));
      });

      it("has all its pods running within 2 minutes, one container of one ready in each", async () => {
        const all = await pods();
        assert.equal(all.length, backend.replicas + frontend.replicas);
        for (const { metadata, status } of all) {
          assert.equal(status.phase, "Running", metadata.name);
          const [container, ...others] = status.containerStatuses;
          assert.deepEqual([container?.ready, others.length], [true, 0], metadata.name);
          const { startedAt = "" } = container?.state.running ?? {};
          const seconds = secondsBetween(metadata.creationTimestamp, startedAt);
          assert.ok(seconds <= 120, `${metadata.name} ran after ${seconds} s`);
        }
      });

      it("has each pod healthy within 30 seconds of its start, without a restart", async () => {
        for (const { metadata, status } of await pods()) {
          const ready = status.conditions.find(({ type }) => type === "Ready");
          const { startedAt = "" } = status.containerStatuses[0]?.state.running ?? {};
          const seconds = secondsBetween(startedAt, ready?.lastTransitionTime ?? "");
          assert.ok(seconds <= 30, `${metadata.name} was ready ${seconds} s after its start`);
          assert.equal(status.containerStatuses[0]?.restartCount, 0, metadata.name);
        }
      });

      it("answers with its page and its health through the NodePort", async () => {
        if (frontend.service.nodePort !== null) {
          assert.equal(new URL(app.url).port, String(frontend.service.nodePort));
        }
        assert.match(await app.page(), /<title>[^<]*todo/i);
        const health = await fetch(new URL("/api/health", app.url));
        assert.equal(health.status, 200);
        assert.equal(((await health.json()) as { status: string }).status, "ok");
      });

      it("reaches the backend from the frontend's pods by its Service, which has ready pods alone", async () => {
        const url = "`${process.env.BACKEND_URL}/health/ready`";
        const ask = `fetch(${url}).then((r) => r.text()).then(console.log)`;
        const exec = ["exec", `deployment/${frontend.name}`, "--", "node", "-e", ask];
        assert.deepEqual(JSON.parse(await cluster.kubectl(...exec)), {
          status: "ready",
          database: "connected",
        });
        for (const service of [backend, frontend]) {
          const name = service.service.name ?? service.name;
          const slices = await items<{ endpoints: { conditions: { ready: boolean } }[] }>(
            cluster,
            ...["endpointslices", "-l", `kubernetes.io/service-name=${name}`],
          );
          const ready = slices.flatMap(({ endpoints }) => endpoints);
          assert.equal(ready.length, service.replicas, name);
          assert.ok(ready.every(({ conditions }) => conditions.ready));
        }
      });

      it("has its secrets encoded in the Secret, and decoded in the backend's environment", async () => {
        const secrets = await items<{ metadata: { name: string }; data?: Record<string, string> }>(
          cluster,
          "secrets",
        );
        const secret = secrets.find(({ metadata }) =>
          metadata.name.startsWith(settings.secrets.name),
        );
        const print = ["node", "-p", "JSON.stringify(process.env)"];
        const exec = ["exec", `deployment/${backend.name}`, "--", ...print];
        const environment = JSON.parse(await cluster.kubectl(...exec)) as Record<string, string>;
        const given = secretEnvNames.filter(
          (name) => backend.secretEnv.includes(name) && name !== "COHERE_API_KEY",
        );
        for (const name of given) {
          const encoded = secret?.data?.[settings.secrets.keys[name]] ?? "";
          // Not shown where they differ: they are secrets.
          assert.ok(environment[name] === Buffer.from(encoded, "base64").toString(), name);
          assert.notEqual(encoded, "", name);
        }
      });

      if (sizes !== undefined) {
        it("keeps its images under the sizes that it allows", async () => {
          const json = await project.tool(
            ...(["minikube", "-p", PROFILE, "image", "ls", "--format", "json"] as const),
          );
          const images = JSON.parse(json) as { repoTags: string[]; size: string }[];
          for (const side of ["backend", "frontend"] as const) {
            const { name } = settings[side].image;
            const image = images.find(({ repoTags }) => repoTags.some((tag) => named(tag, name)));
            const megabytes = Number(image?.size) / 1e6;
            console.log(`      ${name}: ${megabytes.toFixed(0)} MB`);
            assert.ok(megabytes < sizes[side], `${name}: ${megabytes} MB`);
          }
        });
      }

      if (id === "001") {
        it("is upgraded and rolled back by helm", async () => {
          const { releaseName, path } = settings.chart;
          const helm = (...args: string[]) =>
            project.tool("helm", "--kube-context", PROFILE, "-n", settings.namespace, ...args);
          const wait = ["--wait", "--timeout", "4m"];
          await helm("upgrade", releaseName, path, "--reuse-values", ...wait);
          await helm("rollback", releaseName, "1", ...wait);
          const [release] = JSON.parse(await helm("list", "--output", "json")) as {
            revision: string;
            status: string;
          }[];
          assert.deepEqual([release?.revision, release?.status], ["3", "deployed"]);
          assert.match(await app.page(), /<title>[^<]*todo/i);
        });
      }

      if (id === "002") {
        it("restarts a container whose liveness probe fails, and is ready again with one that answers", async () => {
          const deployment = `deployment/${backend.name}`;
          const ask = async (path: string) => {
            const at = "/spec/template/spec/containers/0/livenessProbe/httpGet/path";
            const patch = JSON.stringify([{ op: "replace", path: at, value: path }]);
            await cluster.kubectl("patch", deployment, "--type=json", "--patch", patch);
            await cluster.kubectl("rollout", "status", deployment, "--timeout=3m");
          };
          const restarted = async () =>
            (await items<Pod>(cluster, "pods", "-l", labels(backend.selectorLabels))).some(
              ({ status }) => (status.containerStatuses[0]?.restartCount ?? 0) > 0,
            );
          // The API answers 404 there.
          await ask("/nowhere");
          const { periodSeconds, failureThreshold } = backend.probes.liveness;
          const needed = periodSeconds * failureThreshold + backend.terminationGracePeriodSeconds;
          for (let tries = 0; tries < needed + 60 && !(await restarted()); tries++) {
            await pause(1000);
          }
          assert.ok(await restarted());
          const unhealthy = ["get", "events", "--field-selector", "reason=Unhealthy"];
          const messages = await cluster.kubectl(
            ...unhealthy,
            "-o",
            "jsonpath={.items[*].message}",
          );
          assert.match(messages, /Liveness probe failed: HTTP probe failed with statuscode: 404/);
          await ask(backend.probes.liveness.path);
        });
      }
    });
  }
});

function labels(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([label, value]) => `${label}=${value}`)
    .join(",");
}

/** Whether a tag of the node's list is of an image: Minikube shows some with their registry. */
function named(tag: string, image: string): boolean {
  const [name = ""] = tag.split(":");
  return name === image || name.endsWith(`/${image}`);
}

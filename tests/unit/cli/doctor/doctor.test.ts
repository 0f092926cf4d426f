import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contextFinding, runtimeFinding } from "../../../../cli/doctor/checks/context";
import { helmFinding, readRevisions } from "../../../../cli/doctor/checks/helm";
import { lockFinding, readLocks } from "../../../../cli/doctor/checks/lock";
import {
  passphraseFinding,
  pluginsFinding,
  toolFinding,
} from "../../../../cli/doctor/checks/machine";
import {
  hostPortFinding,
  nodePortFindings,
  publishedFinding,
} from "../../../../cli/doctor/checks/node-ports";
import { askedBy, nodeSizeFinding } from "../../../../cli/doctor/checks/node-size";
import { podFindings, type Pod } from "../../../../cli/doctor/checks/pods";
import { reportLines, type Finding } from "../../../../cli/doctor/finding";
import { podRequests } from "../../../../lib/kubernetes/pod-requests";
import { quantity } from "../../../../lib/kubernetes/quantity";
import { parseSettings } from "../../../../settings";

const settings = parseSettings({});
const now = new Date("2026-01-01T00:10:00Z");

function pod(
  status: Pod["status"],
  created = "2026-01-01T00:00:00Z",
  name = "todo-backend-1",
): Pod {
  return {
    metadata: { name, namespace: "todo-app", creationTimestamp: created },
    spec: {
      containers: [{ name: "backend", resources: { requests: { cpu: "250m", memory: "512Mi" } } }],
    },
    status,
  };
}
const waiting = (reason: string, message?: string, lastState?: object): Pod["status"] => ({
  phase: "Pending",
  containerStatuses: [
    { name: "backend", state: { waiting: { reason, message } }, ...(lastState && { lastState }) },
  ],
});
const ready: Pod["status"] = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };

describe("doctor: pods", () => {
  const only = (status: Pod["status"], created?: string): Finding | undefined =>
    podFindings([pod(status, created)], now)[0];

  it("are fine where they are ready or have ended well", () => {
    assert.deepEqual(podFindings([pod(ready), pod({ phase: "Succeeded" })], now), []);
  });
  it("say why their image can't be had", () => {
    const finding = only(waiting("ImagePullBackOff", 'Back-off pulling image "x:1"'));
    assert.equal(finding?.state, "mend");
    assert.match(
      finding.found,
      /todo-app\/todo-backend-1: ImagePullBackOff: Back-off pulling image "x:1"/,
    );
    assert.match(finding.fix ?? "", /--refresh/);
  });
  it("say why no node takes them", () => {
    const finding = only({
      phase: "Pending",
      conditions: [
        {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: "1 Insufficient cpu.",
        },
      ],
    });
    assert.match(finding?.found ?? "", /Unschedulable: 1 Insufficient cpu/);
    assert.match(finding?.fix ?? "", /larger node/);
  });
  it("say how they ended before the pause", () => {
    const finding = only(
      waiting("CrashLoopBackOff", "back-off 40s", {
        terminated: { reason: "Error", exitCode: 1, message: "no database\n" },
      }),
    );
    assert.match(
      finding?.found ?? "",
      /CrashLoopBackOff: back-off 40s; before: Error, exit code 1, no database/,
    );
    assert.match(finding?.fix ?? "", /kubectl -n todo-app logs todo-backend-1/);
  });
  it("say that they ran out of memory", () => {
    const finding = only(
      waiting("CrashLoopBackOff", "", { terminated: { reason: "OOMKilled", exitCode: 137 } }),
    );
    assert.match(finding?.fix ?? "", /limits\.memory/);
  });
  it("may take their time at first, and not forever", () => {
    const starting = { phase: "Running", containerStatuses: [{ name: "backend", ready: false }] };
    assert.equal(only(starting, "2026-01-01T00:09:30Z")?.state, "note");
    assert.equal(only(starting, "2026-01-01T00:05:00Z")?.state, "mend");
  });
  it("ask for their containers together, or their largest init container", () => {
    const asking: Pod = {
      ...pod(ready),
      spec: {
        containers: [
          { name: "a", resources: { requests: { cpu: "100m", memory: "64Mi" } } },
          { name: "b", resources: { requests: { cpu: "50m" } } },
        ],
        initContainers: [{ name: "i", resources: { requests: { cpu: "10m", memory: "256Mi" } } }],
      },
    };
    assert.deepEqual(podRequests(asking.spec), { cpu: 150, memory: 256 });
  });
});

describe("doctor: the node's size", () => {
  const node = (cpu: string, memory: string) => ({
    metadata: { name: "minikube" },
    status: { allocatable: { cpu, memory } },
  });

  it("counts every replica, a surge pod of each service, and the database", () => {
    assert.deepEqual(askedBy(settings), {
      cpu: 3 * 250 + 3 * 100 + 100,
      memory: 3 * 512 + 3 * 256 + 128,
    });
  });
  it("counts the autoscaler's least, and no database of another place", () => {
    const prod = parseSettings({
      databaseUrl: "postgresql://u:p@h/d",
      backend: '{"autoscaling":{"enabled":true,"minReplicas":3}}',
      rollout: '{"maxSurge":0,"maxUnavailable":1}',
    });
    assert.equal(askedBy(prod).cpu, 3 * 250 + 2 * 100);
  });
  it("is enough beside other namespaces; the stack's own pods don't count twice", () => {
    const finding = nodeSizeFinding(settings, [node("4", "8Gi")], [pod(ready)]);
    assert.equal(finding.state, "ok");
    assert.match(finding.found, /asks for 1150m CPU and 2432 MiB .* have 0m CPU/);
  });
  it("is too little, and says of what and how much", () => {
    const other = { ...pod(ready), metadata: { name: "x", namespace: "kube-system" } };
    const finding = nodeSizeFinding(settings, [node("1300m", "8Gi")], [other]);
    assert.equal(finding.state, "mend");
    assert.match(finding.found, /Too little cpu: .*1150m.*250m.*1300m/);
  });
  it("reads every way to write a quantity", () => {
    assert.equal(quantity("4031440Ki"), 4031440 * 1024);
    assert.equal(quantity("0.5"), 0.5);
    assert.equal(quantity("1500m"), 1.5);
    assert.equal(quantity("1G"), 1e9);
    assert.equal(quantity(undefined), 0);
  });
});

describe("doctor: ports", () => {
  const service = (namespace: string, name: string, nodePort: number) => ({
    metadata: { namespace, name },
    spec: { ports: [{ nodePort }] },
  });
  it("names the Service that has taken a NodePort", () => {
    const [finding] = nodePortFindings(settings, [service("shop", "web", 30080)]);
    assert.equal(finding?.state, "mend");
    assert.match(finding.found, /30080, which frontend .* shop\/web/);
    assert.match(finding.fix ?? "", /kubectl --context minikube -n shop delete service web/);
  });
  it("knows the stack's own Service", () => {
    const [finding] = nodePortFindings(settings, [service("todo-app", "todo-frontend", 30080)]);
    assert.equal(finding?.state, "ok");
  });
  it("looks at a LoadBalancer's too, and at none that the settings don't pin", () => {
    const balancer = parseSettings({ frontend: '{"service":{"type":"LoadBalancer"}}' });
    assert.match(nodePortFindings(balancer, [])[0]?.found ?? "", /30080 is free/);
    const free = parseSettings({ frontend: '{"service":{"nodePort":null}}' });
    assert.deepEqual(nodePortFindings(free, []), []);
  });
  it("tells whether the profile publishes them", () => {
    const profile = {
      driver: "docker",
      containerRuntime: "docker",
      cpus: 2,
      memoryMiB: 4096,
      exposedPorts: ["127.0.0.1:30080:30080"],
      baseImage: "",
    };
    assert.equal(publishedFinding(settings, profile).state, "ok");
    assert.equal(publishedFinding(settings, { ...profile, exposedPorts: [] }).state, "note");
    assert.equal(hostPortFinding([30080], [30080]).state, "mend");
    assert.equal(hostPortFinding([30080], []).state, "ok");
  });
});

describe("doctor: the Helm release", () => {
  const where = { namespace: "todo-app", release: "todo-app", context: "minikube" };
  const revisions = (text: string) => helmFinding(readRevisions(text), where);

  it("isn't there, or is deployed", () => {
    assert.equal(revisions("").state, "ok");
    assert.match(revisions("todo-app todo-app deployed 3\n").found, /deployed, revision 3/);
  });
  it("is stuck in an upgrade: rolled back to the last good revision", () => {
    const finding = revisions(
      "todo-app todo-app superseded 9\ntodo-app todo-app deployed 10\ntodo-app todo-app pending-upgrade 11\nshop todo-app pending-install 1\n",
    );
    assert.equal(finding.state, "mend");
    assert.match(
      finding.fix ?? "",
      /helm --kube-context minikube -n todo-app rollback todo-app 10/,
    );
  });
  it("is stuck in its first installation: uninstalled", () => {
    const finding = revisions("todo-app todo-app pending-install 1\n");
    assert.match(finding.fix ?? "", /uninstall todo-app/);
  });
});

describe("doctor: the stack's lock", () => {
  const lock = { pid: 7, hostname: "here", username: "ann", timestamp: "now" };
  it("is free, or held by someone who works", () => {
    assert.equal(lockFinding([], "dev").state, "ok");
    assert.equal(lockFinding(undefined, "dev").state, "ok");
    assert.equal(lockFinding([lock], "dev", () => true, "here").state, "note");
  });
  it("was left behind: cancelled", () => {
    const finding = lockFinding([lock], "dev", () => false, "here");
    assert.equal(finding.state, "mend");
    assert.match(finding.fix ?? "", /pulumi -- cancel --stack dev --yes/);
    assert.match(lockFinding([lock], "dev", () => true, "there").found, /another machine/);
  });
  it("is read from a file backend", () => {
    const folder = mkdtempSync(join(tmpdir(), "lock-"));
    const locks = join(folder, ".pulumi", "locks", "organization", "todo-chatbot", "dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "a.json"), JSON.stringify(lock));
    const url = pathToFileURL(folder).href;
    assert.deepEqual(readLocks(url, "todo-chatbot", "dev"), [lock]);
    assert.deepEqual(readLocks(url, "todo-chatbot", "prod"), []);
    assert.equal(readLocks("https://api.pulumi.com", "todo-chatbot", "dev"), undefined);
    rmSync(folder, { recursive: true });
  });
});

describe("doctor: context and runtime", () => {
  const entry = { name: "minikube", server: "https://192.168.49.2:8443", minikube: true };
  const profile = {
    driver: "docker",
    containerRuntime: "containerd",
    cpus: 2,
    memoryMiB: 4096,
    exposedPorts: [],
    baseImage: "",
  };
  const seen = { context: "minikube", state: "running", entry, profile } as const;

  it("answers, is stopped, or is missing", () => {
    assert.equal(contextFinding(settings, seen, true).state, "ok");
    assert.match(contextFinding(settings, seen, false).found, /doesn't say that it is ready/);
    assert.match(
      contextFinding(settings, { ...seen, state: "stopped" }, false).fix ?? "",
      /npm run up/,
    );
    const missing = { ...seen, state: "missing", entry: undefined, profile: undefined } as const;
    assert.match(contextFinding(settings, missing, false).fix ?? "", /makes a Minikube/);
  });
  it("isn't this machine's", () => {
    const far = { ...seen, entry: { ...entry, minikube: false, server: "https://203.0.113.1" } };
    assert.match(contextFinding(settings, far, true).fix ?? "", /allowedContexts/);
  });
  it("has no daemon that could build", () => {
    const daemon = parseSettings({ images: '{"delivery":"minikube-daemon"}' });
    assert.match(runtimeFinding(daemon, seen).fix ?? "", /minikube-load/);
    assert.equal(runtimeFinding(settings, seen).state, "note");
  });
});

describe("doctor: tools, plugins, passphrase", () => {
  it("names a missing tool, and one that doesn't run", () => {
    assert.equal(toolFinding("helm", undefined, undefined).state, "mend");
    const located = { file: "/bin/helm", origin: "user" } as const;
    assert.match(toolFinding("helm", located, undefined).found, /doesn't say its version/);
    assert.equal(toolFinding("helm", located, "v3.1.0").state, "ok");
  });
  it("names missing plugins with their versions", () => {
    const versions = { kubernetes: "4.34.2", docker: "5.2.0", random: "4.21.2" };
    const finding = pluginsFinding({ versions, missing: ["docker"], home: undefined });
    assert.equal(finding.found, "missing: docker 5.2.0");
    assert.equal(pluginsFinding({ versions, missing: [], home: "/x" }).state, "ok");
  });
  it("finds the passphrase, or says that its file is gone", () => {
    assert.equal(passphraseFinding({ PULUMI_CONFIG_PASSPHRASE: "x" }, "/none").state, "ok");
    const gone = passphraseFinding({ PULUMI_CONFIG_PASSPHRASE_FILE: "/none/file" }, "/none");
    assert.equal(gone.state, "mend");
    assert.equal(passphraseFinding({}, "/none").state, "note");
  });
});

describe("doctor: the report", () => {
  it("shows each finding, and what to do behind an arrow", () => {
    const lines = reportLines([
      { check: "helm", state: "ok", found: "3" },
      { check: "kubectl", state: "mend", found: "missing", fix: "get it" },
    ]);
    assert.deepEqual(lines, ["✓ helm     3", "✗ kubectl  missing", "           → get it"]);
  });
});

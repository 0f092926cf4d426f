import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { at } from "../../lib/pulumi/values";
import type { Values } from "../support/chart/helm";
import { CHART, helm } from "../support/chart/helm";

describe("chart: notes after an install", () => {
  let chart: string;
  // `helm template` doesn't print the notes, and `helm install` asks a cluster. So a copy of the
  // chart gets one more template, which renders the notes into an object.
  before(async () => {
    chart = await mkdtemp(path.join(tmpdir(), "chart-notes-"));
    await cp(CHART, chart, { recursive: true });
    const probe = 'kind: Notes\ntext: {{ include "todo-app.notes" . | quote }}\n';
    await writeFile(path.join(chart, "templates/notes-probe.yaml"), probe);
  });
  after(() => rm(chart, { recursive: true }));

  const notes = async (values: Values): Promise<string> => {
    const args = ["template", "todo", chart, "--namespace", "todo-app"];
    const run = await helm([...args, "--show-only", "templates/notes-probe.yaml"], values);
    assert.equal(run.code, 0, run.stderr);
    return String(at(parse(run.stdout), "text"));
  };

  it("NodePort: the command that prints a URL everywhere, and the port", async () => {
    const text = await notes({});
    assert.match(text, /^todo-app 1\.0\.0 is in namespace todo-app as release todo\.\n/);
    assert.match(text, /minikube service todo-frontend --namespace todo-app --url/);
    assert.match(text, /http:\/\/NODE:30080/);
    assert.match(text, /helm test todo --namespace todo-app$/);
  });

  it("NodePort that the cluster chose: only the command", async () => {
    const text = await notes({ frontend: { service: { nodePort: null } } });
    assert.match(text, /minikube service/);
    assert.doesNotMatch(text, /NODE/);
  });

  it("LoadBalancer: the tunnel, and the address", async () => {
    const text = await notes({ frontend: { service: { type: "LoadBalancer", port: 80 } } });
    assert.match(text, /minikube tunnel/);
    // Whichever of the two the cloud gives it.
    assert.match(text, /kubectl get service todo-frontend .*\.ip}{.*\.hostname}:80'/);
  });

  it("ClusterIP: a forwarded port", async () => {
    const text = await notes({ frontend: { service: { type: "ClusterIP" } } });
    assert.match(text, /Open http:\/\/localhost:3000 while/);
    assert.match(
      text,
      /kubectl port-forward service\/todo-frontend 3000:3000 --namespace todo-app/,
    );
    const low = await notes({ frontend: { service: { type: "ClusterIP", port: 80 } } });
    assert.match(low, /Open http:\/\/localhost:8080 while/);
    assert.match(low, /port-forward service\/todo-frontend 8080:80 /);
  });

  it("Ingress: its URL", async () => {
    const text = await notes({
      ingress: { enabled: true, tls: { enabled: true }, host: "t.local" },
    });
    assert.match(text, /Open https:\/\/t\.local\//);
  });

  it("without workloads: no command for a Service that isn't the release's", async () => {
    const text = await notes({ workloads: { create: false }, tests: { enabled: false } });
    assert.match(text, /aren't part of this release/);
    assert.doesNotMatch(text, /minikube|kubectl|helm test/);
  });
});

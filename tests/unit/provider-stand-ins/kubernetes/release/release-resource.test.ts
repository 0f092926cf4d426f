import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubernetesProvider } from "../../../../../provider-stand-ins/kubernetes/kubernetes-provider";
import type { Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../../provider-stand-ins/protocol/values";
import { FakeApiServer } from "../../../../support/provider-stand-ins/fake-api-server";
import { FakePrograms } from "../../../../support/provider-stand-ins/fake-programs";
import {
  initFailure,
  ProviderClient,
} from "../../../../support/provider-stand-ins/provider-client";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const [ADD, , DELETE, , UPDATE] = [0, 1, 2, 3, 4];

/** A helm that remembers its arguments and values and counts revisions; tests set its variables. */
const HELM = `
[ -f "$LOG.variables" ] && . "$LOG.variables"
revision() { cat "$LOG.revision" 2>/dev/null || echo 0; }
case "$1" in
  install|upgrade)
    echo "$*" >> "$LOG"; cat >> "$LOG"; echo >> "$LOG"
    if [ -z "$HELM_REFUSES" ]; then echo $(( $(revision) + 1 )) > "$LOG.revision"; fi
    if [ -n "$HELM_FAILS" ]; then echo "WARNING: noise" >&2; echo "Error: $HELM_FAILS" >&2; exit 1; fi
    if [ -n "$HELM_REFUSES" ]; then echo "Error: $HELM_REFUSES" >&2; exit 1; fi ;;
  status)
    if [ "$(revision)" = 0 ]; then echo "Error: release: not found" >&2; exit 1; fi
    printf '{"version":%s,"info":{"status":"deployed"},"config":{"msg":"%s"},"manifest":"%s"}' "$(revision)" "\${HELM_MSG:-hi}" 'apiVersion: apps/v1\\nkind: Deployment\\nmetadata: {name: web}\\n---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: b}\\n---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a, namespace: x}\\n' ;;
  get)
    if [ "$(revision)" = 0 ]; then echo "Error: release: not found" >&2; exit 1; fi
    echo '{"chart":"mychart","version":"0.1.0","appVersion":"9"}' ;;
  uninstall)
    echo "$*" >> "$LOG"
    if [ "$(revision)" = 0 ]; then echo "Error: uninstall: Release not loaded: rel: release: not found" >&2; exit 1; fi
    rm -f "$LOG.revision"; echo 'release "rel" uninstalled' ;;
esac`;

describe("stand-in kubernetes: releases", () => {
  let programs: FakePrograms;
  let api: FakeApiServer;
  let client: ProviderClient;
  let chart: string;
  beforeEach(async () => {
    programs = new FakePrograms();
    programs.add("helm", HELM);
    api = await FakeApiServer.start(programs);
    client = await ProviderClient.connect(kubernetesProvider(), { context: "minikube" });
    chart = mkdtempSync(join(tmpdir(), "chart-"));
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: mychart\nversion: 0.1.0\n");
  });
  afterEach(() => {
    client.close();
    api.stop();
    programs.remove();
    rmSync(chart, { recursive: true });
  });
  const checked = async (more: Properties = {}): Promise<Properties> => {
    const given = { chart, name: "rel", namespace: "ns", values: { msg: "hi" }, ...more };
    return (await client.check(RELEASE, given)).inputs;
  };

  it("completes the inputs with name, namespace, timeout and the chart's version", async () => {
    const { inputs } = await client.check(RELEASE, { chart, compat: "true", atomic: false });
    assert.match(String(inputs.name), /^thing-[0-9a-f]{8}$/);
    assert.deepEqual(
      { ...inputs, name: "" },
      { chart, name: "", namespace: "default", timeout: 300, version: "0.1.0" },
    );
    const kept = await client.check(RELEASE, { chart }, inputs);
    assert.equal(kept.inputs.name, inputs.name);
  });

  it("refuses missing charts and dependencies, and uncovered properties", async () => {
    const reason = async (inputs: Properties): Promise<string> =>
      (await client.check(RELEASE, inputs)).failures.map((failure) => failure.reason).join();
    assert.match(await reason({ chart: "nowhere" }), /found no chart at "nowhere"/);
    assert.match(
      await reason({ chart, repositoryOpts: { repo: "x" } }),
      /found property repositoryOpts of Release/,
    );
    writeFileSync(
      join(chart, "Chart.yaml"),
      "name: a\nversion: 1.0.0\ndependencies: [{name: redis}]\n",
    );
    assert.match(await reason({ chart }), /dependencies redis are missing.*helm dependency build/);
    mkdirSync(join(chart, "charts"));
    writeFileSync(join(chart, "charts", "redis-1.0.0.tgz"), "");
    assert.equal(await reason({ chart }), "");
  });

  it("installs with the program's options, and passes the values on standard input", async () => {
    const values = { msg: "hi", list: [1], secret: new Secret("hush"), none: null };
    const inputs = await checked({
      values,
      atomic: true,
      timeout: 60,
      waitForJobs: true,
      createNamespace: true,
    });
    const { id, state } = await client.create(RELEASE, inputs);
    assert.equal(id, "ns/rel");
    const [command, given] = programs
      .log()
      .split("\n")
      .filter((line) => !line.startsWith("kubectl"));
    assert.equal(
      command,
      `install --create-namespace rel ${chart} --namespace=ns --values=- --timeout=60s --wait --wait-for-jobs --atomic --kube-context=minikube --output=json`,
    );
    assert.deepEqual(JSON.parse(given ?? ""), { msg: "hi", list: [1], secret: "hush", none: null });
    assert.deepEqual((state.values as Properties).secret, new Secret("hush"));
    assert.deepEqual(state.resourceNames, {
      "ConfigMap/v1": ["b", "x/a"],
      "Deployment.apps/apps/v1": ["web"],
    });
    const status = {
      name: "rel",
      namespace: "ns",
      revision: 1,
      status: "deployed",
      chart: "mychart",
      version: "0.1.0",
      appVersion: "9",
    };
    assert.deepEqual(state.status, status);
  });

  it("shows the inputs in a preview, and the status as unknown", async () => {
    const { state } = await client.create(RELEASE, await checked(), { preview: true });
    assert.equal(state.status, UNKNOWN);
    assert.equal(state.name, "rel");
    assert.equal(programs.log(), "");
  });

  it("shows changed values, and changes made outside Pulumi", async () => {
    const inputs = await checked();
    const { state } = await client.create(RELEASE, inputs);
    const same = await client.diff(RELEASE, inputs, inputs, state);
    assert.equal(same.changes, 1);
    const news = await checked({ values: { other: 1 }, maxHistory: 5 });
    const diff = await client.diff(RELEASE, inputs, news, state);
    assert.deepEqual(diff.detailed, { "values.msg": DELETE, "values.other": ADD, maxHistory: ADD });
    const renamed = await client.diff(RELEASE, inputs, await checked({ name: "other" }), state);
    assert.deepEqual(renamed.replaces, ["name"]);
    programs.setVariable("HELM_MSG='outside'");
    const read = await client.read(RELEASE, "ns/rel", inputs, state);
    const drifted = await client.diff(RELEASE, read.inputs, inputs, read.state);
    assert.deepEqual(drifted.detailed, { "values.msg": UPDATE });
  });

  it("upgrades with a limited history", async () => {
    const inputs = await checked({ maxHistory: 3, cleanupOnFail: true });
    const { id, state } = await client.create(RELEASE, inputs);
    const after = await client.update(RELEASE, id, { inputs, state }, inputs);
    assert.equal((after.status as Properties).revision, 2);
    assert.match(programs.log(), /upgrade --history-max=3 --cleanup-on-fail rel/);
  });

  it("keeps the state of a failed upgrade, but not of one that helm rejects", async () => {
    const inputs = await checked();
    const { id, state } = await client.create(RELEASE, inputs);
    programs.setVariable("HELM_FAILS='UPGRADE FAILED: job x failed: BackoffLimitExceeded'");
    const failed: unknown = await client
      .update(RELEASE, id, { inputs, state }, inputs)
      .catch((thrown: unknown) => thrown);
    assert.match(
      initFailure(failed).reasons.join(),
      /ns\/rel" failed.*job x failed: BackoffLimitExceeded/,
    );
    programs.setVariable(
      "HELM_REFUSES='UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress'",
    );
    const updating = client.update(RELEASE, id, { inputs, state }, inputs);
    const refused: unknown = await updating.catch((thrown: unknown) => thrown);
    assert.match(String(refused), /another operation[^]*helm rollback rel -n ns/);
    assert.throws(() => initFailure(refused));
  });

  it("doesn't take over a release that exists", async () => {
    const inputs = await checked();
    await client.create(RELEASE, inputs);
    programs.setVariable(
      "HELM_REFUSES='INSTALLATION FAILED: cannot re-use a name that is still in use'",
    );
    const error: unknown = await client.create(RELEASE, inputs).catch((thrown: unknown) => thrown);
    assert.match(String(error), /cannot re-use a name/);
    assert.throws(() => initFailure(error));
  });

  it("quotes the pod of a failed hook", async () => {
    programs.setVariable(
      "HELM_FAILS='INSTALLATION FAILED: failed pre-install: job migrate failed'",
    );
    api.objects.set("/apis/batch/v1/namespaces/ns/jobs/migrate", {
      metadata: { name: "migrate", uid: "job", annotations: { "helm.sh/hook": "pre-install" } },
    });
    api.objects.set("/api/v1/namespaces/ns/pods/migrate-x", {
      metadata: {
        name: "migrate-x",
        namespace: "ns",
        uid: "pod",
        creationTimestamp: new Date().toISOString(),
        ownerReferences: [{ uid: "job" }],
      },
      status: {
        phase: "Failed",
        containerStatuses: [
          {
            name: "m",
            ready: false,
            state: { terminated: { reason: "Error", exitCode: 3, message: "no such table" } },
          },
        ],
      },
    });
    const error: unknown = await client
      .create(RELEASE, await checked())
      .catch((thrown: unknown) => thrown);
    assert.match(
      initFailure(error).reasons.join("\n"),
      /job migrate failed[^]*migrate-x\].*exit code 3\) -- no such table/,
    );
  });

  it("uninstalls and waits, and fails on a missing release as the official plugin does", async () => {
    const inputs = await checked({ timeout: 40 });
    const { id } = await client.create(RELEASE, inputs);
    await client.delete(RELEASE, id, inputs);
    assert.match(
      programs.log(),
      /uninstall rel --namespace=ns --wait --timeout=40s --kube-context=minikube/,
    );
    await assert.rejects(
      client.delete(RELEASE, id, inputs),
      /uninstall: Release not loaded: rel: release: not found/,
    );
    assert.equal((await client.read(RELEASE, id, inputs, inputs)).id, "");
  });

  it("doesn't upgrade a release that is gone, in the words of the official plugin", async () => {
    const inputs = await checked();
    const { id, state } = await client.create(RELEASE, inputs);
    await client.delete(RELEASE, id, inputs);
    await assert.rejects(
      client.update(RELEASE, id, { inputs, state }, inputs),
      /"rel" has no deployed releases/,
    );
  });
});

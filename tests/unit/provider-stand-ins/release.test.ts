import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubernetesProvider } from "../../../provider-stand-ins/kubernetes/provider";
import { Secret, UNKNOWN } from "../../../provider-stand-ins/protocol/values";
import type { Properties } from "../../../provider-stand-ins/protocol/values";
import { Api } from "./support/api";
import { Programs } from "./support/programs";
import { Connection, initFailure } from "./support/rpc";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const [ADD, , DELETE, , UPDATE] = [0, 1, 2, 3, 4];

/** A helm that remembers its arguments and values and counts revisions; tests set its mood. */
const HELM = `
[ -f "$LOG.mood" ] && . "$LOG.mood"
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

describe("kubernetes plugin: releases", () => {
  let programs: Programs;
  let api: Api;
  let connection: Connection;
  let chart: string;
  beforeEach(async () => {
    programs = new Programs();
    programs.add("helm", HELM);
    api = await Api.start(programs);
    connection = await Connection.to(kubernetesProvider(), { context: "minikube" });
    chart = mkdtempSync(join(tmpdir(), "chart-"));
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: mychart\nversion: 0.1.0\n");
  });
  afterEach(() => {
    connection.close();
    api.stop();
    programs.remove();
    rmSync(chart, { recursive: true });
  });
  const checked = async (more: Properties = {}): Promise<Properties> => {
    const given = { chart, name: "rel", namespace: "ns", values: { msg: "hi" }, ...more };
    return (await connection.check(RELEASE, given)).inputs;
  };

  it("completes the inputs with name, namespace, timeout and the chart's version", async () => {
    const { inputs } = await connection.check(RELEASE, { chart, compat: "true", atomic: false });
    assert.match(String(inputs.name), /^thing-[0-9a-f]{8}$/);
    assert.deepEqual(
      { ...inputs, name: "" },
      { chart, name: "", namespace: "default", timeout: 300, version: "0.1.0" },
    );
    const kept = await connection.check(RELEASE, { chart }, inputs);
    assert.equal(kept.inputs.name, inputs.name);
  });

  it("refuses charts that are not there, and what it doesn't cover", async () => {
    const reason = async (inputs: Properties): Promise<string> =>
      (await connection.check(RELEASE, inputs)).failures.map((failure) => failure.reason).join();
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

  it("installs with its flags, and hands the values over out of sight", async () => {
    const values = { msg: "hi", list: [1], secret: new Secret("hush"), none: null };
    const inputs = await checked({
      values,
      atomic: true,
      timeout: 60,
      waitForJobs: true,
      createNamespace: true,
    });
    const { id, state } = await connection.create(RELEASE, inputs);
    assert.equal(id, "ns/rel");
    const [command, given] = programs
      .seen()
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

  it("knows in a preview what the program knows", async () => {
    const { state } = await connection.create(RELEASE, await checked(), { preview: true });
    assert.equal(state.status, UNKNOWN);
    assert.equal(state.name, "rel");
    assert.equal(programs.seen(), "");
  });

  it("shows changed values, and what was changed behind Pulumi's back", async () => {
    const inputs = await checked();
    const { state } = await connection.create(RELEASE, inputs);
    const same = await connection.diff(RELEASE, inputs, inputs, state);
    assert.equal(same.changes, 1);
    const news = await checked({ values: { other: 1 }, maxHistory: 5 });
    const diff = await connection.diff(RELEASE, inputs, news, state);
    assert.deepEqual(diff.detailed, { "values.msg": DELETE, "values.other": ADD, maxHistory: ADD });
    const renamed = await connection.diff(RELEASE, inputs, await checked({ name: "other" }), state);
    assert.deepEqual(renamed.replaces, ["name"]);
    programs.mood("HELM_MSG='outside'");
    const read = await connection.read(RELEASE, "ns/rel", inputs, state);
    const drifted = await connection.diff(RELEASE, read.inputs, inputs, read.state);
    assert.deepEqual(drifted.detailed, { "values.msg": UPDATE });
  });

  it("upgrades with a limited history", async () => {
    const inputs = await checked({ maxHistory: 3, cleanupOnFail: true });
    const { id, state } = await connection.create(RELEASE, inputs);
    const after = await connection.update(RELEASE, id, { inputs, state }, inputs);
    assert.equal((after.status as Properties).revision, 2);
    assert.match(programs.seen(), /upgrade --history-max=3 --cleanup-on-fail rel/);
  });

  it("keeps the state of a failed upgrade, but not of one that helm refused", async () => {
    const inputs = await checked();
    const { id, state } = await connection.create(RELEASE, inputs);
    programs.mood("HELM_FAILS='UPGRADE FAILED: job x failed: BackoffLimitExceeded'");
    const failed: unknown = await connection
      .update(RELEASE, id, { inputs, state }, inputs)
      .catch((thrown: unknown) => thrown);
    assert.match(
      initFailure(failed).reasons.join(),
      /ns\/rel" failed.*job x failed: BackoffLimitExceeded/,
    );
    programs.mood(
      "HELM_REFUSES='UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress'",
    );
    const updating = connection.update(RELEASE, id, { inputs, state }, inputs);
    const refused: unknown = await updating.catch((thrown: unknown) => thrown);
    assert.match(String(refused), /another operation[^]*helm rollback rel -n ns/);
    assert.throws(() => initFailure(refused));
  });

  it("doesn't take over a release of somebody else's", async () => {
    const inputs = await checked();
    await connection.create(RELEASE, inputs);
    programs.mood("HELM_REFUSES='INSTALLATION FAILED: cannot re-use a name that is still in use'");
    const error: unknown = await connection
      .create(RELEASE, inputs)
      .catch((thrown: unknown) => thrown);
    assert.match(String(error), /cannot re-use a name/);
    assert.throws(() => initFailure(error));
  });

  it("tells what the hook's pod wrote", async () => {
    programs.mood("HELM_FAILS='INSTALLATION FAILED: failed pre-install: job migrate failed'");
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
    const error: unknown = await connection
      .create(RELEASE, await checked())
      .catch((thrown: unknown) => thrown);
    assert.match(
      initFailure(error).reasons.join("\n"),
      /job migrate failed[^]*migrate-x\].*exit code 3\) -- no such table/,
    );
  });

  it("uninstalls and waits, and takes gone for done", async () => {
    const inputs = await checked({ timeout: 40 });
    const { id } = await connection.create(RELEASE, inputs);
    await connection.delete(RELEASE, id, inputs);
    assert.match(
      programs.seen(),
      /uninstall rel --namespace=ns --wait --timeout=40s --kube-context=minikube/,
    );
    await connection.delete(RELEASE, id, inputs);
    assert.equal((await connection.read(RELEASE, id, inputs, inputs)).id, "");
  });
});

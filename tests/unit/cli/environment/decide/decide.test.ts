import assert from "node:assert/strict";
import { decide, type Findings } from "../../../../../cli/environment/decide/decide";
import type { Reachability } from "../../../../../cli/environment/detect/reachability";
import { UserError } from "../../../../../lib/errors";
import type { MinikubeProfile } from "../../../../../lib/minikube/profile";

const unsupported = new UserError("Offline mode needs Go.", "Install Go.");
const all: Reachability = { offlineMode: false, isReachable: () => true };
const none: Reachability = { offlineMode: false, isReachable: () => false };
const helm = { file: "/bin/helm", origin: "user" } as const;
const offlineProfile = { baseImage: "local/minikube-node:1" } as MinikubeProfile;

/** A machine that has everything, but for what is given. */
function machine(over: Partial<Findings> = {}): Findings {
  return {
    needs: { tools: ["helm"], engine: true, minikube: true },
    tools: { helm },
    docker: { engine: { version: "28.0.0", cpus: 4, memoryMiB: 8000 } },
    cluster: { context: "minikube", state: "running", entry: undefined, profile: undefined },
    plugins: {
      versions: { kubernetes: "1", docker: "1", random: "1" },
      home: undefined,
      missing: [],
      standIns: [],
      pathFolders: [],
    },
    offline: { binDirectory: "", tools: {} as never, unsupported: undefined },
    ...over,
  };
}
const cluster = (
  state: "running" | "stopped" | "missing",
  profile?: MinikubeProfile,
): Findings["cluster"] => ({ context: "minikube", state, entry: undefined, profile });
const cannotUseOffline = { binDirectory: "", tools: {} as never, unsupported };
const noEngine = { engine: undefined, reason: "there is no docker on PATH" } as const;
const missingPlugins = { ...machine().plugins, missing: ["random" as const] };

describe("what has to be done", () => {
  it("is nothing where everything is there", () => {
    assert.deepEqual(decide(machine(), none, "created"), {
      install: [],
      build: [],
      engine: false,
      cluster: "use",
      plugins: "use",
    });
  });

  it("installs releases that can be reached, and builds the others", () => {
    const found = machine({ tools: { helm: undefined, kubectl: undefined } });
    const onlyHelm: Reachability = {
      offlineMode: false,
      isReachable: (thing) => thing === "helm",
    };
    const { install, build } = decide(found, onlyHelm, "created");
    assert.deepEqual({ install, build }, { install: ["helm"], build: ["kubectl"] });
  });

  it("installs official plugins, and stand-ins where those can't be reached", () => {
    const found = machine({ plugins: missingPlugins });
    assert.equal(decide(found, all, "created").plugins, "install");
    assert.equal(decide(found, none, "created").plugins, "offline");
    const standIns = machine({ plugins: { ...machine().plugins, standIns: ["docker"] } });
    assert.equal(decide(standIns, all, "created").plugins, "install");
    assert.equal(decide(standIns, none, "created").plugins, "use");
  });

  it("creates a missing cluster, starts a stopped one, and uses a running one", () => {
    const step = (found: Findings["cluster"], reach = all) =>
      decide(machine({ cluster: found }), reach, "created").cluster;
    assert.equal(step(cluster("missing")), "create");
    assert.equal(step(cluster("missing"), none), "offline");
    assert.equal(step(cluster("stopped"), none), "start");
    assert.equal(step(cluster("running")), "use");
  });

  it("completes a running cluster of offline mode only where the command may create one", () => {
    const found = machine({ cluster: cluster("running", offlineProfile) });
    assert.equal(decide(found, none, "created").cluster, "offline");
    assert.equal(decide(found, none, "running").cluster, "use");
  });

  it("creates no cluster, and needs no engine, to destroy what was in it", () => {
    const found = machine({ cluster: cluster("missing"), docker: noEngine });
    const { cluster: step, engine } = decide(found, none, "existing");
    assert.deepEqual({ step, engine }, { step: "use", engine: false });
  });

  it("installs none where docker commands lead to another engine", () => {
    const docker = { ...noEngine, reason: "DOCKER_HOST is the node's", hint: "Unset it." };
    assert.throws(
      () => decide(machine({ docker }), none, "created"),
      (error: UserError) =>
        error.message.endsWith("DOCKER_HOST is the node's.") && error.hint === "Unset it.",
    );
  });

  it("installs an engine only where offline mode is used anyway", () => {
    const found = machine({ docker: noEngine });
    assert.equal(decide(found, none, "created").engine, true);
    assert.throws(
      () => decide(found, all, "created"),
      (error: UserError) => {
        assert.match(error.message, /No docker engine can be used: there is no docker on PATH/);
        assert.match(error.hint, /TODO_CHATBOT_OFFLINE=1 npm run up/);
        return true;
      },
    );
  });

  it("is refused with both reasons where neither way works", () => {
    for (const found of [
      machine({ tools: { helm: undefined }, offline: cannotUseOffline }),
      machine({ plugins: missingPlugins, offline: cannotUseOffline }),
    ]) {
      assert.throws(
        () => decide(found, none, "created"),
        /missing, and their releases can't be reached from here\. Offline mode needs Go\./,
      );
      assert.throws(
        () => decide(found, { ...none, offlineMode: true }, "created"),
        /TODO_CHATBOT_OFFLINE forbids downloading releases/,
      );
    }
  });
});

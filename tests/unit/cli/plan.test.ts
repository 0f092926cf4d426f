import assert from "node:assert/strict";
import { UserError } from "../../../cli/errors";
import { needsOf } from "../../../cli/machine/needs";
import { plan, type Facts } from "../../../cli/machine/plan";
import type { ClusterSeen } from "../../../cli/cluster/state";
import { parseSettings } from "../../../components/settings";

const there = { file: "/usr/bin/x", origin: "user" } as const;
const everything: Facts = {
  tools: { pulumi: there, kubectl: there, helm: there, minikube: there },
  engineProblem: undefined,
  cluster: "running",
  clusterOfSandbox: false,
  missingPlugins: [],
  reachable: () => {
    throw new Error("nothing is missing, so nothing is asked for");
  },
  offline: false,
  sandboxProblem: undefined,
};
const nothing: Facts = {
  ...everything,
  tools: { pulumi: undefined, kubectl: undefined, helm: undefined, minikube: undefined },
  cluster: "missing",
  missingPlugins: ["kubernetes", "docker", "random"],
  reachable: () => true,
};

describe("the plan for a machine", () => {
  it("uses what is there, without asking the network", () => {
    assert.deepEqual(plan(everything), {
      install: [],
      build: [],
      engine: false,
      cluster: "use",
      plugins: "use",
    });
  });
  it("installs what is missing where its makers can be reached", () => {
    assert.deepEqual(plan(nothing), {
      install: ["pulumi", "kubectl", "helm", "minikube"],
      build: [],
      engine: false,
      cluster: "create",
      plugins: "install",
    });
  });
  it("has the sandbox make everything where they can't", () => {
    assert.deepEqual(plan({ ...nothing, engineProblem: "none", reachable: () => false }), {
      install: [],
      build: ["pulumi", "kubectl", "helm", "minikube"],
      engine: true,
      cluster: "sandbox",
      plugins: "sandbox",
    });
  });
  it("decides for each thing by itself", () => {
    const steps = plan({
      ...nothing,
      tools: { pulumi: undefined, kubectl: there, helm: undefined, minikube: there },
      reachable: (thing) => thing === "helm",
    });
    assert.deepEqual(steps.install, ["helm"]);
    assert.deepEqual(steps.build, ["pulumi"]);
    assert.equal(steps.cluster, "sandbox");
  });
  it("starts a stopped Minikube by the user's own program", () => {
    assert.equal(plan({ ...everything, cluster: "stopped" }).cluster, "start");
  });
  it("leaves a cluster of the sandbox to the sandbox, also where it runs", () => {
    assert.equal(plan({ ...everything, clusterOfSandbox: true }).cluster, "sandbox");
  });
  it("tries Minikube's own cache where nothing can be reached and there's no sandbox", () => {
    const facts: Facts = {
      ...everything,
      cluster: "missing",
      reachable: () => false,
      sandboxProblem: "not here.",
    };
    assert.equal(plan(facts).cluster, "create");
  });
  it("names what is missing, why, and where to get it, where nobody can bring it", () => {
    const facts: Facts = {
      ...everything,
      tools: { ...everything.tools, helm: undefined },
      reachable: () => false,
      sandboxProblem: "The sandbox needs Debian.",
    };
    assert.throws(
      () => plan(facts),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.match(
          error.message,
          /helm is missing, .*can't be reached.* The sandbox needs Debian/,
        );
        assert.match(error.wayOut, /helm: https:\/\/helm\.sh/);
        return true;
      },
    );
  });
  it("asks the user for a docker engine where the network is there", () => {
    const facts: Facts = { ...everything, engineProblem: "it is stopped", reachable: () => true };
    assert.throws(
      () => plan(facts),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /it is stopped/);
        assert.match(error.wayOut, /docs\.docker\.com.*TODO_CHATBOT_OFFLINE=1/);
        return true;
      },
    );
  });
  it("has the sandbox bring the engine offline", () => {
    const facts: Facts = {
      ...everything,
      engineProblem: "none",
      offline: true,
      reachable: () => false,
    };
    assert.equal(plan(facts).engine, true);
  });
});

describe("what a stack needs", () => {
  const seen = (part: Partial<ClusterSeen>): ClusterSeen => ({
    context: "minikube",
    state: "missing",
    entry: undefined,
    profile: undefined,
    ...part,
  });
  it("is minikube and an engine for a Minikube that is to be made", () => {
    const needs = needsOf(parseSettings({}), seen({}));
    assert.deepEqual(needs.tools, ["pulumi", "kubectl", "helm", "minikube"]);
    assert.equal(needs.engine, true);
  });
  it("is no minikube for another cluster", () => {
    const entry = { name: "kind-x", server: "https://127.0.0.1:1", minikube: false };
    const needs = needsOf(parseSettings({}), seen({ entry, state: "running" }));
    assert.deepEqual(needs.tools, ["pulumi", "kubectl", "helm"]);
    assert.equal(needs.engine, true);
  });
  it("is no engine where the node is a virtual machine that builds by itself", () => {
    const settings = parseSettings({ minikube: '{"driver":"kvm2"}' });
    assert.equal(needsOf(settings, seen({})).engine, false);
  });
});

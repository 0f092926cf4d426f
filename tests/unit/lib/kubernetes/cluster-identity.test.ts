import assert from "node:assert/strict";
import {
  type ClusterRelation,
  compareIdentity,
  type LiveCluster,
  type RecordedCluster,
} from "../../../../lib/kubernetes/cluster-identity";

const minikube: RecordedCluster = {
  context: "minikube",
  kubeconfig: "",
  server: "https://192.168.49.2:8443",
  uid: "system-1",
  authority: "this-machine",
  minikube: true,
  deployed: true,
  namespaces: [{ name: "todo-app", uid: "app-1" }],
};
const remote: RecordedCluster = {
  ...minikube,
  context: "prod",
  server: "https://prod.example:6443",
  authority: "prod",
  minikube: false,
};
/** The same as a state of a former version has it: the provider's context, and the namespaces. */
const former = (recorded: RecordedCluster): RecordedCluster => ({
  context: recorded.context,
  kubeconfig: "",
  deployed: true,
  namespaces: recorded.namespaces,
});
/** The same as a state has it whose namespace others created, or whose first update made none. */
const withoutNamespace = (recorded: RecordedCluster): RecordedCluster => ({
  ...recorded,
  namespaces: [],
});
/** The same as a first update leaves it that failed before it created anything in the cluster. */
const undeployed = (recorded: RecordedCluster): RecordedCluster => ({
  ...withoutNamespace(recorded),
  deployed: false,
});

const running = (uid: string | undefined, app?: string | null): LiveCluster => ({
  state: "running",
  uid,
  namespaces: new Map(app === undefined ? [] : [["todo-app", app ?? undefined]]),
});
const absent = null;
const missing = (authorityWithoutProfile?: string): LiveCluster => ({
  state: "missing",
  namespaces: new Map(),
  authorityWithoutProfile,
});
const silent: LiveCluster = { state: "silent", namespaces: new Map() };

interface Case {
  title: string;
  recorded: RecordedCluster;
  configured?: Partial<RecordedCluster>;
  live: LiveCluster;
  relation: ClusterRelation;
}

const cases: readonly Case[] = [
  ["one cluster", minikube, {}, running("system-1", "app-1"), "same"],
  ["its namespace was deleted by hand", minikube, {}, running("system-1", absent), "same"],
  ["Minikube has another address", minikube, { server: "x" }, running("system-1", "app-1"), "same"],
  ["the certificates were renewed", minikube, { authority: "x" }, running("system-1"), "same"],
  [
    "another user made its namespace",
    minikube,
    {},
    running("system-1", "app-2"),
    "foreign-namespace",
  ],

  [
    "another context",
    minikube,
    { context: "other" },
    running("system-2", "app-2"),
    "other-context",
  ],
  ["an unknown context", minikube, { context: "other" }, missing("this-machine"), "other-context"],
  ["another name of one cluster", minikube, { context: "m" }, running("system-1"), "other-context"],
  ["another context, former state", former(minikube), { context: "m" }, silent, "other-context"],

  ["a Minikube made anew", minikube, {}, running("system-2", absent), "recreated"],
  ["no namespace is recorded", withoutNamespace(minikube), {}, running("system-2"), "recreated"],
  ["its namespace can't be read", minikube, {}, running("system-2"), "recreated"],
  ["no namespace is recorded, remote", withoutNamespace(remote), {}, running("x"), "other-cluster"],
  ["one with such a namespace", minikube, {}, running("system-2", "app-2"), "foreign-namespace"],
  [
    "a Minikube of another machine",
    minikube,
    { authority: "another-machine" },
    running("system-2", absent),
    "other-cluster",
  ],
  [
    "a context that leads to no Minikube now",
    minikube,
    { minikube: false },
    running("system-2", absent),
    "other-cluster",
  ],
  ["another remote cluster", remote, {}, running("system-2", absent), "other-cluster"],
  ["one with such a namespace", remote, {}, running("system-2", "app-2"), "other-cluster"],

  ["kube-system can't be read", remote, {}, running(undefined, "app-1"), "same"],
  ["nothing can be read", remote, {}, running(undefined), "same"],
  ["kube-system can't be read; others", remote, {}, running(undefined, "app-2"), "other-cluster"],
  ["kube-system can't be read; none", remote, {}, running(undefined, absent), "same"],
  [
    "kube-system can't be read; none, at another address",
    remote,
    { server: "https://other.example:6443" },
    running(undefined, absent),
    "other-cluster",
  ],

  ["former state", former(minikube), {}, running("system-1", "app-1"), "same"],
  // Its namespace may as well have been deleted by hand: the node has its images, and the volume its data.
  ["former state, its namespace is gone", former(minikube), {}, running("x", absent), "same"],
  ["former state, such a namespace", former(minikube), {}, running("x", "app-2"), "other-cluster"],
  ["former state, remote", former(remote), {}, running("x", absent), "other-cluster"],
  [
    "former state, before a namespace",
    { ...former(remote), namespaces: [] },
    {},
    running("x"),
    "same",
  ],

  ["a Minikube that was deleted", minikube, {}, missing("this-machine"), "deleted"],
  ["Minikube's folder is another", minikube, {}, missing("another-machine"), "unreachable"],
  ["Minikube's folder is empty", minikube, {}, missing(), "unreachable"],
  ["a missing context that was no Minikube", remote, {}, missing("prod"), "unreachable"],
  ["a missing Minikube of a former state", former(minikube), {}, missing("x"), "unreachable"],
  ["a stopped Minikube", minikube, {}, silent, "unreachable"],

  ["nothing is deployed, one cluster", undeployed(minikube), {}, running("system-1"), "same"],
  ["nothing is deployed, made anew", undeployed(minikube), {}, running("system-2"), "recreated"],
  ["a wrong context", undeployed(minikube), { context: "m" }, running("x"), "undeployed"],
  ["a wrong context, stopped", undeployed(minikube), { context: "m" }, silent, "undeployed"],
  ["a wrong cluster", undeployed(remote), {}, running("x"), "undeployed"],
  ["a cluster that can't be found", undeployed(remote), {}, missing(), "undeployed"],
  ["nothing is deployed, stopped", undeployed(minikube), {}, silent, "unreachable"],
  ["nothing is deployed, deleted", undeployed(minikube), {}, missing("this-machine"), "deleted"],
].map(([title, recorded, configured, live, relation]) => ({
  title,
  recorded,
  configured,
  live,
  relation,
})) as readonly Case[];

describe("lib: compareIdentity", () => {
  for (const { title, recorded, configured, live, relation } of cases) {
    it(`${relation}: ${title}`, () => {
      const asRecorded = recorded.context === "prod" ? remote : minikube;
      const now = {
        ...asRecorded,
        ...configured,
        context: configured?.context ?? recorded.context,
      };
      assert.equal(
        compareIdentity(recorded, { ...now, context: now.context ?? "" }, live),
        relation,
      );
    });
  }
});

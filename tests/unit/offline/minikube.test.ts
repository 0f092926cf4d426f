import assert from "node:assert/strict";

import type { ClusterOptions } from "../../../offline";
import { clusterImages } from "../../../offline/cluster-images";
import { dockerFormat, foundByLabel, mustLoad } from "../../../offline/images/presence";
import { canHave } from "../../../offline/minikube/addons";
import { cachedName } from "../../../offline/minikube/cache";
import { foundByCri } from "../../../offline/minikube/node";
import { differences, type Profile, stateOf } from "../../../offline/minikube/profile";
import { createArguments, startArguments } from "../../../offline/minikube/start";
import { kubeRouterManifest } from "../../../offline/network-policy";
import { nodeImage } from "../../../offline/node-image";
import { kubernetesVersion } from "../../../offline/pins";

const options: ClusterOptions = {
  profile: "other",
  containerRuntime: "containerd",
  cpus: 3,
  memoryMiB: 5000,
  nodePorts: [30080, 30081],
  addons: [],
};

describe("the arguments of minikube start", () => {
  it("make a cluster from what is there, with the NodePorts on loopback", () => {
    const args = createArguments(options, "local/node:1");
    for (const expected of [
      "--profile=other",
      "--driver=docker",
      "--container-runtime=containerd",
      `--kubernetes-version=${kubernetesVersion}`,
      "--base-image=local/node:1",
      "--preload=false",
      "--cni=bridge",
      "--cpus=3",
      "--memory=5000m",
      "--ports=127.0.0.1:30080:30080",
      "--ports=127.0.0.1:30081:30081",
      "--extra-config=kubeadm.ignore-preflight-errors=HTTPProxyCIDR",
    ]) {
      assert.ok(args.includes(expected), expected);
    }
    assert.equal(args.includes("--force"), process.getuid?.() === 0);
  });

  it("change nothing of a cluster that exists", () => {
    const args = startArguments("other").join(" ");
    assert.match(args, /--profile=other/);
    assert.doesNotMatch(args, /runtime|memory|cpus|ports|kubernetes-version/);
  });
});

describe("a profile of Minikube", () => {
  const status = (Host: string, APIServer: string, Kubeconfig = "Configured") =>
    stateOf(JSON.stringify({ Name: "minikube", Host, Kubelet: APIServer, APIServer, Kubeconfig }));

  it("runs only when its API answers and kubectl knows it", () => {
    assert.equal(status("Running", "Running"), "running");
    assert.equal(status("Running", "Stopped"), "stopped");
    assert.equal(status("Running", "Running", "Misconfigured"), "stopped");
    assert.equal(status("Stopped", "Stopped"), "stopped");
    assert.equal(status("Nonexistent", "Nonexistent"), "missing");
    assert.equal(stateOf("not JSON"), "stopped");
  });

  it("is used as it is, and said to be other than asked for", () => {
    const profile: Profile = {
      name: "other",
      driver: "docker",
      containerRuntime: "docker",
      kubernetesVersion,
      cni: "bridge",
      address: "192.168.49.2",
      ports: ["127.0.0.1:30080:30080"],
      addons: [],
    };
    const notes = differences(profile, options);
    assert.equal(notes.length, 2);
    assert.match(notes[0] ?? "", /runtime docker, not containerd/);
    assert.match(notes[1] ?? "", /not publish 30081 on/);
    const same = { ...options, containerRuntime: "docker" as const, nodePorts: [30080] };
    assert.deepEqual(differences(profile, same), []);
  });
});

describe("an image in a runtime", () => {
  const item = nodeImage();

  it("is loaded when it is missing or an older one of the sandbox's own", () => {
    assert.equal(mustLoad("nothing", item), true);
    assert.equal(mustLoad({ key: "older" }, item), true);
    assert.equal(mustLoad({ key: item.key }, item), false);
    assert.equal(mustLoad("foreign", item), false);
  });

  it("is known by its label, from docker and from containerd", () => {
    assert.match(dockerFormat, /Config\.Labels/);
    assert.deepEqual(foundByLabel("abc"), { key: "abc" });
    assert.equal(foundByLabel(""), "foreign");
    const answer = (labels?: object) =>
      JSON.stringify({ status: {}, info: { imageSpec: { config: { Labels: labels } } } });
    assert.deepEqual(foundByCri(answer({ "todo-chatbot.offline": "abc" })), { key: "abc" });
    // Images that an earlier version of the project built are replaced like other old ones.
    assert.deepEqual(foundByCri(answer({ "todo-chatbot.sandbox": "abc" })), { key: "abc" });
    assert.match(dockerFormat, /"todo-chatbot\.offline".*"todo-chatbot\.sandbox"/);
    assert.equal(foundByCri(answer({ other: "label" })), "foreign");
    assert.equal(foundByCri(answer()), "foreign");
  });

  it("has the name under which Minikube looks for it", () => {
    assert.equal(cachedName("registry.k8s.io/etcd:3.6.4-0"), "registry.k8s.io/etcd_3.6.4-0");
    const names = clusterImages().map((image) => image.image);
    assert.ok(names.includes(`registry.k8s.io/kube-apiserver:${kubernetesVersion}`));
    assert.equal(new Set(names).size, names.length);
    assert.ok(item.image.endsWith(`-${item.key}`));
  });
});

describe("what runs in a new cluster", () => {
  it("has the addons that need no download", () => {
    assert.deepEqual(["metrics-server", "ingress", "dashboard"].filter(canHave), [
      "metrics-server",
    ]);
  });

  it("enforces NetworkPolicies with the image that is made here", () => {
    const manifest = kubeRouterManifest("local/kube-router:v0");
    assert.match(manifest, /image: local\/kube-router:v0/);
    assert.match(manifest, /--run-firewall=true/);
    assert.match(manifest, /--run-router=false/);
    assert.doesNotMatch(manifest, /\$\{IMAGE\}/);
  });
});

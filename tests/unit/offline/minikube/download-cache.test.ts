import assert from "node:assert/strict";
import { clusterImages } from "../../../../offline/cluster-images";
import { cachedName } from "../../../../offline/minikube/download-cache";
import { nodeImage } from "../../../../offline/node-image";
import { KUBERNETES_VERSION } from "../../../../offline/pins";

describe("the images of a new cluster", () => {
  it("have the names that Minikube asks for", () => {
    assert.equal(cachedName("registry.k8s.io/etcd:3.6.4-0"), "registry.k8s.io/etcd_3.6.4-0");
    const names = clusterImages().map((image) => image.image);
    assert.ok(names.includes(`registry.k8s.io/kube-apiserver:${KUBERNETES_VERSION}`));
    assert.equal(new Set(names).size, names.length);
    const node = nodeImage();
    assert.ok(node.image.endsWith(`-${node.key}`));
  });
});

import assert from "node:assert/strict";
import { kubeRouterManifest } from "../../../../offline/network-policy";

describe("the manifest of kube-router", () => {
  it("enforces NetworkPolicies with the image that is built here", () => {
    const manifest = kubeRouterManifest("local/kube-router:v0");
    assert.match(manifest, /image: local\/kube-router:v0/);
    assert.match(manifest, /--run-firewall=true/);
    assert.match(manifest, /--run-router=false/);
    assert.doesNotMatch(manifest, /\$\{IMAGE\}/);
  });
});

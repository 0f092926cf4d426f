import assert from "node:assert/strict";
import { nodePlatformFindings } from "../../../../../cli/doctor/checks/node-platform";
import { settingsWith } from "../../../../support/fixtures";

describe("doctor: the platform of the images", () => {
  const node = (name: string, architecture?: string) => ({
    metadata: { name },
    status: { ...(architecture !== undefined && { nodeInfo: { architecture } }) },
  });
  const find = (platform: string | undefined, ...nodes: ReturnType<typeof node>[]) =>
    nodePlatformFindings(settingsWith({ images: { ...(platform && { platform }) } }), nodes);

  it("is no matter where none is set, it is the nodes', or they don't tell", () => {
    assert.deepEqual(find(undefined, node("minikube", "arm64")), []);
    assert.deepEqual(find("linux/arm64/v8", node("minikube", "arm64")), []);
    assert.deepEqual(find("linux/x86_64", node("minikube", "amd64")), []);
    assert.deepEqual(find("linux/amd64", node("minikube")), []);
  });

  it("differs from that of some nodes, which are named", () => {
    const [finding, ...more] = find("linux/amd64", node("a", "amd64"), node("b", "arm64"));
    assert.deepEqual(more, []);
    assert.equal(finding?.state, "note");
    assert.match(finding.found, /images\.platform is linux\/amd64, .*the node b \(arm64\): /);
    assert.match(finding.hint ?? "", /Leave out images\.platform/);
  });
});

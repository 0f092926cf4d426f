import assert from "node:assert/strict";
import { graceOf } from "../../../../cli/watch/grace";

describe("how long an obstacle may last", () => {
  const refused = (text: string) => graceOf({ source: "refused", reason: "FailedCreate", text });
  const pod = (reason: string, text = "") => graceOf({ source: "pod", reason, text });

  it("is seconds where the API server's answer stays the same", () => {
    for (const text of [
      'pods "x" is forbidden: maximum cpu usage per Container is 200m, but limit is 500m',
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged',
      'admission webhook "validation.gatekeeper.sh" denied the request: no',
      'pods "x" is forbidden: unable to create new content in namespace a because it is being terminated',
      'Pod "x" is invalid: spec.containers[0].image: Required value',
    ]) {
      assert.deepEqual(refused(text), { seconds: 8, untilPodsSettle: false }, text);
    }
  });
  it("counts from the last pod that goes where a quota is used up", () => {
    const grace = refused('pods "x" is forbidden: exceeded quota: compute, requested: pods=1');
    assert.deepEqual(grace, { seconds: 30, untilPodsSettle: true });
  });
  it("has no limit where the API server or a webhook may answer otherwise later", () => {
    for (const text of [
      'Internal error occurred: failed calling webhook "a": Post "https://a": dial tcp: connection refused',
      "etcdserver: request timed out",
      "something new",
    ]) {
      assert.equal(refused(text), undefined, text);
    }
  });
  it("is seconds where a container can't be started as it is", () => {
    assert.equal(pod("InvalidImageName")?.seconds, 5);
    assert.equal(pod("ErrImageNeverPull")?.seconds, 20);
    assert.equal(pod("CreateContainerConfigError", 'secret "a" not found')?.seconds, 20);
    assert.equal(pod("ImagePullBackOff", "registry.example.org/a:1: not found")?.seconds, 20);
    assert.equal(pod("RunContainerError", 'exec: "node": executable file not found')?.seconds, 20);
  });
  it("has no limit where a container or the network may recover", () => {
    assert.equal(pod("ImagePullBackOff", "dial tcp: i/o timeout"), undefined);
    assert.equal(pod("CrashLoopBackOff", "back-off 40s"), undefined);
    assert.equal(pod("Unschedulable", "1 Insufficient cpu."), undefined);
    assert.equal(pod("NotReady", "its readiness probe fails"), undefined);
  });
});

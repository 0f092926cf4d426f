import assert from "node:assert/strict";
import { activeDockerd, leaveActiveDockerd } from "../../../../lib/minikube/docker-variables";

/** What `eval "$(minikube docker-env)"` sets. */
const inNode = {
  DOCKER_TLS_VERIFY: "1",
  DOCKER_HOST: "tcp://192.168.49.2:2376",
  DOCKER_CERT_PATH: "/home/me/.minikube/certs",
  MINIKUBE_ACTIVE_DOCKERD: "minikube",
};

describe("a shell after minikube docker-env", () => {
  it("is known by the profile that it names", () => {
    assert.equal(activeDockerd(inNode), "minikube");
    assert.equal(activeDockerd({ DOCKER_HOST: "unix:///run/user/1000/docker.sock" }), undefined);
  });
  it("gets this machine's engine back", () => {
    assert.deepEqual(leaveActiveDockerd(inNode), {
      DOCKER_HOST: undefined,
      DOCKER_TLS_VERIFY: undefined,
      DOCKER_CERT_PATH: undefined,
      MINIKUBE_ACTIVE_DOCKERD: undefined,
    });
  });
  it("gets back what it had before, such as Colima's engine", () => {
    const socket = "unix:///home/me/.colima/docker.sock";
    const changes = leaveActiveDockerd({ ...inNode, MINIKUBE_EXISTING_DOCKER_HOST: socket });
    assert.equal(changes.DOCKER_HOST, socket);
    assert.ok("MINIKUBE_EXISTING_DOCKER_HOST" in changes && "DOCKER_CERT_PATH" in changes);
    assert.equal(changes.MINIKUBE_EXISTING_DOCKER_HOST, undefined);
  });
  it("is the only one that is changed", () => {
    const env = { DOCKER_HOST: "tcp://10.0.0.1:2376", DOCKER_CERT_PATH: "/certs" };
    assert.deepEqual(leaveActiveDockerd(env), {});
  });
});

import assert from "node:assert/strict";
import { parseDockerInfo } from "../../../../../cli/environment/detect/docker-engine";

describe("the docker engine", () => {
  it("is read from docker info", () => {
    const info = JSON.stringify({ ServerVersion: "28.0.1", NCPU: 4, MemTotal: 8 * 2 ** 30 });
    assert.deepEqual(parseDockerInfo(info), {
      engine: { version: "28.0.1", cpus: 4, memoryMiB: 8192 },
    });
  });
  it("isn't there where only the client answers", () => {
    assert.equal(parseDockerInfo('{"ServerErrors":["Cannot connect"],"NCPU":0}'), undefined);
    assert.equal(parseDockerInfo(""), undefined);
  });

  // As the engine in Minikube's node answers.
  const inNode = JSON.stringify({
    ...{ ServerVersion: "29.2.0", NCPU: 4, MemTotal: 8 * 2 ** 30 },
    ...{ Name: "minikube", Labels: ["provider=docker"] },
  });
  it("isn't this machine's where it is in the node of a Minikube", () => {
    const found = parseDockerInfo(inNode, ["other", "minikube"], "tcp://192.168.49.2:2376");
    assert.ok(found?.engine === undefined);
    assert.match(
      found?.reason ?? "",
      /^DOCKER_HOST \(tcp:.*\) is the engine in the node of Minikube "minikube"/,
    );
    assert.match(found?.hint ?? "", /unset DOCKER_HOST/);
    const byContext = parseDockerInfo(inNode, ["minikube"]);
    assert.ok(byContext?.engine === undefined);
    assert.match(byContext?.hint ?? "", /docker context use default/);
  });
  it("is a remote one with the same name or label, where no profile has its name", () => {
    assert.ok(parseDockerInfo(inNode, ["other"])?.engine !== undefined);
  });
});

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDockerEndpoint } from "../../../../components/cluster/node-docker-endpoint";
import { Machine } from "../../../support/machine";
import { assertUserError } from "../../../support/user-error";

describe("components: the docker daemon of Minikube's node", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  it("is asked for at each run", () => {
    assert.deepEqual(nodeDockerEndpoint("minikube"), {
      host: "tcp://127.0.0.1:32769",
      certPath: "/home/me/.minikube/certs",
    });
    assert.deepEqual(machine.calls, ["-p minikube docker-env --shell none"]);
  });

  it("quotes an answer that names no daemon", () => {
    writeFileSync(join(machine.folder, "bin", "docker-env"), "DOCKER_HOST=\n");
    assertUserError(
      () => nodeDockerEndpoint("minikube"),
      /no DOCKER_HOST and DOCKER_CERT_PATH for profile "minikube", but:\nDOCKER_HOST=/,
    );
  });

  it("quotes a failure, with what to look at", () => {
    rmSync(join(machine.folder, "bin", "docker-env"));
    assertUserError(
      () => nodeDockerEndpoint("minikube"),
      /^`minikube -p minikube docker-env --shell none` failed: .*docker-env[^]*`npm run up` starts it/,
    );
  });

  it("names minikube where it isn't on PATH", () => {
    process.env.PATH = join(machine.folder, "nothing");
    assertUserError(
      () => nodeDockerEndpoint("minikube"),
      /`minikube` isn't on PATH\.\n`npm run up` installs it/,
    );
  });
});

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDockerEndpoint } from "../../../../components/cluster/node-docker-endpoint";
import { Machine } from "../../../support/machine";
import { target } from "../../../support/target";
import { assertUserError } from "../../../support/user-error";

describe("components: the docker daemon of Minikube's node", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });

  it("is asked for at each run", () => {
    assert.deepEqual(nodeDockerEndpoint(target), {
      host: "tcp://127.0.0.1:32769",
      certPath: "/home/me/.minikube/certs",
    });
    assert.deepEqual(machine.calls, ["-p minikube docker-env --shell none"]);
  });

  it("quotes an answer that names no daemon", () => {
    writeFileSync(join(machine.folder, "bin", "docker-env"), "DOCKER_HOST=\n");
    assertUserError(
      () => nodeDockerEndpoint(target),
      /^`minikube -p minikube docker-env --shell none` printed no DOCKER_HOST and DOCKER_CERT_PATH, but:\nDOCKER_HOST=/,
    );
  });

  it("quotes a failure, with what to look at", () => {
    rmSync(join(machine.folder, "bin", "docker-env"));
    assertUserError(
      () => nodeDockerEndpoint(target),
      /^`minikube -p minikube docker-env --shell none` failed: .*docker-env[^]*`npm run up` starts it/,
    );
  });

  it("names minikube where it isn't on PATH", () => {
    process.env.PATH = join(machine.folder, "nothing");
    assertUserError(
      () => nodeDockerEndpoint(target),
      /`minikube` isn't on PATH\.\n`npm run up` installs it/,
    );
  });
});

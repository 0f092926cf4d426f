import assert from "node:assert/strict";
import { clusterRoom } from "../../../../components";
import { settingsWith } from "../../../support/fixtures";
import { Machine } from "../../../support/machine";

describe("components: clusterRoom", () => {
  const { HOME } = process.env;
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    process.env.HOME = machine.folder;
  });
  afterEach(() => {
    machine.remove();
    process.env.HOME = HOME;
  });

  it("asks the cluster of a kubeconfig in the user's home", () => {
    const status = { allocatable: { cpu: "2", memory: "1Gi" } };
    machine.setCluster({ kind: "Node", metadata: {}, spec: {}, status });
    const room = clusterRoom(settingsWith({ kubeconfig: "~/kubeconfig" }));
    assert.match(room?.of ?? "", /^cluster minikube/);
    assert.equal(room?.cpu, 2000);
  });
});

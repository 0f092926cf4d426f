import assert from "node:assert/strict";
import { clusterRoom } from "../../../../components";
import { Machine } from "../../../support/machine";

describe("components: the room in the cluster", () => {
  let machine: Machine;
  beforeEach(() => (machine = new Machine()));
  afterEach(() => {
    machine.remove();
  });
  const room = () => clusterRoom({ context: "minikube", kubeconfig: "", namespace: "todo-app" });
  const allocatable = { cpu: "2", memory: "2Gi" };

  it("is what the nodes allocate; what neighbours request in them is apart", () => {
    machine.setCluster(
      [{ allocatable }, { name: "m02", allocatable: { cpu: "1500m", memory: "1Gi" } }],
      [
        { containers: [{ cpu: "100m", memory: "64Mi" }, { cpu: "50m" }] },
        // A sidecar counts with the containers; an init container only where it asks for more than they do.
        {
          node: "m02",
          containers: [{ cpu: "10m" }],
          sidecars: [{ cpu: "5m" }],
          initial: [{ cpu: "5m" }, { memory: "8Mi" }],
        },
        {},
      ],
    );
    assert.deepEqual(room(), {
      cpu: 3500,
      memory: 3072,
      of: "cluster minikube",
      nodes: 2,
      others: { cpu: 165, memory: 72 },
    });
  });

  it("leaves out nodes that don't take the pods, with the pods in them", () => {
    const taint = (key: string, effect = "NoSchedule") => [{ key, effect }];
    const control = "node-role.kubernetes.io/control-plane";
    machine.setCluster(
      [
        { allocatable },
        { name: "control", taints: taint(control), allocatable },
        { name: "gpu", taints: taint("gpu", "NoExecute"), allocatable },
        {
          name: "cordoned",
          cordoned: true,
          taints: taint("node.kubernetes.io/unschedulable"),
          allocatable,
        },
        // These take them, or will again.
        { name: "spot", taints: taint("spot", "PreferNoSchedule"), allocatable },
        { name: "starting", taints: taint("node.kubernetes.io/not-ready"), allocatable },
      ],
      [
        { node: "control", containers: [{ cpu: "1" }] },
        { node: "spot", containers: [{ cpu: "2" }] },
      ],
    );
    const { nodes, cpu, others } = room() ?? {};
    assert.deepEqual([nodes, cpu, others?.cpu], [3, 6000, 2000]);
  });

  it("asks for the fields that count, and for no pods that have no node or have ended", () => {
    machine.setCluster([{ allocatable }]);
    room();
    const [context, bound] = [
      "--context minikube --request-timeout 10s get",
      "metadata.namespace!=todo-app,spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed",
    ];
    assert.deepEqual(machine.roomCalls, [
      `${context} nodes`,
      `${context} pods --all-namespaces --field-selector ${bound}`,
    ]);
  });

  it("is that of Minikube's profile where the cluster doesn't tell", () => {
    const { cpu, memory, of } = room() ?? {};
    assert.deepEqual([cpu, memory], [3150, 3726]);
    assert.match(of ?? "", /Minikube minikube, with 4 CPUs and 4096 MiB/);
  });

  it("asks the cluster of a kubeconfig in the user's home", () => {
    const { HOME } = process.env;
    process.env.HOME = machine.folder;
    try {
      machine.setCluster([{ allocatable }], []);
      const kubeconfig = "~/kubeconfig";
      const found = clusterRoom({ context: "minikube", kubeconfig, namespace: "todo-app" });
      assert.equal(found?.cpu, 2000);
    } finally {
      process.env.HOME = HOME;
    }
  });
});

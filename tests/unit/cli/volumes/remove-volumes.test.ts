import assert from "node:assert/strict";
import {
  nodeFolder,
  type PersistentVolume,
  readDatabaseClaim,
} from "../../../../cli/volumes/database-volumes";
import { removeVolumes } from "../../../../cli/volumes/remove-volumes";
import { settingsWith } from "../../../support/fixtures";

const claim = { namespace: "todo-app", name: "data-todo-postgres-0", uid: "uid-1" };
const FOLDER = "/tmp/hostpath-provisioner/todo-app/data-todo-postgres-0";

function volume(more: {
  path?: string;
  policy?: string;
  phase?: string;
  uid?: string;
  by?: string;
}): PersistentVolume {
  return {
    metadata: {
      name: "pvc-1",
      annotations: { "pv.kubernetes.io/provisioned-by": more.by ?? "k8s.io/minikube-hostpath" },
    },
    spec: {
      claimRef: { namespace: claim.namespace, name: claim.name, uid: more.uid ?? "uid-1" },
      persistentVolumeReclaimPolicy: more.policy ?? "Delete",
      hostPath: { path: more.path ?? FOLDER },
    },
    status: { phase: more.phase ?? "Released" },
  };
}

/** Removes the volumes of a cluster with one, and returns what was run and said. */
async function remove(
  one: PersistentVolume,
  options: { namespace?: string; uid?: string; ssh?: number } = {},
) {
  const ran: string[] = [];
  const said: string[] = [];
  let volumes = [one];
  const answer = (args: readonly string[]) => {
    if (args[0] === "delete") {
      ran.push(`kubectl ${args.slice(0, 3).join(" ")}`);
      volumes = [];
      return "";
    }
    if (args[1] === "persistentvolumes") return JSON.stringify({ items: volumes });
    return args[1] === "nodes" ? "data" : (options.namespace ?? "");
  };
  const kubectl = {
    run: (args: readonly string[]) =>
      Promise.resolve({ code: 0, stdout: answer(args), stderr: "" }),
  };
  await removeVolumes(
    { ...claim, uid: "uid" in options ? options.uid : "uid-1" },
    {
      kubectl,
      inNode: (node, command) => {
        ran.push(`${node}: ${command.join(" ")}`);
        return Promise.resolve({ code: options.ssh ?? 0, stderr: "no route" });
      },
      graceMs: 0,
    },
    { say: (line) => said.push(line) },
  );
  return { ran, said: said.join("\n") };
}

describe("volumes that a destroyed database has left", () => {
  it("are removed with the data in the node, where Minikube's provisioner ignores them", async () => {
    const { ran, said } = await remove(volume({}));
    assert.deepEqual(ran, [
      `data: sudo rm -rf -- ${FOLDER}`,
      "kubectl delete persistentvolume pvc-1",
    ]);
    assert.match(said, /Removed the volume pvc-1 .* with its data/);
  });

  it("stay with a reclaim policy Retain, and it says so", async () => {
    const { ran, said } = await remove(volume({ policy: "Retain" }));
    assert.deepEqual(ran, []);
    assert.match(said, /pvc-1 stays, with its data: its reclaim policy is Retain/);
  });

  it("stay where the data can't be removed, and it says why", async () => {
    const { ran, said } = await remove(volume({}), { ssh: 1 });
    assert.deepEqual(ran, [`data: sudo rm -rf -- ${FOLDER}`]);
    assert.match(said, /pvc-1 stays, with its data .*: no route/);
  });

  it("are another's where the namespace exists and the claim had another UID", async () => {
    const other = volume({ uid: "uid-2" });
    assert.deepEqual((await remove(other, { namespace: "namespace/todo-app" })).ran, []);
    assert.deepEqual(
      (await remove(other, { namespace: "namespace/todo-app", uid: undefined })).ran,
      [],
    );
    assert.equal((await remove(other, { uid: undefined })).ran.length, 2);
  });

  it("stay while they are bound", async () => {
    assert.deepEqual((await remove(volume({ phase: "Bound" }))).ran, []);
  });

  it("have data in no folder but the claim's own below Minikube's", () => {
    assert.equal(nodeFolder(volume({}), claim), FOLDER);
    for (const path of [
      "/",
      "/tmp/hostpath-provisioner",
      "/tmp/hostpath-provisioner/todo-app",
      `${FOLDER}/../../other`,
      `${FOLDER} /etc`,
      "/data/db",
    ]) {
      assert.equal(nodeFolder(volume({ path }), claim), undefined, path);
    }
    assert.equal(nodeFolder(volume({ by: "csi.example" }), claim), undefined);
    const odd = { namespace: "..", name: "x" };
    assert.equal(nodeFolder(volume({ path: "/tmp/hostpath-provisioner/../x" }), odd), undefined);
  });

  it("are found by the claim of the StatefulSet's name", async () => {
    const asked: string[] = [];
    const kubectl = {
      run: (args: readonly string[]) => {
        asked.push(args.join(" "));
        return Promise.resolve({ code: 0, stdout: "uid-9\n", stderr: "" });
      },
    };
    const settings = settingsWith({ namespace: "mine", postgres: { name: "db" } });
    assert.deepEqual(await readDatabaseClaim(kubectl, settings), {
      namespace: "mine",
      name: "data-db-0",
      uid: "uid-9",
    });
    assert.match(asked[0] ?? "", /^get persistentvolumeclaim data-db-0 -n mine/);
  });
});

import assert from "node:assert/strict";
import { leftInCluster, parseNames } from "../../../../cli/destroy/leftovers";
import { settingsWith } from "../../../support/fixtures";

describe("what is left after a destroy", () => {
  it("leaves out what the cluster creates in every namespace", () => {
    const output =
      "configmap/kube-root-ca.crt\nserviceaccount/default\nevent/x\nsecret/sh.helm.release.v1.todo-app.v1\n\n";
    assert.deepEqual(parseNames(output), [
      { kind: "secret", name: "sh.helm.release.v1.todo-app.v1" },
    ]);
  });

  /** A kubectl that answers by the first pattern that its arguments match, else with nothing. */
  const kubectl = (...answers: [RegExp, string, string?][]) => ({
    run: (args: readonly string[]) => {
      const [, stdout = "", stderr = ""] =
        answers.find(([pattern]) => pattern.test(args.join(" "))) ?? [];
      return Promise.resolve({ code: stderr === "" ? 0 : 1, stdout, stderr });
    },
  });
  const kinds: [RegExp, string] = [/^api-resources/, "configmaps\nsecrets\n"];

  it("in the stack's own namespace is everything", async () => {
    const left = await leftInCluster(
      kubectl(
        kinds,
        [/^get namespace mine/, "namespace/mine"],
        [/-n mine -o name$/, "configmap/held\n"],
        [
          /persistentvolumes/,
          '{"items":[{"metadata":{"name":"pv"},"spec":{"claimRef":{"namespace":"mine"}}}]}',
        ],
      ),
      settingsWith({ namespace: "mine" }),
    );
    assert.deepEqual(left, [
      { kind: "namespace", name: "mine" },
      { kind: "configmap", name: "mine/held" },
      { kind: "persistentvolume", name: "pv" },
    ]);
  });

  it("in a namespace of others is what has the stack's labels", async () => {
    const left = await leftInCluster(
      kubectl(kinds, [
        /-l app=todo-app,app\.kubernetes\.io\/instance=todo-app .*-n mine$/,
        "secret/ours\n",
      ]),
      settingsWith({ namespace: "mine", namespaceCreate: false }),
    );
    assert.deepEqual(left, [{ kind: "secret", name: "ours" }]);
  });

  it("in a namespace of others is the database's claim too, which lacks the release's label", async () => {
    const shared = { namespace: "mine", namespaceCreate: false };
    const claim = [
      /^get persistentvolumeclaim data-todo-postgres-0 -n mine/,
      "persistentvolumeclaim/data-todo-postgres-0\n",
    ] as [RegExp, string];
    assert.deepEqual(await leftInCluster(kubectl(kinds, claim), settingsWith(shared)), [
      { kind: "persistentvolumeclaim", name: "data-todo-postgres-0" },
    ]);
    // The claim of that name is another stack's where this one has its database somewhere else.
    const databaseUrl = "postgresql://db.example/todo";
    assert.deepEqual(
      await leftInCluster(kubectl(kinds, claim), settingsWith({ ...shared, databaseUrl })),
      [],
    );
  });

  it("leaves out what the user may not list, and says where the cluster can't be asked", async () => {
    const settings = settingsWith({ namespace: "mine" });
    const forbidden = "Error from server (Forbidden): persistentvolumes is forbidden";
    const answers = [/persistentvolumes/, "", forbidden] as [RegExp, string, string];
    assert.deepEqual(await leftInCluster(kubectl(kinds, answers), settings), []);
    const down = [/persistentvolumes/, "", "connection refused"] as [RegExp, string, string];
    await assert.rejects(leftInCluster(kubectl(kinds, down), settings), /connection refused/);
  });
});

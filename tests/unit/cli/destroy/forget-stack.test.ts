import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { forgetUndeployed, whatStays } from "../../../../cli/destroy/forget-stack";
import { recordedCluster } from "../../../../cli/stack/state";
import { IDENTITY_TYPE } from "../../../../lib/kubernetes/cluster-identity";
import { settingsWith } from "../../../support/fixtures";
import { Folder } from "../../../support/folder";
import { target } from "../../../support/target";

describe("a stack that is forgotten", () => {
  it("says what stays in which cluster, and how to delete it there", () => {
    const resources = [
      { urn: "1", type: "pulumi:pulumi:Stack" },
      { urn: "2", type: IDENTITY_TYPE, outputs: { context: "former", uid: "system-1" } },
      {
        urn: "3",
        type: "kubernetes:core/v1:Namespace",
        id: "todo-app",
        outputs: { metadata: { name: "todo-app", uid: "app-1" } },
      },
    ];
    const text = whatStays({ target }, { resources }).join("\n");
    assert.match(text, /Nothing is deleted. In the cluster "former" \(.*system-1\) stay/);
    assert.match(
      text,
      /namespace "todo-app": `kubectl --context former delete namespace todo-app`/,
    );
  });
  it("is emptied where a first update failed, and the settings lead to another cluster now", async () => {
    const folder = new Folder();
    try {
      const pulumi = folder.write(
        "pulumi",
        '#!/bin/sh\necho "$*" >> "$(dirname "$0")/calls"\n',
        0o755,
      );
      const recorded = { urn: "2", type: IDENTITY_TYPE, outputs: { context: "wrong" } };
      const state = { resources: [recorded] };
      const cluster = recordedCluster(state);
      assert.ok(cluster);
      const said: string[] = [];
      await forgetUndeployed(
        {
          ...{ root: folder.path, stack: "dev", settings: settingsWith(), target },
          ...{ tools: { pulumi: { file: pulumi, origin: "user" } }, env: process.env },
        },
        { recorded: cluster, state },
        { say: (line) => said.push(line), note: () => undefined },
      );
      assert.match(said.join("\n"), /failed before it deployed anything to the cluster "wrong"/);
      const calls = readFileSync(folder.file("calls"), "utf8");
      assert.match(calls, /^state delete --all --force --yes --stack dev --non-interactive\n$/);
    } finally {
      folder.remove();
    }
  });
  it("says what an update that failed early has left: images in a node", () => {
    const resources = [
      { urn: "2", type: IDENTITY_TYPE, outputs: { context: "former", uid: "system-1" } },
      { urn: "3", type: "pulumi-nodejs:dynamic:Resource", outputs: { names: ["a:1"] } },
    ];
    const text = whatStays({ target }, { resources }).join("\n");
    assert.match(text, /Nothing of the stack is deployed. Images stay in .*"former".*: a:1/);
  });
  it("says where nothing is deployed", () => {
    assert.deepEqual(whatStays({ target }, { resources: [] }), [
      "Nothing of the stack is deployed.",
    ]);
  });
});

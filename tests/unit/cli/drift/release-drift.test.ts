import assert from "node:assert/strict";
import { objectsInManifest } from "../../../../cli/drift/release-drift";

describe("drift: the objects of a release", () => {
  it("are those of its manifest, without empty documents", () => {
    const manifest = "---\n# Source: a\nkind: A\n---\n# nothing here\n---\nkind: B\n";
    assert.deepEqual(
      objectsInManifest(manifest).map(({ kind }) => kind),
      ["A", "B"],
    );
  });
});

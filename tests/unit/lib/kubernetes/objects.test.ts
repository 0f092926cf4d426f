import { strict as assert } from "node:assert";
import { parseManifest } from "../../../../lib/kubernetes/objects";
import { assertUserError } from "../../../support/user-error";

describe("Objects of a manifest", () => {
  it("are one per document, without the empty ones", () => {
    assert.deepEqual(parseManifest("kind: A\n---\n# nothing\n---\nkind: B\n"), [
      { kind: "A" },
      { kind: "B" },
    ]);
  });

  it("are read as Kubernetes reads them: YAML 1.1, and of two equal keys the last one", () => {
    assert.deepEqual(parseManifest("on: 1\n---\na: off\nb: 1\nb: 2\n"), [
      { true: 1 },
      { a: false, b: 2 },
    ]);
  });

  it("name the document that is not YAML, and the chart as the place to correct", () => {
    assertUserError(
      () => parseManifest("kind: A\n---\nkind: [\n"),
      /Document 2 of the manifest isn't valid YAML: [\s\S]*template of the chart/,
    );
  });
});

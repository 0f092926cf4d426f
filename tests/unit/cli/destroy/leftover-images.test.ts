import assert from "node:assert/strict";
import { leftoverImages } from "../../../../cli/destroy/leftover-images";

describe("what is left after a destroy", () => {
  it("finds the stack's images in every notation, and leaves out those in use", () => {
    const ours = ["todo-backend:1.0.0-abc", "todo-backend:1.0.0-def", "todo-frontend:1.0.0-ghi"];
    const present = [
      "docker.io/library/todo-backend:1.0.0-abc",
      "todo-frontend:1.0.0-ghi",
      "docker.io/library/todo-backend:of-another-stack",
    ];
    assert.deepEqual(leftoverImages(ours, present, []), [ours[0], ours[2]]);
    assert.deepEqual(leftoverImages(ours, present, ["docker.io/library/todo-frontend:1.0.0-ghi"]), [
      ours[0],
    ]);
  });
});

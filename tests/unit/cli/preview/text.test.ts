import assert from "node:assert/strict";
import { compare } from "../../../../cli/preview/compare";
import { inText, summary } from "../../../../cli/preview/text";
import { planAfter, planBefore } from "../../../support/plans";

describe("preview:ci: what changes", () => {
  it("reads as text, with the images whose contents change", () => {
    const lines = inText(planAfter, compare(planBefore, planAfter));
    assert.deepEqual(lines, [
      "~  docker:index/image:Image backend-image",
      "     imageName: todo-backend:1 → todo-backend:2",
      "-  core/v1:Namespace app",
      "     ! loses everything in it, volumes included",
      "",
      "Stack dev: 1 changed, 1 deleted, 0 unchanged",
      "Image todo-backend:1 becomes todo-backend:2",
      "Placeholders stand for secrets that are not set: jwtSecret",
    ]);
    assert.equal(summary(planAfter, []), "1 unchanged");
  });
});

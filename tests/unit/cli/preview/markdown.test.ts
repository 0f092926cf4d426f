import assert from "node:assert/strict";
import { compare } from "../../../../cli/preview/compare";
import { inMarkdown } from "../../../../cli/preview/markdown";
import { planAfter, planBefore } from "../../../support/plans";

describe("preview:ci: what changes", () => {
  it("reads as Markdown, the loss first", () => {
    const markdown = inMarkdown(planAfter, compare(planBefore, planAfter));
    assert.match(
      markdown,
      /^### Pulumi preview of stack `dev`\n\n1 changed, 1 deleted, 0 unchanged\.\n\n> \[!WARNING\]/,
    );
    assert.match(markdown, /> - `core\/v1:Namespace app` is deleted: everything in it/);
    assert.match(
      markdown,
      /<summary>Changed: 1<\/summary>\n\n- `docker:index\/image:Image backend-image`\n {2}- `imageName: todo-backend:1 → todo-backend:2`/,
    );
  });
});

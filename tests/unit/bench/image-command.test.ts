import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BACKEND_FOLDER } from "../../../bench/app/contenders";
import { imageCommand } from "../../../bench/app/image-command";

describe("bench: the command of the backend's image", () => {
  const dockerfile = readFileSync(join(BACKEND_FOLDER, "Dockerfile"), "utf8");

  it("is read from its Dockerfile", () => {
    const { version, args } = imageCommand(dockerfile);
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(args.at(-1), "dist/main.js");
  });

  for (const [what, changed] of [
    ["no version", dockerfile.replace(/NODE_IMAGE=node:\S+/, "NODE_IMAGE=node:lts")],
    ["a shell's command", dockerfile.replace(/^CMD \[.*$/m, "CMD node dist/main.js")],
    ["another program", dockerfile.replace(/^CMD \["node"/m, 'CMD ["bun"')],
  ] as const) {
    it(`isn't guessed where there is ${what}`, () => {
      assert.notEqual(changed, dockerfile);
      assert.throws(() => imageCommand(changed), /expected ARG NODE_IMAGE=node:<version>/);
    });
  }
});

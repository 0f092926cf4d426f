import assert from "node:assert/strict";
import { join } from "node:path";
import { userPulumiHome } from "../../../../../cli/environment/detect/installed-files";

describe("plugins", () => {
  it("are looked for where the user's pulumi keeps them", () => {
    assert.equal(userPulumiHome({ PULUMI_HOME: "/p" }), "/p");
    assert.equal(userPulumiHome({ PULUMI_HOME: "" }, "/home/ann"), join("/home/ann", ".pulumi"));
  });
});

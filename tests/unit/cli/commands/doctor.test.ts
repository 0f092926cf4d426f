import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { doctor } from "../../../../cli/commands/doctor";
import { ConsoleProgress } from "../../../../lib/progress/console-progress";
import { PluginHomes } from "../../../support/plugin-homes";

/** Made by Pulumi with another passphrase than the user's. */
const FOREIGN =
  "encryptionsalt: v1:uWq0eAQs6cU=:v1:hgzg21EoyZuU2FrK:PrWWqrltzMx1qlr6aFujEluTMTqclQ==\n";

describe("npm run doctor", function () {
  this.timeout(60_000);
  let homes: PluginHomes;
  beforeEach(() => (homes = new PluginHomes()));
  afterEach(() => {
    homes.remove();
  });

  it("changes nothing: another user's salt stays in the stack's file, and is something to fix", async () => {
    homes.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    // Without valid settings nothing of the machine is asked.
    const text = `# ours\n${FOREIGN}config:\n  shop:noSuchSetting: 1\n`;
    const file = homes.write("Pulumi.dev.yaml", text);
    let report = "";
    const progress = new ConsoleProgress({ isTTY: false, write: (said) => void (report += said) });
    const shell = {
      PATH: "/usr/bin:/bin",
      HOME: homes.path,
      PULUMI_HOME: homes.theirs,
      PULUMI_CONFIG_PASSPHRASE: "mine",
    };
    const code = await doctor.run({ root: homes.path, argv: [], progress, shell });
    assert.equal(code, 1);
    assert.equal(readFileSync(file, "utf8"), text);
    assert.match(report, /✗ secrets .*Pulumi\.dev\.yaml has the passphrase check of another user/);
    assert.match(report, /→ `npm run up` and `npm run preview` remove it.*pulumi by hand/);
  });
});

import { packageVersion } from "../protocol/package-version";
import type { Provider } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { generatedResource } from "./generated-resource";
import { randomId } from "./random-id";
import { randomPassword } from "./random-password";

const passwordType = "random:index/randomPassword:RandomPassword";
const idType = "random:index/randomId:RandomId";

/** Returns the stand-in for the plugin `random`. */
export function randomProvider(): Provider {
  const plugin = { name: "random", version: packageVersion("random") };
  const kinds = {
    [passwordType]: generatedResource(plugin, randomPassword),
    [idType]: generatedResource(plugin, randomId),
  };
  return {
    ...plugin,
    covered: Object.keys(kinds),
    checkConfig: (news) => ({
      inputs: news,
      failures: refuseOthers(plugin, "the provider", news, ["version"]),
    }),
    diffConfig: () => ({ diffs: [], replaces: [] }),
    configure: () => undefined,
    kind: (type) => (type in kinds ? kinds[type as keyof typeof kinds] : undefined),
  };
}

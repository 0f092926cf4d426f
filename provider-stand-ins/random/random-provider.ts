import { packageVersion } from "../protocol/package-version";
import type { Provider } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { generatedResource } from "./generated-resource";
import { randomId } from "./random-id";
import { randomPassword } from "./random-password";

const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const ID_TYPE = "random:index/randomId:RandomId";

/** Returns the stand-in for the plugin `random`. */
export function randomProvider(): Provider {
  const plugin = { name: "random", version: packageVersion("random") };
  const kinds = {
    [PASSWORD_TYPE]: generatedResource(plugin, randomPassword),
    [ID_TYPE]: generatedResource(plugin, randomId),
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

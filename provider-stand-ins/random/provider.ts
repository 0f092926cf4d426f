/** The stand-in for the plugin `random`: passwords and identifiers, made once and kept in the state. */
import type { Provider } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { packageVersion } from "../protocol/version";
import { randomId } from "./id";
import { generated } from "./kind";
import { randomPassword } from "./password";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const ID = "random:index/randomId:RandomId";

/** The provider, as `main.ts` serves it and the tests do. */
export function randomProvider(): Provider {
  const plugin = { name: "random", version: packageVersion("random") };
  const kinds = {
    [PASSWORD]: generated(plugin, randomPassword),
    [ID]: generated(plugin, randomId),
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

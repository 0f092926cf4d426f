/** The stand-in for the plugin `docker`: images, built and pushed by the docker command. */
import type { Provider } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { revealAll } from "../protocol/values";
import { packageVersion } from "../protocol/version";
import { isDeepStrictEqual } from "node:util";
import { Daemon } from "./daemon";
import { imageKind } from "./image";

const IMAGE = "docker:index/image:Image";
const CONFIG = ["host", "certPath", "version"];

/** The provider, as `main.ts` serves it and the tests do. */
export function dockerProvider(): Provider {
  const plugin = { name: "docker", version: packageVersion("docker") };
  let daemon: Daemon | undefined;
  return {
    ...plugin,
    covered: [IMAGE],
    checkConfig: (news) => {
      const set = Object.entries(news).filter(([, value]) => value !== "");
      const failures = refuseOthers(plugin, "the provider", Object.fromEntries(set), CONFIG);
      return { inputs: news, failures };
    },
    // Another daemon is no reason to replace anything: images are rebuilt when their inputs change.
    diffConfig: (olds, news) => {
      const [before, after] = [revealAll(olds), revealAll(news)];
      const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      const diffs = keys.filter(
        (key) => !isDeepStrictEqual(before[key] ?? null, after[key] ?? null),
      );
      return { diffs, replaces: [] };
    },
    configure: async (config) => {
      daemon = new Daemon(config);
      // As the official plugin does, even on preview: a wrong address shows before anything is built.
      await daemon.ping();
    },
    kind: (type) =>
      type === IMAGE ? imageKind(plugin, () => (daemon ??= new Daemon({}))) : undefined,
  };
}

import { packageVersion } from "../protocol/package-version";
import { changedKeys } from "../protocol/property-diff";
import type { Provider } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { revealAll } from "../protocol/values";
import { Daemon } from "./daemon";
import { imageResource } from "./image-resource";

const IMAGE_TYPE = "docker:index/image:Image";
const coveredConfig = ["host", "certPath", "version"];

/** Returns the stand-in for the plugin `docker`: images, built and pushed by the docker command. */
export function dockerProvider(): Provider {
  const plugin = { name: "docker", version: packageVersion("docker") };
  let daemon: Daemon | undefined;
  return {
    ...plugin,
    covered: [IMAGE_TYPE],
    checkConfig: (news) => {
      const set = Object.entries(news).filter(([, value]) => value !== "");
      const properties = Object.fromEntries(set);
      return {
        inputs: news,
        failures: refuseOthers(plugin, "the provider", properties, coveredConfig),
      };
    },
    // Another daemon replaces nothing: images are rebuilt when their inputs change.
    diffConfig: (olds, news) => ({
      diffs: changedKeys(revealAll(olds), revealAll(news)),
      replaces: [],
    }),
    configure: async (config) => {
      daemon = new Daemon(config);
      // Also in a preview, as the official plugin does: a wrong address shows before anything is built.
      await daemon.ping();
    },
    kind: (type) =>
      type === IMAGE_TYPE ? imageResource(plugin, () => (daemon ??= new Daemon({}))) : undefined,
  };
}

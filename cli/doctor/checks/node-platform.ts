import type { Settings } from "../../../settings";
import type { Finding } from "../finding";
import type { NodeList } from "./node-size";

/** Docker's other names of processors. */
const aliases: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64" };

/**
 * Compares `images.platform`, where it is set, with the nodes: a program for another processor runs under
 * emulation only, or ends with "exec format error".
 *
 * @returns nothing where they agree.
 */
export function nodePlatformFindings(
  { images: { platform } }: Pick<Settings, "images">,
  nodes: NodeList["items"],
): Finding[] {
  if (platform === undefined) return [];
  const [, name = ""] = platform.split("/");
  const wanted = aliases[name] ?? name;
  const others = nodes.flatMap(({ metadata, status: { nodeInfo } }) =>
    nodeInfo?.architecture === undefined || nodeInfo.architecture === wanted
      ? []
      : [`${metadata.name} (${nodeInfo.architecture})`],
  );
  if (others.length === 0) return [];
  return [
    {
      check: "image platform",
      state: "note",
      found:
        `images.platform is ${platform}, which isn't that of the node${others.length === 1 ? "" : "s"} ` +
        `${others.join(", ")}: there the images run under emulation only.`,
      hint: "Leave out images.platform, or set it to the nodes' architecture.",
    },
  ];
}
